package dev.pinion.spi;

import java.time.Duration;
import java.util.List;

/**
 * The settings of the function that runs a handler.
 *
 * @param memory MiB
 * @param timeout how long a call may take
 * @param allowed AWS actions beyond those that the handler's code shows
 * @param only all that the handler may do with the app's resources, of what its code shows; no limit where it is empty
 */
public record FunctionModel(int memory, Duration timeout, List<Permission> allowed, List<Limit> only) {

  public FunctionModel {
    allowed = List.copyOf(allowed);
    only = List.copyOf(only);
  }

  /** An AWS action on a resource. */
  public record Permission(String action, String arn) {}

  /**
   * What a handler may do with one resource.
   *
   * @param resource the id of a table, WebSocket or secret
   * @param actions DynamoDB's actions, or methods of {@code @connections}; none for a secret, which is read
   * @param location where the app says so
   */
  public record Limit(String resource, List<String> actions, SourceLocation location) {
    public Limit {
      actions = List.copyOf(actions);
    }
  }
}
