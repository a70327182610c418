package io.snapstash.crash;

import io.snapstash.sandbox.apiserver.RequestLog;
import io.snapstash.wire.Treatment;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

/** How good the ways are that the requests of one run take, each time they are asked. Called on one event loop. */
interface Weather {
  Weather CLEAR = new Weather() { };

  /**
   * @param request what is asked of the API server; its status is not known yet
   * @param query the parameters of the address
   * @param sender a process that lives
   */
  default Treatment toServer(RequestLog.Entry request, MultiMap query, Mortal sender) {
    return Treatment.PASSES;
  }

  /** @param key of an object; empty for a question about the bucket */
  default Treatment toStore(HttpMethod method, String key) {
    return Treatment.PASSES;
  }
}
