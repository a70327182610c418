package io.snapstash.controller;

import io.snapstash.engine.ResourceKey;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two commands that let the operator read one Secret, for an install that may read none (behaviour 17.3). */
final class SecretGrant {
  private static final Pattern ASKING = Pattern.compile("User \"system:serviceaccount:([^\":]+):([^\":]+)\"");
  private static final String USUAL = "snapstash-system:snapstash";

  private SecretGrant() {}

  /** @param refusal what the API server said; it names the account that asked */
  static String commands(ResourceKey secret, String refusal) {
    Matcher asking = ASKING.matcher(refusal);
    String account = asking.find() ? asking.group(1) + ":" + asking.group(2) : USUAL;
    String role = "snapstash-" + secret.name();
    String kubectl = "kubectl -n " + secret.namespace();
    return kubectl + " create role " + role + " --verb=get --resource=secrets --resource-name=" + secret.name()
        + " && " + kubectl + " create rolebinding " + role + " --role=" + role + " --serviceaccount=" + account;
  }
}
