package io.snapstash.crd;

import java.util.List;
import java.util.regex.Pattern;

/** A difference that we want, and why. */
record Choice(Pattern path, Pattern what, String why) {
  private static final String VOLUME_SOURCE =
      "hostPath|emptyDir|gcePersistentDisk|awsElasticBlockStore|secret|nfs|iscsi|glusterfs|persistentVolumeClaim|rbd"
          + "|flexVolume|cinder|cephfs|flocker|downwardAPI|fc|azureFile|configMap|vsphereVolume|quobyte|azureDisk"
          + "|photonPersistentDisk|projected|portworxVolume|scaleIO|storageos|csi|ephemeral";
  private static final String KEPT = "preserve-unknown-fields added";

  private static final String SAME_ADMISSION = "refused by the published admission too";

  static final List<Choice> LIST = List.of(
      choice("\\.(volumes\\[\\]|source|local)\\.(" + VOLUME_SOURCE + ")$", KEPT,
          "members of a core VolumeSource follow the cluster, not this operator"),
      choice("\\.(pod|spec)\\.(securityContext|affinity|imagePullSecrets\\[\\]|tolerations\\[\\]|readinessGates\\[\\]"
          + "|topologySpreadConstraints\\[\\]|dnsConfig|initContainers\\[\\]|containerSecurityContext)$", KEPT,
          "embedded core objects of a Pod"),
      choice("\\.(resources|livenessProbe|readinessProbe|lifecycle|securityContext|env\\[\\]|envFrom\\[\\]"
          + "|variables\\[\\]|valueFrom|volumeMounts\\[\\]|volumeDevices\\[\\]|ports\\[\\])$", KEPT,
          "embedded core objects of a container"),
      choice("\\.(volumeClaimTemplate|volumeClaimTemplates\\[\\])\\.(spec|status)$", KEPT,
          "core PersistentVolumeClaimSpec and PersistentVolumeClaimStatus"),
      choice("\\.(configMap|imagePullSecrets\\[\\])$", "map-type \"atomic\" is null",
          "what is kept whole has no type of its own for server-side apply"),
      choice("\\.failurePolicy$", "new", "old field: declared and ignored, because kubectl refuses undeclared ones"),
      choice("\\.owner\\.uid$", "required true is null", "the published hook guide gives an owner without uid"),
      choice("\\.(timeout|delay|backupTimeout|restoreTimeout)$", "pattern added",
          "the published operator cannot read such a duration either"),
      choice("\\.scheduler\\.schedule$", "pattern added|maxLength added",
          "no CronJob takes such a schedule; the length bounds the cost of rules"),
      choice("\\.maxRetentionPeriod$", "pattern added", SAME_ADMISSION),
      choice("\\.pod\\.selector$", "pattern added", SAME_ADMISSION),
      choice("\\.(backends\\[\\]|sessions\\[\\]|repositories\\[\\])\\.(name|backend)$", "maxLength added",
          "bounds the cost of the uniqueness rules"),
      choice("\\.(backends|sessions|repositories)$", "maxItems added", "bounds the cost of the uniqueness rules"),
      choice("^[A-Za-z]+\\.spec$", "required added", "an object that asks for nothing would be left without an answer"),
      choice("\\.backends\\[\\]\\.storageRef$", "required added", SAME_ADMISSION),
      choice("\\.sessions\\[\\]\\.(name|scheduler|addon|repositories)$", "(required|minLength|minItems) added",
          SAME_ADMISSION),
      choice("\\.(addon|addonInfo)\\.(name|tasks)$", "(required|minLength|minItems) added",
          SAME_ADMISSION),
      choice("\\.tasks\\[\\]\\.name$", "(required|minLength) added", SAME_ADMISSION),
      choice("\\.repositories\\[\\]\\.directory$", "(required|minLength) added", SAME_ADMISSION),
      choice("^BackupConfiguration\\.spec\\.sessions$", "(required|minItems) added",
          SAME_ADMISSION),
      choice("^RestoreSession\\.spec\\.(dataSource|addon)$", "required added",
          "the published admission crashes without them"),
      choice("^HookTemplate\\.spec\\.executor(\\.type)?$", "required added", SAME_ADMISSION),
      choice("^BackupBlueprint\\.spec\\.backupConfigurationTemplate$", "required added",
          SAME_ADMISSION));

  private static Choice choice(String path, String what, String why) {
    return new Choice(Pattern.compile(path), Pattern.compile(what), why);
  }

  boolean covers(Difference difference) {
    return path.matcher(difference.path()).find() && what.matcher(difference.what()).matches();
  }
}
