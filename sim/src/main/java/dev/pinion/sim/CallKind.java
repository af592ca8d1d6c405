package dev.pinion.sim;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.ConsumerModel;
import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.StartModel;
import dev.pinion.spi.TickModel;
import java.util.List;

/**
 * A kind of event that handlers are called with. Another kind is a constant here; the compiler then names each
 * {@code switch} that lacks it, and {@link CallRecording} records its calls.
 */
enum CallKind {
  AUTHORIZE("authorize", "Authorization", "Authorizations"),
  CONNECT("connect", "Handshake", "Handshakes"),
  MESSAGE("message", "Message", "Messages"),
  DISCONNECT("disconnect", "Close", "Closes"),
  TICK("tick", "Tick", "Ticks"),
  TASK("task", "Start", "Tasks"),
  QUEUE("queue", "Message of a queue", "Queues"),
  CHANGE("change", "Change", "Changes"),
  HTTP("http", "Request", "HTTP");

  /** Its id, as the page has it. */
  final String id;
  /** What the page calls one such event. */
  final String one;
  /** What the page calls several. */
  final String many;

  CallKind(String id, String one, String many) {
    this.id = id;
    this.one = one;
    this.many = many;
  }

  static CallKind of(Event event) {
    return switch (event) {
      case Event.Authorize _ -> AUTHORIZE;
      case Event.Connect _ -> CONNECT;
      case Event.Message _ -> MESSAGE;
      case Event.Disconnect _ -> DISCONNECT;
    };
  }

  static CallKind of(HandlerModel handler) {
    return switch (handler) {
      case RouteModel route -> switch (route.key()) {
        case "$connect" -> CONNECT;
        case "$disconnect" -> DISCONNECT;
        default -> MESSAGE;
      };
      case AuthorizerModel _ -> AUTHORIZE;
      case TickModel _ -> TICK;
      case StartModel _ -> TASK;
      case ConsumerModel _ -> QUEUE;
      case ChangeModel _ -> CHANGE;
      case HttpRouteModel _ -> HTTP;
    };
  }

  /** Returns the kinds that the handlers of an app are called with. */
  static List<CallKind> of(AppModel app) {
    return app.handlers().stream().map(CallKind::of).distinct().sorted().toList();
  }
}
