package dev.pinion.inspect;

import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.RowOperation;
import java.util.Optional;

/** Something that a handler may do with a resource of the app. */
public sealed interface Use {

  /** The id of the resource. */
  String resource();

  /** Whether the options of a handler let it: those with an {@code only} let it do no more than that names. */
  default boolean isWithin(FunctionModel options) {
    return switch (this) {
      case Rows _ -> isNamed(options);
      case Connections connections -> !connections.operation().needsPermission() || isNamed(options);
      case Value _ -> options.only().isEmpty()
          || options.only().stream().anyMatch(each -> each.resource().equals(resource()));
    };
  }

  /** IAM's action, the method of the management API, or {@code reading} for a value. */
  default String action() {
    return switch (this) {
      case Rows rows -> rows.operation().action();
      case Connections connections -> connections.operation().name();
      case Value _ -> "reading";
    };
  }

  private boolean isNamed(FunctionModel options) {
    return options.only().isEmpty() || options.only().stream()
        .anyMatch(each -> each.resource().equals(resource()) && each.actions().contains(action()));
  }

  /** An operation on rows of a table; of an index, where one is queried. */
  record Rows(String resource, RowOperation operation, Optional<String> index) implements Use {}

  /** An operation on connections of a WebSocket. */
  record Connections(String resource, ConnectionOperation operation) implements Use {}

  /** Reading a config or a secret. */
  record Value(String resource) implements Use {}
}
