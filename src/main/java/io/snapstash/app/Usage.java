package io.snapstash.app;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the commands are called and what they take. */
public final class Usage {
  private static final Map<String, String> COMMANDS = commands();

  private Usage() {}

  private static Map<String, String> commands() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("operator", "operator [--config=FILE]\n    runs the operator");
    all.put("status", "status [-n NAMESPACE | -A] [-o wide|json|yaml] [--watch]\n"
        + "    tells what could be restored right now, what runs and what fails; --watch tells it again when it changes");
    all.put("pause", "pause BACKUPCONFIGURATION [-n NAMESPACE]\n    starts no run until it is resumed");
    all.put("resume", "resume BACKUPCONFIGURATION [-n NAMESPACE]\n    lets runs start again");
    all.put("debug", "debug backup BACKUPCONFIGURATION [--sessions=A,B] [--latest] | debug restore RESTORESESSION | "
        + "debug backupstorage NAME | debug operator\n"
        + "    walks from what failed to the condition, the event and the log that say why\n"
        + "    (status, trigger, pause, resume and debug also take --kubeconfig=FILE and --context=NAME)");
    all.put("trigger", "trigger BACKUPCONFIGURATION [-n NAMESPACE] [--sessions=A,B]\n"
        + "    runs all its sessions now, or those named\n"
        + "  trigger --namespace=NS --invoker=BACKUPCONFIGURATION --session=NAME [--retry-left=N] "
        + "[--backup-timeout=DURATION]\n    the same for one session (runs in CronJobs)");
    all.put("backup", "backup --namespace=NS --backupsession=NAME [--volume-snapshot-class-name=NAME]\n"
        + "    takes the VolumeSnapshots of a run (runs in Jobs)");
    all.put("restore", "restore --namespace=NS --restoresession=NAME [--snapshot=NAME] [--task-name=NAME]\n"
        + "    makes claims from VolumeSnapshots (runs in Jobs)");
    all.put("sandbox", "sandbox [--once | --drill [--local]] [--kubeconfig FILE]\n"
        + "    runs the operator and the samples in a simulated cluster");
    all.put("storage-init", "storage-init\n    prepares the volume of a local BackupStorage (this and the next three run"
        + " in Jobs)");
    all.put("storage-sync", "storage-sync\n    makes the Repositories and Snapshots that lie on the volume");
    all.put("storage-upload", "storage-upload\n    writes a Snapshot or Repository to the volume");
    all.put("storage-cleanup", "storage-cleanup\n    removes what is wiped from the volume");
    all.put("version", "version\n    prints the version");
    return all;
  }

  /** Help for one command, or for all if it is none of them. */
  public static String of(String command) {
    return "usage: snapstash " + (COMMANDS.containsKey(command) ? COMMANDS.get(command)
        : "COMMAND\n\n  " + String.join("\n  ", COMMANDS.values()) + "\n\nexit codes: 0 done, 64 wrong usage or "
            + "settings, 65 failed and somebody must mend something, 75 failed and worth a retry, 1 a bug");
  }

  /** The first line of the help. */
  public static String line(String command) {
    return of(command).lines().findFirst().orElse("");
  }
}
