package dev.pinion.sim;

import dev.pinion.inspect.Use;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.SourceLocation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The messages about operations that roles do not allow. */
final class PermissionMessages {
  private static final String HIDE =
      " (pinion run --permissions=warn executes such operations, --permissions=off does not check them)";

  private final PermissionMode mode;
  private final Map<String, SourceLocation> handlers = new HashMap<>();

  PermissionMessages(PermissionMode mode, AppModel app) {
    this.mode = mode;
    app.handlers().forEach(each -> handlers.put(each.path(), each.location()));
  }

  /** What AWS's exception says, in the app's names. */
  String exception(String handler, Use use) {
    return who(handler) + " is not authorized to perform: " + use.action() + " on resource: " + resource(use);
  }

  /** An operation that the check has met, and has refused if the mode is to enforce. */
  String refused(String handler, Use use, boolean derived) {
    String happens = mode == PermissionMode.ENFORCE ? "was refused, as AWS refuses it" : "would be refused on AWS";
    return what(handler, use) + " " + happens + ": " + why(handler, use, derived) + HIDE;
  }

  /** An operation that was executed before the inspection was done. */
  String executedEarly(String handler, Use use, boolean derived) {
    return what(handler, use)
        + " was executed, as the inspection of the app was not done yet, but would be refused on AWS: "
        + why(handler, use, derived);
  }

  /** An operation that is allowed by {@code allow} only. */
  String notDerived(String handler, Use use) {
    return what(handler, use)
        + " is in the role only because of its allow: Pinion did not derive it from the code, which is a bug in Pinion."
        + " Please report it with the code";
  }

  /** Work of an unknown handler. */
  String unknownOwner() {
    return "this runs in a thread that several handlers may share, or that no handler is known to have started, so"
        + " it is not known for which handler; such operations are checked against the roles of all handlers together";
  }

  private static String what(String handler, Use use) {
    return use.action() + " on " + resource(use) + " by " + who(handler);
  }

  private static String who(String handler) {
    return handler.isEmpty() ? "a thread of no known handler" : "handler '" + handler + "'";
  }

  private String why(String handler, Use use, boolean derived) {
    if (handler.isEmpty()) {
      return "no handler's role has it. Perform it in a handler, or add it to one with allow";
    }
    if (derived) {
      return "the handler's only excludes it. Add it to an only of the handler" + declared(handler)
          + ", or remove the call";
    }
    return "Pinion did not derive it from the handler's code. If the code got the object that does it from another"
        + " handler, declare it in define instead, as on AWS handlers share no memory. Otherwise this is a bug in"
        + " Pinion: please report it with the code, and until it is fixed add " + remedy(use) + " to the handler"
        + declared(handler);
  }

  /** The call of the API that adds an operation to a role. */
  private static String remedy(Use use) {
    return switch (use) {
      case Use.Rows rows -> ".allow(table, \"" + rows.action() + "\") with " + resource(use.resource(), "table");
      case Use.Connections connections ->
          ".allow(webSocket, \"" + connections.action() + "\") with " + resource(use.resource(), "webSocket");
      case Use.Start start -> ".allow(task, \"" + start.action() + "\") with " + resource(use.resource(), "task");
      case Use.HttpUrl url -> "a call of url() on " + resource(url.resource(), "httpApi");
      case Use.Send send -> ".allow(queue) with " + resource(send.resource(), "queue");
      case Use.Value _ -> ".allow(secret) with " + resource(use.resource(), "secret");
    };
  }

  private static String resource(Use use) {
    return switch (use) {
      case Use.Rows rows -> rows.index()
          .map(index -> "index '" + index + "' of " + resource(rows.resource(), "table"))
          .orElseGet(() -> resource(rows.resource(), "table"));
      case Use.Connections connections -> resource(connections.resource(), "webSocket");
      case Use.Start start -> resource(start.resource(), "task");
      case Use.HttpUrl url -> resource(url.resource(), "httpApi");
      case Use.Send send -> resource(send.resource(), "queue");
      case Use.Value value -> resource(value.resource(), "value");
    };
  }

  private static String resource(String id, String kind) {
    return kind + " '" + id + "'";
  }

  private String declared(String handler) {
    return Optional.ofNullable(handlers.get(handler)).map(each -> " (" + each + ")").orElse("");
  }

  /** The line that declares a handler; without one, the place is not known. */
  String declaration(String handler) {
    return Optional.ofNullable(handlers.get(handler)).map(SourceLocation::toString).orElse("app");
  }
}
