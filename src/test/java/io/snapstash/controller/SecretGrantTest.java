package io.snapstash.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.engine.ResourceKey;
import org.junit.jupiter.api.Test;

class SecretGrantTest {
  private static final ResourceKey SECRET = new ResourceKey("demo", "s3-secret");

  @Test
  void theCommandsNameTheAccountThatWasRefused() {
    assertThat(SecretGrant.commands(SECRET, "secrets \"s3-secret\" is forbidden: User "
        + "\"system:serviceaccount:backup:snapstash\" cannot get resource \"secrets\"")).isEqualTo(
            "kubectl -n demo create role snapstash-s3-secret --verb=get --resource=secrets --resource-name=s3-secret"
                + " && kubectl -n demo create rolebinding snapstash-s3-secret --role=snapstash-s3-secret"
                + " --serviceaccount=backup:snapstash");
  }

  @Test
  void whereNobodyIsNamedItIsTheUsualOne() {
    assertThat(SecretGrant.commands(SECRET, "HTTP 403")).endsWith("--serviceaccount=snapstash-system:snapstash");
  }
}
