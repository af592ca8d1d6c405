package dev.pinion.cli;

import dev.pinion.cli.LogLines.Line;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The log of an app that runs on this machine: what its page shows of requests. */
final class LocalLogs {
  /** How long a poll may take: the page answers within 20 seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final RunningApp app;
  private final @Nullable String handler;
  private long after;

  /** What a poll gives. */
  record Polled(long next, boolean more, List<Event> events) {}

  /** An event: a call of a handler, or a note. */
  record Event(
      long at, Optional<Long> micros, Optional<String> handler, Optional<Integer> status, Optional<String> log,
      Optional<Shown> failure, Optional<String> line, Optional<Shown> text, Optional<String> tone) {}

  /** A text. */
  record Shown(String text) {}

  /** The app's handlers, as its page has them. */
  private record Described(List<Owner> webSockets, List<Trigger> triggers) {}

  private record Owner(List<Named> routes) {}

  private record Trigger(List<Named> handlers) {}

  private record Named(String path) {}

  /**
   * The log of a handler, or of all.
   *
   * @throws UserException if the app has no such handler
   */
  LocalLogs(RunningApp app, @Nullable String handler) throws InterruptedException {
    this.app = app;
    this.handler = handler;
    if (handler == null) return;
    Optional<Described> described = app.ask("page/model.json", Described.class);
    List<String> known = described.stream()
        .flatMap(each -> Stream.concat(
            each.webSockets.stream().flatMap(one -> one.routes.stream()),
            each.triggers.stream().flatMap(one -> one.handlers.stream())))
        .map(Named::path).toList();
    if (!known.contains(handler)) throw LogsCommand.unknown(handler, known);
  }

  /** Returns what is recorded. */
  List<Line> recorded() throws InterruptedException {
    return poll("").map(this::lines).orElse(List.of());
  }

  /** Waits for more, and passes it on. Returns whether the app still runs. */
  boolean waitForMore(Consumer<List<Line>> lines) throws InterruptedException {
    Optional<Polled> polled = poll("&wait=1");
    polled.map(this::lines).ifPresent(lines);
    return polled.isPresent();
  }

  private Optional<Polled> poll(String wait) throws InterruptedException {
    Optional<Polled> polled = app.ask("page/events.json?after=" + after + wait, Polled.class, PATIENCE);
    polled.ifPresent(each -> after = each.next - 1);
    return polled;
  }

  private List<Line> lines(Polled polled) {
    return polled.events.stream().filter(each -> handler == null || each.handler.filter(handler::equals).isPresent())
        .flatMap(LocalLogs::lines).toList();
  }

  private static Stream<Line> lines(Event event) {
    String path = event.handler.orElse("");
    if (event.micros.isEmpty()) {
      String tone = event.tone.filter(each -> !each.equals("event")).map(each -> each + ": ").orElse("");
      return LogLines.of(event.at, path, tone + event.text.map(Shown::text).orElse(""));
    }
    String took = String.format(Locale.ROOT, " in %.1f ms", event.micros.get() / 1000.0);
    String end = event.failure.isPresent()
        ? "failed" + took + event.line.map(each -> " at " + each).orElse("")
        : event.status.map(each -> "answered " + each).orElse("done") + took;
    return Stream.of(
        LogLines.of(event.at, path, event.log.orElse("")), LogLines.of(event.at, path, end),
        LogLines.of(event.at, path, event.failure.map(Shown::text).orElse(""))).flatMap(each -> each);
  }
}
