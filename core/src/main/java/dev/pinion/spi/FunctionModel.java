package dev.pinion.spi;

import java.time.Duration;
import java.util.List;

/**
 * The settings of the function that runs a handler.
 *
 * @param memory MiB
 * @param timeout how long a call may take
 * @param allowed AWS actions beyond those that the handler's code shows
 */
public record FunctionModel(int memory, Duration timeout, List<Permission> allowed) {
  public FunctionModel {
    allowed = List.copyOf(allowed);
  }

  /** An AWS action on a resource. */
  public record Permission(String action, String arn) {}
}
