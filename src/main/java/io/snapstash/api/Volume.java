package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A named volume with its source inline. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Volume(
    @Required String name,
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
    JsonNode ephemeral) {}
