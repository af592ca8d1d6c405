package dev.pinion.gateway;

import java.time.InstantSource;
import java.util.Set;

/** What a gateway was built with; {@link GatewayBuilder} says what each part means. */
record Settings(
    String host,
    int port,
    String stage,
    String apiId,
    boolean ordered,
    Profile profile,
    Set<String> origins,
    Set<String> hosts,
    InstantSource clock,
    Integration integration,
    HttpEndpoint endpoint,
    GatewayListener listener) {}
