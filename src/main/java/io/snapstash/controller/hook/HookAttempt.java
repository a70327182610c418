package io.snapstash.controller.hook;

import io.snapstash.domain.hook.HookResult;
import io.vertx.core.Future;

/**
 * One try of a hook.
 *
 * @param result never fails
 * @param stop ends the try early; what it had reached may go on
 */
record HookAttempt(Future<HookResult> result, Runnable stop) {}
