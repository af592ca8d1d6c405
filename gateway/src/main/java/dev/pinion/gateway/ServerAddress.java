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
    boolean anyAddress = host.equals("127.0.0.1") || host.equals("0.0.0.0") || host.equals("::");
    String name = anyAddress ? "localhost" : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return new ServerAddress(host, port, name + ":" + port);
  }
}
