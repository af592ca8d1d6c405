package dev.pinion.sim;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Starts what listens on the port that the options set for it, or else on the first free one from another on upwards.
 *
 * @param id of the WebSocket or HTTP API
 */
record FreePort(SimulatorBuilder options, String id, ListenTrouble trouble) {
  private static final int LARGEST = 65535;

  /**
   * Starts it.
   *
   * @param taken ports that are not to be tried
   */
  <T> T start(Set<Integer> taken, IntFunction<T> starter) {
    Integer own = options.ports.get(id);
    int port = own == null ? options.port : own;
    while (true) {
      while (own == null && port != 0 && taken.contains(port)) port++;
      try {
        return starter.apply(port);
      } catch (UncheckedIOException e) {
        if (own != null || port == 0 || port >= LARGEST || !(e.getCause() instanceof BindException)) {
          throw trouble.cannotListen(port, e);
        }
        port++;
      } catch (UnresolvedAddressException e) {
        throw trouble.unresolved(e);
      }
    }
  }
}
