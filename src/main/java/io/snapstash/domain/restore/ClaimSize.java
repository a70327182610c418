package io.snapstash.domain.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.domain.unit.ByteSize;
import java.math.BigDecimal;
import java.util.Optional;

/** A claim asks for at least what its snapshot needs (behaviour 8.11). */
public final class ClaimSize {
  private ClaimSize() {}

  /**
   * Before the creation, because the size of a Pending claim cannot be changed.
   *
   * @param restoreSize a quantity; one that cannot be read changes nothing
   */
  public static void raise(ObjectNode claim, String restoreSize) {
    ObjectNode requests = claim.withObject("/spec/resources/requests");
    Optional<BigDecimal> wanted = ByteSize.quantity(requests.path("storage").asText(""));
    Optional<BigDecimal> least = ByteSize.quantity(restoreSize);
    if (least.isPresent() && (wanted.isEmpty() || wanted.get().compareTo(least.get()) < 0)) {
      requests.put("storage", restoreSize);
    }
  }
}
