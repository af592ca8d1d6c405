package dev.pinion.sim;

import dev.pinion.engine.Network;
import dev.pinion.gateway.Limit;
import dev.pinion.sim.ConsoleActions.Asked;
import dev.pinion.sim.ConsoleActions.Done;
import dev.pinion.sim.ConsoleActions.RefusedException;
import java.time.Duration;
import java.util.Optional;

/** What the page changes of the limits and the network of this moment. Any thread. */
final class MomentActions {
  private static final Duration MOST_DELAY = Duration.ofMinutes(1);

  private final Console console;

  MomentActions(Console console) {
    this.console = console;
  }

  private void mustBeChangeable() throws RefusedException {
    if (!console.isChangeable()) throw new RefusedException("This run has no settings to change.");
  }

  /** Changes the limit with the name that is asked for. */
  Done limit(Asked asked) throws RefusedException {
    mustBeChangeable();
    for (Limit limit : Limit.values()) {
      if (!asked.kind().filter(limit.name()::equals).isPresent()) continue;
      try {
        console.moment().limit(limit, asked.value().orElse(0L), console.gateways().values());
      } catch (IllegalArgumentException e) {
        throw new RefusedException(e.getMessage() + ".");
      }
      boolean isUsual = console.moment().now(limit) == console.moment().usual(limit);
      return new Done(true, "The " + limit.text() + (isUsual ? " is as usual." : " is changed."));
    }
    throw new RefusedException("There is no limit '" + asked.kind().orElse("") + "'.");
  }

  /** All limits are as usual again. */
  Done reset() throws RefusedException {
    mustBeChangeable();
    console.moment().reset(console.gateways().values());
    return new Done(true, "All limits are as usual.");
  }

  /** Slows down the network to one client, or to all. */
  Done network(Asked asked) throws RefusedException {
    mustBeChangeable();
    Network network;
    try {
      network = new Network(Duration.ofMillis(asked.delayMillis().orElse(0L)), asked.bytesPerSecond().orElse(0L));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage() + ".");
    }
    if (network.delay().compareTo(MOST_DELAY) > 0) throw new RefusedException("A delay is a minute at most.");
    Optional<String> id = asked.connectionId();
    boolean found = true;
    if (id.isEmpty()) console.moment().network(network, console.gateways().values());
    else found = console.gateways().values().stream().anyMatch(each -> each.network(id.get(), network));
    return new Done(found, found ? words(network) : "The connection is gone.");
  }

  private static String words(Network network) {
    return network.equals(Network.AS_IT_IS) ? "The network is as it is." : "The network is slow.";
  }
}
