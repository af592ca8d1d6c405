package dev.pinion.gateway;

import dev.pinion.spi.AccessModel;
import java.util.regex.Pattern;

/**
 * What a gateway leads to at present, as a deployment of API Gateway: a program's handlers and what is declared of
 * them. {@link Gateway#deploy} replaces it as a whole. A message belongs to the one that is there when its handler
 * starts. Immutable.
 *
 * @param stage the path's first segment; connections that are open keep the one they came by
 * @param ordered whether a connection's messages wait for each other; otherwise they start in order and may overlap
 * @param access who may connect
 * @param listener the listener for gateway events; those of a handler go to the listener of its own deployment
 */
public record Deployment(
    Integration integration, RouteTable routes, String stage, boolean ordered, AccessModel access,
    GatewayListener listener) {
  private static final Pattern STAGE = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  public Deployment {
    if (!STAGE.matcher(stage).matches()) {
      throw new IllegalArgumentException("A stage is 1 to 128 of A-Z a-z 0-9 _ -, but is: " + stage);
    }
  }

  /** Returns this deployment with other routes. */
  Deployment withRoutes(RouteTable table) {
    return new Deployment(integration, table, stage, ordered, access, listener);
  }

  /** Two deployments are never the same, whatever they contain. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
