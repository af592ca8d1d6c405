package dev.pinion.sim;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/**
 * Why something cannot listen, and what to do.
 *
 * @param at what it is and where it is declared, with a space at the end
 * @param host the address to listen on
 */
record ListenTrouble(String at, String host) {

  SimulatorException unresolved(UnresolvedAddressException e) {
    return new SimulatorException(
        at + "cannot listen on " + host + ": the name has no address. With --host, name an address of this machine, or"
            + " 0.0.0.0 for all",
        e);
  }

  SimulatorException cannotListen(int port, UncheckedIOException e) {
    if (e.getCause() instanceof BindException && port != 0) {
      Optional<String> holder = PortHolder.of(port);
      return new SimulatorException(
          at + "cannot listen on " + host + ":" + port + ": the port is in use"
              + holder.map(name -> " by " + name).orElse("")
              + ", or the address is not this machine's. Stop what uses it, or choose another: --port "
              + (port + 10) + ", or --port 0 for any free one",
          e);
    }
    String why = e.getCause() instanceof BindException
        ? "the address is not this machine's. With --host, name one that is, localhost, or 0.0.0.0 for all"
        : String.valueOf(e.getCause());
    return new SimulatorException(at + "cannot listen on " + host + ": " + why, e);
  }
}
