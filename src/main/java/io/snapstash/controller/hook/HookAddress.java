package io.snapstash.controller.hook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a hook of the operator connects to (behaviour 11.3). A name is resolved once and the address checked and used,
 * so that it cannot turn into another between the two. Refused are this host, the link (where clouds keep the
 * credentials of a machine), and addresses that are nobody's.
 */
final class HookAddress {
  /** The answer for the author of the hook. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  private final Vertx vertx;

  HookAddress(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Numeric address; fails with {@link Refused}. Asking the resolver blocks, so a worker does it. */
  Future<String> of(String host) {
    return vertx.executeBlocking(() -> {
      try {
        InetAddress address = InetAddress.getByName(host);
        if (isRefused(address)) {
          throw new Refused("hooks do not reach " + host + " (" + address.getHostAddress()
              + "): loopback, link-local and the operator's own addresses are refused");
        }
        return address.getHostAddress();
      } catch (UnknownHostException unknown) {
        throw new Refused("host " + host + " is not known");
      }
    }, false);
  }

  static boolean isRefused(InetAddress address) {
    return address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isAnyLocalAddress()
        || address.isMulticastAddress() || own().contains(address.getHostAddress());
  }

  private static Set<String> own() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
          .map(InetAddress::getHostAddress).collect(Collectors.toUnmodifiableSet());
    } catch (SocketException none) {
      return Set.of();
    }
  }
}
