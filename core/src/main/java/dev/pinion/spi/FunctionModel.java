package dev.pinion.spi;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The settings of the function that runs a handler.
 *
 * @param memory the memory in MiB
 * @param timeout how long a call may take
 * @param recursiveLoop whether it may be part of a loop, which Lambda ends otherwise
 * @param allowed AWS actions on resources outside the app
 * @param granted actions on resources of the app, in addition to those derived from the handler's code
 * @param only limits on the permissions derived from the handler's code; no limit if empty
 * @param settings what concerns AWS alone
 */
public record FunctionModel(
    int memory, Duration timeout, boolean recursiveLoop, List<Permission> allowed, List<Grant> granted,
    List<Limit> only, FunctionSettings settings) {

  public FunctionModel {
    allowed = List.copyOf(allowed);
    granted = List.copyOf(granted);
    only = List.copyOf(only);
  }

  /** Creates the settings of a function that sets nothing that concerns AWS alone. */
  public FunctionModel(
      int memory, Duration timeout, boolean recursiveLoop, List<Permission> allowed, List<Grant> granted,
      List<Limit> only) {
    this(memory, timeout, recursiveLoop, allowed, granted, only, FunctionSettings.NONE);
  }

  /**
   * An AWS action on a resource outside the app.
   *
   * @param action such as {@code s3:GetObject}
   * @param arn the parts of the resource's ARN, in order
   */
  public record Permission(String action, List<ArnPart> arn) {
    public Permission {
      arn = List.copyOf(arn);
    }

    /** Returns the ARN as text, with {@code ${id}} in place of each config's value. */
    public String arnText() {
      return arn.stream().map(ArnPart::toString).collect(Collectors.joining());
    }
  }

  /** A part of an ARN. */
  public sealed interface ArnPart {
    /** A literal text. */
    record Text(String text) implements ArnPart {
      @Override
      public String toString() {
        return text;
      }
    }

    /**
     * The value of a config where the app is deployed.
     *
     * @param config the config's id
     */
    record ConfigValue(String config) implements ArnPart {
      @Override
      public String toString() {
        return "${" + config + "}";
      }
    }
  }

  /**
   * Actions on one resource of the app that {@code allow} adds to a handler's role.
   *
   * @param resource the id of a table, WebSocket, task or secret
   * @param actions IAM's actions, or methods of {@code @connections}; empty for a secret, which is read
   * @param location where the app declares it
   */
  public record Grant(String resource, List<String> actions, SourceLocation location) {
    public Grant {
      actions = List.copyOf(actions);
    }
  }

  /**
   * A limit on what a handler may do with one resource.
   *
   * @param resource the id of a table, WebSocket, task or secret
   * @param actions IAM's actions, or methods of {@code @connections}; empty for a secret, which is read
   * @param location where the app declares it
   */
  public record Limit(String resource, List<String> actions, SourceLocation location) {
    public Limit {
      actions = List.copyOf(actions);
    }
  }
}
