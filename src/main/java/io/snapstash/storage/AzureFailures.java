package io.snapstash.storage;

import io.snapstash.storage.StoreFailure.Kind;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the answers of Azure's blob service mean, and what to tell a person about them. */
record AzureFailures(AzureConnection connection) {
  private static final Pattern MESSAGE = Pattern.compile("<Message>([^<\\n]*)");
  /** Some services that speak Azure's interface give a wrong signature the code of a missing right. */
  private static final Set<String> BAD_CREDENTIALS =
      Set.of("AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation");
  private static final Set<String> NO_CONTAINER =
      Set.of("ContainerNotFound", "ContainerBeingDeleted", "ContainerDisabled");

  StoreFailure of(String key, RestAnswer answer) {
    String code = code(answer);
    String said = said(answer);
    if (answer.asksForFewerRequests()) {
      return onTheWay().throttled(place(), said, answer);
    }
    if (NO_CONTAINER.contains(code)) {
      return RestFailures.failure(Kind.BUCKET_MISSING, "container " + connection.container()
          + " does not exist in storage account " + connection.account()
          + "; create it, or correct spec.storage.azure.container");
    }
    if (BAD_CREDENTIALS.contains(code) || answer.status() == 401 || said.contains("failed to authenticate")) {
      return RestFailures.failure(Kind.CREDENTIALS_REJECTED,
          place() + " does not accept the credentials" + said + "; " + mend());
    }
    if (isLostRace(answer)) {
      return StoreFailure.preconditionFailed(key);
    }
    return answer.status() == 403 || code.startsWith("Lease")
        ? RestFailures.failure(Kind.NOT_ALLOWED, "the credentials do not allow this on " + place() + said
            + "; allow what the role Storage Blob Data Contributor does, and let the account's network in")
        : RestFailures.failure(Kind.OTHER, place() + " answered with an error, status " + answer.status() + said);
  }

  RestFailures onTheWay() {
    return new RestFailures(connection.url().toString(),
        "spec.storage.azure.storageAccount, the setting storage.azure.endpoint");
  }

  static boolean isLostRace(RestAnswer answer) {
    return answer.status() == 412 && !code(answer).startsWith("Lease") || code(answer).equals("BlobAlreadyExists");
  }

  /** A missing blob and a missing container are both 404. */
  static boolean isBlobMissing(RestAnswer answer) {
    return answer.status() == 404 && !NO_CONTAINER.contains(code(answer));
  }

  private static String code(RestAnswer answer) {
    return answer.header("x-ms-error-code").orElse("");
  }

  /** The words of the server, else at least its code. */
  private static String said(RestAnswer answer) {
    Matcher message = MESSAGE.matcher(answer.text());
    return RestFailures.said(message.find() && !message.group(1).isBlank() ? message.group(1) : code(answer));
  }

  private String mend() {
    return connection.identity() instanceof AzureConnection.Identity.SharedKey
        ? "correct AZURE_ACCOUNT_KEY in the Secret" : "correct the workload identity of the operator";
  }

  private String place() {
    return "container " + connection.url();
  }
}
