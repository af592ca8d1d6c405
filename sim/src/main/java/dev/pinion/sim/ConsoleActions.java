package dev.pinion.sim;

import dev.pinion.ServiceException;
import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.HttpResponse;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.Sender;
import java.time.Duration;
import java.util.Optional;

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
      Optional<String> kind, Optional<Double> rate, Optional<Long> seconds, Optional<Long> value,
      Optional<Long> delayMillis, Optional<Long> bytesPerSecond) {}

  /** What came of it. */
  record Done(boolean done, String message) {}

  /** What the page cannot do, and why. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
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
        case "send", "close", "again", "fault", "clock", "limit", "reset", "network" ->
            Optional.of(answer(200, done(action, asked)));
        default -> Optional.empty();
      };
    } catch (JsonCodec.MismatchException | RefusedException | ServiceException refused) {
      return Optional.of(answer(400, new Done(false, String.valueOf(refused.getMessage()))));
    }
  }

  private HttpResponse answer(int status, Done done) {
    return HttpResponse.of(status, "application/json", json.write(done));
  }

  private Done done(String action, Asked asked) throws RefusedException, InterruptedException {
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
      case "limit" -> new MomentActions(console).limit(asked);
      case "reset" -> new MomentActions(console).reset();
      case "network" -> new MomentActions(console).network(asked);
      default -> clock(asked);
    };
  }

  private Sender sender(Asked asked) throws RefusedException {
    return asked.webSocket().flatMap(console::sender)
        .orElseThrow(() -> new RefusedException("There is no WebSocket '" + asked.webSocket().orElse("") + "'."));
  }

  private static String connection(Asked asked) throws RefusedException {
    return asked.connectionId().orElseThrow(() -> new RefusedException("Which connection?"));
  }

  private Done fault(Asked asked) throws RefusedException {
    Faults faults = console.faults().orElseThrow(() -> new RefusedException("This run has no faults to switch."));
    double rate = asked.rate().orElse(0.0);
    for (Fault.Kind kind : Fault.Kind.values()) {
      if (!asked.kind().filter(kind.text::equals).isPresent()) continue;
      if (!(rate >= 0 && rate <= 1)) throw new RefusedException("A rate is from 0 to 1.");
      faults.count(console::connectionIds);
      faults.rate(kind, rate);
      return new Done(true, rate == 0 ? kind.text + " is off." : kind.text + " happens at a rate of " + rate + ".");
    }
    throw new RefusedException("There is no fault '" + asked.kind().orElse("") + "'.");
  }

  private Done clock(Asked asked) throws RefusedException {
    MovableClock clock = console.clock().orElseThrow(() -> new RefusedException("This run's clock cannot be moved."));
    Duration by = Duration.ofSeconds(asked.seconds().orElse(0L));
    if (by.isNegative() || by.compareTo(MOST_FORWARD) > 0) {
      throw new RefusedException("The clock moves forward only, and by a year at most.");
    }
    clock.forward(by);
    console.sweep();
    return new Done(true, "The clock is " + by.toSeconds() + " s further.");
  }

  private Done again(Asked asked) throws RefusedException, InterruptedException {
    Recorder.Request request = console.recording().kept(asked.number().orElse(0L))
        .flatMap(Recorder.Kept::request)
        .orElseThrow(() -> new RefusedException("The request is no longer kept: only the last ones are."));
    return new CallAgain(console).of(request, asked.text());
  }
}
