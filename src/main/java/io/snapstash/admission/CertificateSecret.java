package io.snapstash.admission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.snapstash.engine.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The certificate as the Secret holds it: {@code tls.crt}, {@code tls.key}, {@code ca.crt}. */
final class CertificateSecret {
  private static final String CHAIN = "tls.crt";
  private static final String KEY = "tls.key";
  private static final String BUNDLE = "ca.crt";

  private CertificateSecret() {}

  /** Empty if a part is missing. */
  static Optional<Certificate> read(Secret secret) {
    Map<String, String> data = Optional.ofNullable(secret.getData()).orElse(Map.of());
    if (!data.containsKey(CHAIN) || !data.containsKey(KEY)) {
      return Optional.empty();
    }
    String chain = text(data.get(CHAIN));
    return Optional.of(new Certificate(chain, text(data.get(KEY)),
        data.containsKey(BUNDLE) ? text(data.get(BUNDLE)) : chain));
  }

  /** @param version of the Secret that is replaced; empty for a new one */
  static ObjectNode write(ResourceKey key, Certificate certificate, String version) {
    ObjectNode secret = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Secret")
        .put("type", "Opaque");
    ObjectNode metadata = secret.putObject("metadata").put("namespace", key.namespace()).put("name", key.name());
    if (!version.isEmpty()) {
      metadata.put("resourceVersion", version);
    }
    metadata.putObject("labels").put("app.kubernetes.io/name", "snapstash");
    secret.putObject("data").put(CHAIN, base64(certificate.chain())).put(KEY, base64(certificate.key()))
        .put(BUNDLE, base64(certificate.bundle()));
    return secret;
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
