package dev.pinion.gateway;

/**
 * Where a gateway listens.
 *
 * @param host the address it was given
 * @param port the port it got
 * @param authority its name and port as clients see them
 */
record ServerAddress(String host, int port, String authority) {

  static ServerAddress of(String host, int port) {
    String name =
        isAny(host) || host.equals("127.0.0.1") ? "localhost" : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return new ServerAddress(host, port, name + ":" + port);
  }

  /** Returns whether a host to listen on stands for all addresses of this machine. */
  static boolean isAny(String host) {
    return host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
  }
}
