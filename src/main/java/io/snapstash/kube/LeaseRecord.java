package io.snapstash.kube;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What a Lease says. Its times are for people: clocks of machines differ, so that nobody decides by them.
 *
 * @param holder empty when it was given back
 */
record LeaseRecord(String version, String holder, Duration duration, int transitions, Optional<Instant> acquired) {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  static LeaseRecord of(Lease lease) {
    LeaseSpec spec = Optional.ofNullable(lease.getSpec()).orElseGet(LeaseSpec::new);
    return new LeaseRecord(lease.getMetadata().getResourceVersion(),
        Optional.ofNullable(spec.getHolderIdentity()).orElse(""),
        Duration.ofSeconds(Optional.ofNullable(spec.getLeaseDurationSeconds()).orElse(0)),
        Optional.ofNullable(spec.getLeaseTransitions()).orElse(0),
        Optional.ofNullable(spec.getAcquireTime()).map(ZonedDateTime::toInstant));
  }

  /** The Lease as its next holder writes it over this record, or into nothing. */
  static ObjectNode taken(Optional<LeaseRecord> before, LeaseTerms terms, Instant now) {
    boolean again = before.filter(record -> record.holder().equals(terms.identity())).isPresent();
    ObjectNode lease = lease(before, terms);
    ObjectNode spec = lease.putObject("spec").put("holderIdentity", terms.identity())
        .put("leaseDurationSeconds", terms.duration().toSeconds()).put("renewTime", MICROS.format(now))
        .put("acquireTime", MICROS.format(again ? before.get().acquired().orElse(now) : now));
    spec.put("leaseTransitions", before.map(record -> record.transitions() + (again ? 0 : 1)).orElse(0));
    return lease;
  }

  /** The Lease as its holder leaves it: free at once. */
  ObjectNode released(LeaseTerms terms, Instant now) {
    ObjectNode lease = lease(Optional.of(this), terms);
    lease.putObject("spec").put("holderIdentity", "").put("leaseDurationSeconds", 1)
        .put("renewTime", MICROS.format(now)).put("acquireTime", MICROS.format(now))
        .put("leaseTransitions", transitions);
    return lease;
  }

  private static ObjectNode lease(Optional<LeaseRecord> before, LeaseTerms terms) {
    ObjectNode lease = JsonNodeFactory.instance.objectNode();
    lease.put("apiVersion", ResourceTypes.LEASES.apiVersion()).put("kind", "Lease");
    ObjectNode metadata = lease.putObject("metadata").put("name", terms.lease().name())
        .put("namespace", terms.lease().namespace());
    before.ifPresent(record -> metadata.put("resourceVersion", record.version()));
    return lease;
  }
}
