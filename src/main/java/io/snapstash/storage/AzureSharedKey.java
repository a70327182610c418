package io.snapstash.storage;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with the key of the storage account, by Azure's scheme "Shared Key" of 2015-02-21 and later. */
record AzureSharedKey(String account, byte[] key) implements AzureAuthorization {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String OURS = "x-ms-";
  private static final List<String> SIGNED_IN_ORDER = List.of("content-encoding", "content-language", "content-length",
      "content-md5", "content-type", "date", "if-modified-since", "if-match", "if-none-match", "if-unmodified-since",
      "range");

  @Override
  public String of(AzureRequest request) {
    return "SharedKey " + account + ":" + signature(text(request));
  }

  @Override
  public boolean renew() {
    return false;
  }

  private String text(AzureRequest request) {
    Map<String, String> standard = new TreeMap<>(request.headers());
    standard.put("content-length", request.body().length == 0 ? "" : String.valueOf(request.body().length));
    String headers = request.headers().entrySet().stream().filter(header -> header.getKey().startsWith(OURS))
        .sorted(Map.Entry.comparingByKey()).map(header -> header.getKey() + ":" + header.getValue() + "\n")
        .collect(Collectors.joining());
    String query = new TreeMap<>(request.query()).entrySet().stream()
        .map(parameter -> "\n" + parameter.getKey() + ":" + parameter.getValue()).collect(Collectors.joining());
    return request.method() + "\n"
        + SIGNED_IN_ORDER.stream().map(name -> standard.getOrDefault(name, "") + "\n").collect(Collectors.joining())
        + headers + "/" + account + request.uri().getRawPath() + query;
  }

  private String signature(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return "AzureSharedKey[" + account + "]";
  }
}
