package io.snapstash.domain.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A claim to be made.
 *
 * @param manifest whole, except for what only the cluster knows: size, access modes, volume mode
 * @param volumeSnapshot name of the VolumeSnapshot it is made from; empty if its template brings another source
 * @param snapshotNamespace where that VolumeSnapshot lies; a claim can be made from one of its own namespace only
 */
public record MappedClaim(String namespace, String name, ObjectNode manifest, Optional<String> volumeSnapshot,
    String snapshotNamespace) {}
