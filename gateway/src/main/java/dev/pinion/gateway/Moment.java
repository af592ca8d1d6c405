package dev.pinion.gateway;

import dev.pinion.engine.Network;

/**
 * What of a gateway can be changed while it runs.
 *
 * @param profile the limits and behaviours
 * @param network how slow the network to all clients is; single ones may have another
 */
record Moment(Profile profile, Network network) {}
