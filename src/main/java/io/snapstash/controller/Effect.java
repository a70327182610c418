package io.snapstash.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.controller.hook.HookOrder;
import io.snapstash.domain.hook.HookKey;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceType;

/**
 * Something a decision wants done to the cluster. Each may be performed again without harm: names come from the
 * decision, "already there and ours" and "already gone" count as done.
 */
public sealed interface Effect {
  /** Makes an object, unless one of that name that the proof accepts is there. */
  record Create(ResourceType<? extends HasMetadata> type, String namespace, ObjectNode body, Proof proof)
      implements Effect {
    public ResourceKey key() {
      return new ResourceKey(namespace, body.path("metadata").path("name").asText());
    }
  }

  /** JSON merge patch of an object's metadata or, for objects of our own making, its spec. */
  record Patch(ResourceType<? extends HasMetadata> type, ResourceKey key, ObjectNode patch) implements Effect {}

  /** JSON merge patch of another object's status. */
  record PatchStatus(ResourceType<? extends HasMetadata> type, ResourceKey key, ObjectNode patch) implements Effect {}

  record Delete(ResourceType<? extends HasMetadata> type, ResourceKey key, DeleteOptions options) implements Effect {}

  /** A Kubernetes event, told once per object, reason and message. */
  record Tell(Notice notice) implements Effect {}

  /** Says that this process is about to run a hook; to come before the status that says so. */
  record AnnounceHook(HookKey key) implements Effect {}

  /** Runs a hook that the status calls begun. Its end is another pass. */
  record StartHook(HookOrder order) implements Effect {}

  default String describe() {
    return switch (this) {
      case Create create -> "create " + create.type().kind() + " " + create.key();
      case Patch patch -> "patch " + patch.type().kind() + " " + patch.key();
      case PatchStatus patch -> "patch status of " + patch.type().kind() + " " + patch.key();
      case Delete delete -> "delete " + delete.type().kind() + " " + delete.key();
      case Tell tell -> "event " + tell.notice().reason();
      case AnnounceHook hook -> "announce hook " + hook.key().name();
      case StartHook hook -> "start hook " + hook.order().key().name();
    };
  }
}
