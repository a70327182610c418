package io.snapstash.domain.hook;

import io.snapstash.api.TypedObjectReference;
import io.snapstash.domain.Absent;
import io.snapstash.domain.gotemplate.Struct;
import io.snapstash.domain.phase.Summary;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Summary as templates see it (behaviour 3.13): fields by the names that the guides use. */
public final class SummaryData {
  private SummaryData() {}

  public static Struct of(Summary summary) {
    Summary.Invoker invoker = summary.invoker();
    TypedObjectReference target = summary.target();
    return struct("Name", summary.name(), "Namespace", summary.namespace(),
        "Invoker", struct("APIGroup", invoker.apiGroup(), "Kind", invoker.kind(), "Name", invoker.name(),
            "Namespace", invoker.namespace()),
        "Target", struct("APIGroup", target == null ? "" : Absent.text(target.apiGroup()),
            "Kind", target == null ? "" : Absent.text(target.kind()),
            "Name", target == null ? "" : Absent.text(target.name()),
            "Namespace", target == null ? "" : Absent.text(target.namespace())),
        "Status", struct("Phase", summary.status().phase(), "Duration", Absent.text(summary.status().duration()),
            "Error", summary.status().error()));
  }

  private static Struct struct(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Struct(fields);
  }
}
