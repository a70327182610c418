package io.snapstash.domain.naming;

import static io.snapstash.domain.naming.Shortening.CRON_JOB;
import static io.snapstash.domain.naming.Shortening.LABEL;
import static io.snapstash.domain.naming.Shortening.SUBDOMAIN;
import static io.snapstash.domain.naming.Shortening.name3;
import static io.snapstash.domain.naming.Shortening.prefixed;
import static io.snapstash.domain.naming.Shortening.suffixed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What every object that we create is called (behaviour 1.4-1.11): always from its cause, so that a repeated pass
 * finds its own work.
 */
public final class Names {
  /** A shorter number at the end of a hand-chosen name is a counter or a date, not a time. */
  private static final int SHORTEST_TIME = 10;

  private Names() {}

  /** 1.4; the time is the slot of a scheduled run, else the moment of creation. */
  public static String backupSession(String invoker, String session, Instant time) {
    return name3(invoker, session, Long.toString(time.getEpochSecond()), LABEL);
  }

  /** 1.5. */
  public static String snapshot(String repository, String backupSession) {
    int digits = trailingDigits(backupSession);
    int dash = backupSession.length() - digits - 1;
    if (digits > 0 && dash >= 0 && backupSession.charAt(dash) == '-') {
      return name3(repository, backupSession.substring(0, dash), backupSession.substring(dash + 1), LABEL);
    }
    return name3(repository, backupSession, "", LABEL);
  }

  /** 1.6. */
  public static String cronJob(String backupConfiguration, String session) {
    return name3("trigger", backupConfiguration, session, CRON_JOB);
  }

  /** 1.7. */
  public static String backupVerificationSession(String repository, String session, Instant time) {
    return name3(repository, session, Long.toString(time.getEpochSecond()), LABEL);
  }

  /**
   * The number that the VolumeSnapshots of a run end in (1.8): ten or more digits at the end of the BackupSession
   * name, else the second of its creation.
   */
  public static String runSeconds(String backupSession, Instant created) {
    int digits = trailingDigits(backupSession);
    return digits >= SHORTEST_TIME
        ? backupSession.substring(backupSession.length() - digits)
        : Long.toString(created.getEpochSecond());
  }

  /** 1.8; the seconds are those of {@link #runSeconds}. */
  public static String volumeSnapshot(String claim, String seconds) {
    return suffixed(claim, seconds, SUBDOMAIN);
  }

  /** 6.14: for the case that {@link #volumeSnapshot} is taken by another BackupSession. */
  public static String volumeSnapshotOnCollision(String claim, String seconds, String backupSessionUid) {
    return suffixed(claim, seconds + "-" + fingerprint(backupSessionUid), SUBDOMAIN);
  }

  /** 1.9: the BackupConfiguration that a blueprint makes, in the namespace of its target or in another one. */
  public static String blueprintResult(String kind, String namespace, String name, String resultNamespace) {
    String own = kind.toLowerCase(Locale.ROOT) + "-" + name;
    return namespace.equals(resultNamespace)
        ? Shortening.trim(own.substring(0, Math.min(SUBDOMAIN, own.length())))
        : prefixed(namespace, own, SUBDOMAIN);
  }

  /** 1.11. */
  public static String backupJob(String backupSession) {
    return Shortening.trim(backupSession.substring(0, Math.min(LABEL, backupSession.length())));
  }

  /** 1.11. */
  public static String restoreJob(String restoreSession) {
    return prefixed("restore", restoreSession, LABEL);
  }

  /** 1.11: the Job that prepares a BackupStorage or a Repository on a local backend. */
  public static String initializerJob(String owner) {
    return prefixed("init", owner, LABEL);
  }

  /** The Job that brings what lies on a local backend into the cluster (storage-layout 5.4). */
  public static String synchroniserJob(String owner) {
    return prefixed("sync", owner, LABEL);
  }

  /** 1.11: the Job that writes a Snapshot into a local backend. */
  public static String uploadJob(String snapshot) {
    return prefixed("upload", snapshot, LABEL);
  }

  /** 1.11. */
  public static String retentionJob(String backupSession) {
    return prefixed("retentionpolicy", backupSession, LABEL);
  }

  /** 1.10 and 1.11: the Job that wipes a BackupStorage, a Repository or a Snapshot. */
  public static String cleanupJob(String owner) {
    return prefixed("cleanup", owner, LABEL);
  }

  /**
   * The Job of a hook that is a Function; our own, since none is published. Hooks may be called anything, so a
   * fingerprint stands for their names.
   */
  public static String hookJob(String run, boolean after, String hook, int occurrence) {
    return name3("hook", run, (after ? "post-" : "pre-") + fingerprint(hook + "/" + occurrence), LABEL);
  }

  /** 1.11. */
  public static String verifierCronJob(String repository, String session) {
    return name3("trigger-verifier", repository, session, CRON_JOB);
  }

  private static int trailingDigits(String text) {
    int start = text.length();
    while (start > 0 && text.charAt(start - 1) >= '0' && text.charAt(start - 1) <= '9') {
      start--;
    }
    return text.length() - start;
  }

  private static String fingerprint(String uid) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(uid.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
