package io.snapstash.controller;

import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;

/** What every controller works with. One per process. */
public record Operator(KubeClient kube, Caches caches, Effects effects, Statuses statuses, Time time,
    Backends backends, ControllerSettings settings) {}
