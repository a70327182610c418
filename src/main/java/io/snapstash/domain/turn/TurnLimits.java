package io.snapstash.domain.turn;

/**
 * How much may be under way at once; zero means any number.
 *
 * @param runs backups
 * @param perDriver snapshots of one CSI driver
 * @param perClass snapshots of one VolumeSnapshotClass
 */
public record TurnLimits(int runs, int perDriver, int perClass) {}
