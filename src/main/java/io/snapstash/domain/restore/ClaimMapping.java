package io.snapstash.domain.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.api.Phases;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotComponent;
import io.snapstash.api.VolumeClaimTemplate;
import io.snapstash.api.VolumeSnapshotterStats;
import io.snapstash.domain.template.Substitution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Gives every claim template its entry of the Snapshot (behaviour 8.6): one that brings its own source keeps it, one
 * that is named like a captured claim takes that one, the rest go by position.
 *
 * @param violations what makes the templates senseless together; then nothing is to be restored
 */
public record ClaimMapping(List<MappedComponent> components, List<String> violations) {
  public ClaimMapping {
    components = List.copyOf(components);
    violations = List.copyOf(violations);
  }

  public static ClaimMapping of(ClaimOwner owner, List<VolumeClaimTemplate> templates, Snapshot snapshot,
      List<String> wanted, Function<String, Optional<String>> variables) {
    Set<String> violations = new TreeSet<>();
    Set<String> names = new HashSet<>();
    List<MappedComponent> components = new ArrayList<>();
    Map<String, SnapshotComponent> present = Optional.ofNullable(snapshot.getStatus())
        .map(status -> status.components()).orElse(Map.of());
    for (String name : wanted) {
      SnapshotComponent component = present.get(name);
      if (component == null) {
        components.add(MappedComponent.failed(name, "the Snapshot has no component of that name"));
        continue;
      }
      if (!Phases.SUCCEEDED.equals(component.phase())) {
        components.add(MappedComponent.failed(name, "the backup of this component did not succeed"
            + (component.error() == null ? "" : ": " + component.error())));
        continue;
      }
      List<ObjectNode> resolved = resolve(templates, withOrdinal(variables, name), violations);
      MappedComponent mapped = new Mapping(owner, snapshot, name, component).map(resolved);
      mapped.claims().stream().filter(claim -> !names.add(claim.namespace() + "/" + claim.name())).forEach(claim ->
          violations.add("two restored claims would be called " + claim.namespace() + "/" + claim.name()
              + ": use ${POD_ORDINAL} in the name of the template"));
      components.add(mapped);
    }
    return new ClaimMapping(components, List.copyOf(violations));
  }

  private static Function<String, Optional<String>> withOrdinal(
      Function<String, Optional<String>> variables, String component) {
    return name -> "POD_ORDINAL".equals(name)
        ? Optional.of(ComponentChoice.ordinal(component)) : variables.apply(name);
  }

  private static List<ObjectNode> resolve(
      List<VolumeClaimTemplate> templates, Function<String, Optional<String>> variables, Set<String> violations) {
    List<ObjectNode> resolved = new ArrayList<>();
    for (VolumeClaimTemplate template : templates) {
      switch (Substitution.of(Json.MAPPER.valueToTree(template), variables)) {
        case Substitution.Done(JsonNode document) -> resolved.add((ObjectNode) document);
        case Substitution.Failed(List<String> missing, List<String> problems) -> {
          missing.forEach(name -> violations.add("a claim template uses ${" + name + "}, which has no value"));
          violations.addAll(problems);
        }
      }
    }
    return resolved;
  }

  /** The mapping of one component. */
  private record Mapping(ClaimOwner owner, Snapshot snapshot, String component, SnapshotComponent captured) {
    MappedComponent map(List<ObjectNode> templates) {
      List<VolumeSnapshotterStats> entries = new ArrayList<>(
          Optional.ofNullable(captured.volumeSnapshotterStats()).orElse(List.of()));
      if (entries.stream().anyMatch(entry -> entry.volumeSnapshotName() == null)) {
        return MappedComponent.failed(component, "the Snapshot does not say which VolumeSnapshots it holds");
      }
      MappedClaim[] claims = new MappedClaim[templates.size()];
      for (int at = 0; at < claims.length; at++) {
        Optional<String> refused = TemplateSource.refused(templates.get(at));
        if (refused.isPresent()) {
          return MappedComponent.failed(component, refused.get());
        }
        if (owner.nameOf(templates.get(at)).isEmpty()) {
          return MappedComponent.failed(component, "a claim template has no metadata.name");
        }
        claims[at] = fromOwnSource(templates.get(at)).orElse(null);
      }
      for (int at = 0; at < claims.length; at++) {
        if (claims[at] == null) {
          claims[at] = take(entries, byName(entries, owner.nameOf(templates.get(at))), templates.get(at));
        }
      }
      for (int at = 0; at < claims.length; at++) {
        if (claims[at] == null) {
          claims[at] = take(entries, entries.stream().findFirst(), templates.get(at));
        }
        if (claims[at] == null) {
          return MappedComponent.failed(component, "the Snapshot has no claim left for template "
              + owner.nameOf(templates.get(at)));
        }
      }
      return claims.length == 0 ? MappedComponent.failed(component, "no volumeClaimTemplates were given")
          : new MappedComponent(component, List.of(claims), notes(entries), Optional.empty());
    }

    private Optional<MappedClaim> fromOwnSource(ObjectNode template) {
      return TemplateSource.of(template).map(source -> new MappedClaim(owner.namespaceOf(template),
          owner.nameOf(template), owner.manifest(template, component),
          source.volumeSnapshot(), owner.namespaceOf(template)));
    }

    private static Optional<VolumeSnapshotterStats> byName(List<VolumeSnapshotterStats> entries, String name) {
      return entries.stream().filter(entry -> name.equals(entry.pvcName())).findFirst();
    }

    private MappedClaim take(
        List<VolumeSnapshotterStats> entries, Optional<VolumeSnapshotterStats> entry, ObjectNode template) {
      if (entry.isEmpty()) {
        return null;
      }
      entries.remove(entry.get());
      ObjectNode manifest = owner.manifest(template, component);
      TemplateSource.write(manifest, entry.get().volumeSnapshotName());
      return new MappedClaim(owner.namespaceOf(template), owner.nameOf(template), manifest,
          Optional.of(entry.get().volumeSnapshotName()), dataNamespace());
    }

    private String dataNamespace() {
      return Optional.ofNullable(snapshot.getSpec().appRef()).map(app -> app.namespace())
          .filter(namespace -> !namespace.isEmpty()).orElse(snapshot.getMetadata().getNamespace());
    }

    private static List<String> notes(List<VolumeSnapshotterStats> left) {
      return left.stream().map(entry -> "the captured claim " + entry.pvcName()
          + " is not restored: no template takes it").toList();
    }
  }
}
