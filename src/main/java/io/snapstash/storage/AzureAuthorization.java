package io.snapstash.storage;

/** How requests show who we are. */
interface AzureAuthorization {
  /** The value of the header Authorization; may have to ask a token service first. */
  String of(AzureRequest request);

  /** The server did not take it. Says whether the next one may be better. */
  boolean renew();
}
