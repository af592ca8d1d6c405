package dev.pinion.sim;

import dev.pinion.ServiceException;
import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.HttpResponse;
import dev.pinion.json.Router;
import dev.pinion.spi.Event;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.MessageIds;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.Sender;
import dev.pinion.spi.WebSocketModel;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the page does to the running app. Only requests with an {@code Origin} are answered, as browsers send it. Any
 * thread. */
final class ConsoleActions {
  private static final Duration MOST_FORWARD = Duration.ofDays(366);

  private final Console console;
  private final JsonCodec json;

  /**
   * What the page sends: the members that its action has.
   *
   * @param number of an event that was recorded
   */
  record Asked(
      Optional<String> webSocket, Optional<String> connectionId, Optional<String> text, Optional<Long> number,
      Optional<String> kind, Optional<Double> rate, Optional<Long> seconds) {}

  /** What came of it. */
  record Done(boolean done, String message) {}

  /** What the page cannot do, and why. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  ConsoleActions(Console console) {
    this.console = console;
    json = console.recording().json();
  }

  /** Returns the answer to a POST; empty if there is none, or if it has no origin. */
  Optional<HttpResponse> answer(HttpRequest request) throws InterruptedException {
    if (request.header("Origin").isEmpty()) return Optional.empty();
    String action = request.path().replaceFirst("^/page/", "");
    try {
      Asked asked = json.read(request.body(), Asked.class);
      return switch (action) {
        case "send", "close", "again", "fault", "clock" -> Optional.of(answer(200, done(action, asked)));
        default -> Optional.empty();
      };
    } catch (JsonCodec.MismatchException | Refused | ServiceException refused) {
      return Optional.of(answer(400, new Done(false, String.valueOf(refused.getMessage()))));
    }
  }

  private HttpResponse answer(int status, Done done) {
    return HttpResponse.of(status, "application/json", json.write(done));
  }

  private Done done(String action, Asked asked) throws Refused, InterruptedException {
    return switch (action) {
      case "send" -> {
        boolean sent = sender(asked).postToConnection(connection(asked), asked.text().orElse(""));
        yield new Done(sent, sent ? "Sent." : "The connection is gone.");
      }
      case "close" -> {
        boolean closed = sender(asked).deleteConnection(connection(asked));
        yield new Done(closed, closed ? "Closed with 1000." : "The connection is gone.");
      }
      case "again" -> again(asked);
      case "fault" -> fault(asked);
      default -> clock(asked);
    };
  }

  private Sender sender(Asked asked) throws Refused {
    return asked.webSocket().flatMap(console::sender)
        .orElseThrow(() -> new Refused("There is no WebSocket '" + asked.webSocket().orElse("") + "'."));
  }

  private static String connection(Asked asked) throws Refused {
    return asked.connectionId().orElseThrow(() -> new Refused("Which connection?"));
  }

  private Done fault(Asked asked) throws Refused {
    Faults faults = console.faults().orElseThrow(() -> new Refused("This run has no faults to switch."));
    double rate = asked.rate().orElse(0.0);
    for (Fault.Kind kind : Fault.Kind.values()) {
      if (!asked.kind().filter(kind.text::equals).isPresent()) continue;
      if (!(rate >= 0 && rate <= 1)) throw new Refused("A rate is from 0 to 1.");
      faults.count(console::connectionIds);
      faults.rate(kind, rate);
      return new Done(true, rate == 0 ? kind.text + " is off." : kind.text + " happens at a rate of " + rate + ".");
    }
    throw new Refused("There is no fault '" + asked.kind().orElse("") + "'.");
  }

  private Done clock(Asked asked) throws Refused {
    MovableClock clock = console.clock().orElseThrow(() -> new Refused("This run's clock cannot be moved."));
    Duration by = Duration.ofSeconds(asked.seconds().orElse(0L));
    if (by.isNegative() || by.compareTo(MOST_FORWARD) > 0) {
      throw new Refused("The clock moves forward only, and by a year at most.");
    }
    clock.forward(by);
    console.sweep();
    return new Done(true, "The clock is " + by.toSeconds() + " s further.");
  }

  private Done again(Asked asked) throws Refused, InterruptedException {
    Recorder.Request request = console.recording().kept(asked.number().orElse(0L))
        .flatMap(Recorder.Kept::request)
        .orElseThrow(() -> new Refused("The request is no longer kept: only the last ones are."));
    RecordedHandlers handlers = console.handlers(request.webSocketId())
        .orElseThrow(() -> new Refused("The app has no such WebSocket any more."));
    Event event = edited(request.event(), handlers.webSocket(), asked.text());
    RouteModel route = handlers.webSocket().route(event.routeKey())
        .orElseThrow(() -> new Refused("There is no route '" + event.routeKey() + "'."));
    FutureTask<Response> call = new FutureTask<>(() -> handlers.again(event));
    Thread thread = Thread.ofVirtual().name("pinion-again").unstarted(call);
    thread.start();
    try {
      Response response = call.get(route.options().timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (route.responds() && response.body().isPresent()) {
        console.sender(request.webSocketId()).ifPresent(
            sender -> sender.postToConnection(event.connection().connectionId(), response.body().get()));
      }
      return new Done(response.successful(), "The handler answered " + response.statusCode() + ".");
    } catch (ExecutionException failed) {
      return new Done(false, "The handler failed: " + console.recording().texts().replaced(
          String.valueOf(failed.getCause())));
    } catch (TimeoutException _) {
      thread.interrupt();
      return new Done(false, "The handler did not finish in time, and was interrupted.");
    }
  }

  /** Returns an event with new ids, and another text if it is a message. */
  private Event edited(Event event, WebSocketModel webSocket, Optional<String> text) throws Refused {
    MessageIds ids = new MessageIds.KnownIds(id(), id());
    long now = System.currentTimeMillis();
    return switch (event) {
      case Event.Connect connect -> new Event.Connect(
          connect.connection(), ids.requestId(), now, connect.headers(), connect.queryStringParameters());
      case Event.Disconnect end -> new Event.Disconnect(
          end.connection(), ids.requestId(), now, end.disconnectStatusCode(), end.disconnectReason());
      case Event.Message message -> {
        String body = text.orElse(message.body());
        yield new Event.Message(message.connection(), routeKey(webSocket, body), ids, now, body);
      }
    };
  }

  /** An id of the form of API Gateway's. */
  private static String id() {
    byte[] random = new byte[11];
    ThreadLocalRandom.current().nextBytes(random);
    return Base64.getUrlEncoder().encodeToString(random);
  }

  private static String routeKey(WebSocketModel webSocket, String body) throws Refused {
    Router router = new Router(RouteSelectionExpression.parse(webSocket.routeSelectionExpression()));
    String selected = router.routeKey(body);
    if (!selected.startsWith("$") && webSocket.route(selected).isPresent()) return selected;
    if (webSocket.route("$default").isPresent()) return "$default";
    throw new Refused("There is no route '" + selected + "' and no $default: API Gateway would answer Forbidden.");
  }
}
