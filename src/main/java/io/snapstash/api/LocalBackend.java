package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A volume used as backend (inline volume source, api 15.6), mounted by Jobs at mountPath. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LocalBackend(
    JsonNode hostPath,
    JsonNode emptyDir,
    JsonNode gcePersistentDisk,
    JsonNode awsElasticBlockStore,
    JsonNode secret,
    JsonNode nfs,
    JsonNode iscsi,
    JsonNode glusterfs,
    JsonNode persistentVolumeClaim,
    JsonNode rbd,
    JsonNode flexVolume,
    JsonNode cinder,
    JsonNode cephfs,
    JsonNode flocker,
    JsonNode downwardAPI,
    JsonNode fc,
    JsonNode azureFile,
    JsonNode configMap,
    JsonNode vsphereVolume,
    JsonNode quobyte,
    JsonNode azureDisk,
    JsonNode photonPersistentDisk,
    JsonNode projected,
    JsonNode portworxVolume,
    JsonNode scaleIO,
    JsonNode storageos,
    JsonNode csi,
    JsonNode ephemeral,
    @Doc("Where Jobs mount the volume.")
    String mountPath,
    @Doc("Folder of the volume that is mounted; the whole volume if absent.")
    String subPath,
    Long maxConnections) {}
