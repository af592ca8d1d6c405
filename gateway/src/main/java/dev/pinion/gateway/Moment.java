package dev.pinion.gateway;

import dev.pinion.engine.FrameLimits;
import dev.pinion.engine.Network;

/**
 * What of a gateway can be changed while it runs.
 *
 * @param profile the limits and behaviours
 * @param network how slow the network to all clients is; single ones may have another
 * @param frames which frames clients may send, by the profile
 */
record Moment(Profile profile, Network network, FrameLimits frames) {
  Moment(Profile profile, Network network) {
    this(
        profile, network,
        new FrameLimits(profile.binaryMessages, profile.frameBytes, profile.messageBytes, profile.invalidText));
  }
}
