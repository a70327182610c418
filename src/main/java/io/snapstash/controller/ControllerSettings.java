package io.snapstash.controller;

import io.snapstash.domain.turn.TurnLimits;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * What the controllers need to know of the settings.
 *
 * @param image the operator's own image, used where a Function names none
 * @param proxyEnvironment proxy variables of the operator, passed on to Jobs (behaviour 5.10)
 * @param importHandles whether restores may make VolumeSnapshots from handles (behaviour 8.12)
 * @param retainContents whether contents of backups are set to Retain (storage-layout 6.3)
 * @param jobRequests quantities that containers of Jobs request where nobody says what they need
 * @param startSpread within which time after their slot scheduled runs begin, each at its own
 * @param watched where the operator works
 * @param limits how much may be under way at once
 * @param defaultBackupTimeout zero means no limit
 */
public record ControllerSettings(String image, Map<String, String> proxyEnvironment,
    Duration defaultBackupTimeout, Duration defaultRestoreTimeout, Duration podPendingThreshold,
    Duration storageRecheck, Duration retryInitial, Duration retryMax, int parallel,
    boolean localStorage, boolean importHandles, boolean retainContents, Map<String, String> jobRequests,
    Duration startSpread, WatchedNamespaces watched, TurnLimits limits, DoubleSupplier chance) {}
