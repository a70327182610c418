package io.snapstash.controller;

import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * What the controllers need to know of the settings.
 *
 * @param image the operator's own image, used where a Function names none
 * @param proxyEnvironment proxy variables of the operator, passed on to Jobs (behaviour 5.10)
 * @param defaultBackupTimeout zero means no limit
 */
public record ControllerSettings(String image, Map<String, String> proxyEnvironment,
    Duration defaultBackupTimeout, Duration defaultRestoreTimeout, Duration podPendingThreshold,
    Duration storageRecheck, Duration retryInitial, Duration retryMax, int parallel,
    boolean localStorage, DoubleSupplier chance) {}
