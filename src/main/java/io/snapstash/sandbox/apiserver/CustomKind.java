package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a CustomResourceDefinition says about one version of its kind.
 *
 * @param definition name of the definition
 * @param schema how objects look; never absent, at worst one that allows anything
 * @param rules the schema's CEL rules
 * @param columns the additional printer columns
 */
record CustomKind(String definition, String listKind, Schema schema, CelRules rules, List<JsonNode> columns) {
}
