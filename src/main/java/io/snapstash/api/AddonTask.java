package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Holds;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A task: which Function does it, and how. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddonTask(
    @Doc("Name used by TaskReferences.")
    String name,
    @Doc("Function that is run.")
    String function,
    @Allowed({"Restic", "WalG", "VolumeSnapshotter", "Solr", "Medusa", "ClickHouseBackup", "Neo4jAdmin"})
        String driver,
    @Allowed({"Job", "Sidecar", "EphemeralContainer", "MultiLevelJob"}) String executor,
    @Doc("One Job for all components, or one for each.")
    Boolean singleton,
    @Doc("Inputs of the task.")
    List<ParameterDefinition> parameters,
    List<VolumeTemplate> volumeTemplate,
    @Holds({"mountPath", "name"}) List<JsonNode> volumeMounts) {}
