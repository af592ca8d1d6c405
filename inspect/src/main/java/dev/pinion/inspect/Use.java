package dev.pinion.inspect;

import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.SqsQuotas;
import dev.pinion.spi.TaskOperation;
import java.util.Optional;

/** Something that a handler may do with a resource of the app. */
public sealed interface Use {

  /** The id of the resource. */
  String resource();

  /** Returns whether an {@code allow} of a handler's options adds it to the handler's role. */
  default boolean isGranted(FunctionModel options) {
    return options.granted()
        .stream()
        .anyMatch(
            each -> each.resource().equals(resource()) && (isUnconditional() || each.actions().contains(action())));
  }

  /** Whether it needs no permission of its own once its resource is in the function's environment. */
  private boolean isUnconditional() {
    return this instanceof Value || isUrl();
  }

  /** Whether it reads the URL of a WebSocket or an HTTP API, which calls nothing and needs no permission. */
  default boolean isUrl() {
    return this instanceof HttpUrl
        || (this instanceof Connections connections && !connections.operation().needsPermission());
  }

  /**
   * Returns whether the options of a handler permit it: options with an {@code only} permit what that names and what
   * {@code allow} adds.
   */
  default boolean isWithin(FunctionModel options) {
    return isGranted(options) || isWithinOnly(options);
  }

  private boolean isWithinOnly(FunctionModel options) {
    if (this instanceof Value) {
      return options.only().isEmpty()
          || options.only().stream().anyMatch(each -> each.resource().equals(resource()));
    }
    return isUrl() || isNamed(options);
  }

  /** IAM's action, the method of the management API, {@code URL}, or {@code reading} for a value. */
  String action();

  private boolean isNamed(FunctionModel options) {
    return options.only().isEmpty() || options.only().stream()
        .anyMatch(each -> each.resource().equals(resource()) && each.actions().contains(action()));
  }

  /** An operation on rows of a table; of an index, where one is queried. */
  record Rows(String resource, RowOperation operation, Optional<String> index) implements Use {
    @Override
    public String action() {
      return operation.action();
    }
  }

  /** An operation on connections of a WebSocket. */
  record Connections(String resource, ConnectionOperation operation) implements Use {
    @Override
    public String action() {
      return operation.name();
    }
  }

  /** Reading the URL of an HTTP API. */
  record HttpUrl(String resource) implements Use {
    @Override
    public String action() {
      return ConnectionOperation.URL.name();
    }
  }

  /** Starting a task. */
  record Start(String resource, TaskOperation operation) implements Use {
    @Override
    public String action() {
      return operation.action();
    }
  }

  /** Sending to a queue. */
  record Send(String resource) implements Use {
    @Override
    public String action() {
      return SqsQuotas.SEND_MESSAGE;
    }
  }

  /** Reading a config or a secret. */
  record Value(String resource) implements Use {
    @Override
    public String action() {
      return "reading";
    }
  }
}
