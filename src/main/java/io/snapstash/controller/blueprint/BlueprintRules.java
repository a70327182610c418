package io.snapstash.controller.blueprint;

import io.snapstash.api.BackupBlueprint;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Labels;
import io.snapstash.api.Subject;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.controller.Proof;
import io.snapstash.domain.Absent;
import io.snapstash.domain.blueprint.BlueprintRequest;
import io.snapstash.domain.blueprint.BlueprintResult;
import io.snapstash.domain.validation.Consent;
import io.snapstash.domain.validation.LocalRules;
import io.snapstash.domain.validation.UsageRules;
import io.snapstash.domain.validation.Violation;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an annotation leads to (behaviour 13): one BackupConfiguration, kept in step with blueprint and annotations. What
 * is refused is told on the object, and what exists already stays as it is. Without annotation, object or blueprint the
 * BackupConfiguration goes only if the blueprint said {@code OnDelete} (10.5, 13.4).
 */
final class BlueprintRules {
  /** Followed whether a blueprint lists them or not (13.2). */
  private static final Set<String> ALWAYS =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "PersistentVolumeClaim");

  private BlueprintRules() {}

  static List<Effect> decide(BlueprintFacts facts) {
    Optional<BlueprintRequest> request = facts.request();
    if (request.isEmpty()) {
      return remove(facts, Generated::onDelete);
    }
    if (!request.get().isComplete()) {
      return tell(facts, "BlueprintIncomplete",
          "both " + Labels.BLUEPRINT_NAME + " and " + Labels.BLUEPRINT_NAMESPACE + " are needed");
    }
    String named = request.get().namespace() + "/" + request.get().name();
    if (facts.blueprint().isEmpty()) {
      List<Effect> effects = new ArrayList<>(remove(facts, made -> made.onDelete() && made.blueprint().equals(named)));
      effects.addAll(tell(facts, "BlueprintNotFound", "BackupBlueprint " + named + " does not exist"));
      return effects;
    }
    return isFollowed(facts) ? refusal(facts, request.get()).orElseGet(() -> ensure(facts, request.get())) : List.of();
  }

  private static boolean isFollowed(BlueprintFacts facts) {
    return ALWAYS.contains(facts.target().kind())
        || Absent.list(facts.blueprint().orElseThrow().getSpec().subjects()).stream().map(Subject::kind)
            .anyMatch(facts.target().kind()::equals);
  }

  private static Optional<List<Effect>> refusal(BlueprintFacts facts, BlueprintRequest request) {
    BackupBlueprint blueprint = facts.blueprint().orElseThrow();
    String name = "BackupBlueprint " + Metadata.key(blueprint);
    String user = facts.target().namespace();
    Map<String, String> labels = facts.namespace().apply(user).map(Metadata::labels).orElse(Map.of());
    if (!UsageRules.allows(blueprint.getSpec().usagePolicy(), request.namespace(), user, labels)) {
      return Optional.of(tell(facts, "BlueprintForbidden",
          "the usagePolicy of " + name + " does not allow namespace " + user));
    }
    List<Violation> violations = LocalRules.check(blueprint.getSpec());
    return violations.isEmpty() ? Optional.empty()
        : Optional.of(tell(facts, "BlueprintInvalid", name + ": " + Violation.summary(violations)));
  }

  private static List<Effect> ensure(BlueprintFacts facts, BlueprintRequest request) {
    BackupBlueprint blueprint = facts.blueprint().orElseThrow();
    return switch (BlueprintResult.of(blueprint.getSpec().backupConfigurationTemplate(),
        request.namespace(), request, facts.target())) {
      case BlueprintResult.Refused(String reason, String message) -> tell(facts, reason, message);
      case BlueprintResult.Made made -> missingConsent(facts, request, made)
          .map(message -> tell(facts, "ConsentMissing", message))
          .orElseGet(() -> ensure(facts, blueprint, made));
    };
  }

  /** The blueprint reaches into the namespace of its result, and the result into that of the target (6.16). */
  private static Optional<String> missingConsent(
      BlueprintFacts facts, BlueprintRequest request, BlueprintResult.Made made) {
    if (!consents(facts, request.namespace(), made.namespace())) {
      return Optional.of(Consent.missing(request.namespace(), made.namespace()));
    }
    return consents(facts, made.namespace(), facts.target().namespace()) ? Optional.empty()
        : Optional.of(Consent.missing(made.namespace(), facts.target().namespace()));
  }

  private static boolean consents(BlueprintFacts facts, String from, String into) {
    return Consent.given(from, into, facts.namespace().apply(into).map(Metadata::annotations).orElse(Map.of()));
  }

  private static List<Effect> ensure(BlueprintFacts facts, BackupBlueprint blueprint, BlueprintResult.Made made) {
    ResourceKey key = new ResourceKey(made.namespace(), made.name());
    List<Effect> effects = new ArrayList<>(removeOthers(facts, key));
    Optional<BackupConfiguration> found = facts.configuration().apply(key);
    if (found.isEmpty()) {
      effects.add(new Effect.Create(ResourceTypes.BACKUP_CONFIGURATIONS, made.namespace(),
          Generated.body(blueprint, facts.target(), made),
          new Proof.Annotated(Labels.BLUEPRINT_TARGET, Generated.targetText(facts.target()))));
    } else if (facts.generated().stream().noneMatch(each -> Metadata.key(each).equals(key))) {
      effects.addAll(tell(facts, "NameTaken", "BackupConfiguration " + key
          + " was not made for this object and is left alone; remove or rename it, or the annotations"));
    } else if (!Metadata.isDeleting(found.get())) {
      Generated.difference(found.get(), blueprint, facts.target(), made).ifPresent(patch ->
          effects.add(new Effect.Patch(ResourceTypes.BACKUP_CONFIGURATIONS, key, patch)));
    }
    return effects;
  }

  /** The blueprint, or its template's namespace, is another one by now. */
  private static List<Effect> removeOthers(BlueprintFacts facts, ResourceKey wanted) {
    return remove(facts.generated().stream().filter(each -> !Metadata.key(each).equals(wanted)).toList(),
        Generated::onDelete);
  }

  private static List<Effect> remove(BlueprintFacts facts, Predicate<Generated> due) {
    return remove(facts.generated(), due);
  }

  private static List<Effect> remove(List<BackupConfiguration> generated, Predicate<Generated> due) {
    return generated.stream().filter(each -> !Metadata.isDeleting(each))
        .filter(each -> Generated.of(each).filter(due).isPresent())
        .<Effect>map(each -> new Effect.Delete(ResourceTypes.BACKUP_CONFIGURATIONS, Metadata.key(each),
            DeleteOptions.exactly(each.getMetadata().getUid()))).toList();
  }

  static List<Effect> tell(BlueprintFacts facts, String reason, String message) {
    return facts.object().<List<Effect>>map(object -> List.of(new Effect.Tell(new Notice(facts.apiVersion(),
        facts.target().kind(), Metadata.key(object), object.getMetadata().getUid(), true, reason, message))))
        .orElse(List.of());
  }
}
