package dev.pinion.sim;

import dev.pinion.engine.Network;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.Limit;
import dev.pinion.gateway.Profile;
import java.util.Collection;

/** The limits and the network of this moment, which all gateways of a run have. Any thread. */
final class MomentSettings {
  private final Profile usual;
  private Profile profile;
  private Network network = Network.AS_IT_IS;

  /** @param usual the limits that the run was started with */
  MomentSettings(Profile usual) {
    this.usual = usual;
    profile = usual;
  }

  /** Returns what a limit is now. */
  synchronized long now(Limit limit) {
    return limit.of(profile);
  }

  /** Returns what a limit is unless somebody changes it. */
  long usual(Limit limit) {
    return limit.of(usual);
  }

  synchronized Network network() {
    return network;
  }

  /**
   * Changes a limit.
   *
   * @throws IllegalArgumentException if the value is out of its bounds
   */
  synchronized void limit(Limit limit, long value, Collection<Gateway> gateways) {
    profile = limit.in(profile, value);
    gateways.forEach(each -> each.profile(profile));
  }

  /** All limits are as usual again. */
  synchronized void reset(Collection<Gateway> gateways) {
    profile = usual;
    gateways.forEach(each -> each.profile(profile));
  }

  /** Changes the network to all clients. */
  synchronized void network(Network next, Collection<Gateway> gateways) {
    network = next;
    gateways.forEach(each -> each.network(next));
  }

  /** Gives a new gateway what the others have. */
  synchronized void apply(Gateway gateway) {
    gateway.profile(profile);
    gateway.network(network);
  }
}
