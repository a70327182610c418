package io.snapstash.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Json;
import java.util.Map;
import java.util.Optional;

/** What a webhook configuration must be told so that the API server trusts us and knows how much it depends on us. */
final class WebhookPatch {
  private static final String INJECTED = "cert-manager.io/inject-ca-from";

  private WebhookPatch() {}

  /** Somebody else keeps certificate and caBundle. */
  static boolean isInjected(HasMetadata configuration) {
    return Optional.ofNullable(configuration.getMetadata().getAnnotations()).orElse(Map.of()).containsKey(INJECTED);
  }

  /**
   * Empty if everything is as it should be. The list is replaced whole, hence the version in the patch.
   *
   * @param policy empty to leave it as it is
   */
  static Optional<ObjectNode> of(HasMetadata configuration, String bundle, Optional<String> policy) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", configuration.getMetadata().getResourceVersion());
    JsonNode before = Json.MAPPER.valueToTree(configuration).path("webhooks");
    JsonNode webhooks = before.deepCopy();
    for (JsonNode each : webhooks) {
      ObjectNode webhook = (ObjectNode) each;
      policy.ifPresent(wanted -> webhook.put("failurePolicy", wanted));
      if (!isInjected(configuration) && webhook.path("clientConfig") instanceof ObjectNode client) {
        client.put("caBundle", CertificateSecret.base64(bundle));
      }
    }
    patch.set("webhooks", webhooks);
    return webhooks.equals(before) ? Optional.empty() : Optional.of(patch);
  }
}
