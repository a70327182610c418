package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Rule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** From: All, Same or Selector. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(
    value = "!has(self.from) || self.from != 'Selector' || has(self.selector)",
    message = "from: Selector needs a selector for the labels of the namespaces")
public record AllowedNamespaces(
    @Doc("All, Same (the namespace of this object), or Selector (namespaces with the labels of selector).")
    @Default("Same") @Allowed({"All", "Selector", "Same"}) String from,
    LabelSelector selector) {}
