package io.snapstash.controller;

import io.snapstash.controller.hook.HookDesk;
import io.snapstash.engine.Fence;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;

/**
 * What every controller works with. One per process.
 *
 * @param fence open while this operator leads; client, effects, statuses and backends write behind it
 */
public record Operator(KubeClient kube, Caches caches, Effects effects, Statuses statuses, Time time,
    Backends backends, ControllerSettings settings, Fence fence, HookDesk hooks) {}
