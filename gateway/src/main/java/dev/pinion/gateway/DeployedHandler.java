package dev.pinion.gateway;

import dev.pinion.spi.Event;
import java.util.List;

/**
 * A handler that runs, or is about to.
 *
 * @param deployment whose it is
 * @param event what it was called with
 * @param stack where it stands, innermost frame first
 */
public record DeployedHandler(Deployment deployment, Event event, List<StackTraceElement> stack) {
  public DeployedHandler {
    stack = List.copyOf(stack);
  }
}
