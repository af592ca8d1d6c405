package dev.pinion.junit;

import dev.pinion.AttributeValue;
import dev.pinion.Item;
import dev.pinion.sim.Faults;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/** The texts of failures: what was expected, what was there instead, the transcript of all clients, and the log. */
final class Failures {
  static final String CLIENTS = "clients (-> sent, <- received)\n";
  private static final int MOST_LOG_LINES = 60;

  private final Transcript transcript;
  private final LogCapture log;
  private final Faults faults;
  private volatile Supplier<String> handlers = () -> "";
  private volatile boolean local;

  Failures(Transcript transcript, LogCapture log, Faults faults) {
    this.faults = faults;
    this.transcript = transcript;
    this.log = log;
  }

  /**
   * Notes that the app runs here, so that its log is shown.
   *
   * @param running says which handlers run at the moment of a failure; nothing if none does
   */
  void local(Supplier<String> running) {
    handlers = running;
    local = true;
  }

  /** A failure whose first lines say what is wrong. */
  AssertionFailedError of(String what) {
    return atTheTest(new AssertionFailedError(what + "\n\n" + appendix()));
  }

  /** A failure that tools can show as a difference. */
  AssertionFailedError of(String what, Object expected, Object actual) {
    return atTheTest(new AssertionFailedError(what + "\n\n" + appendix(), expected, actual));
  }

  /** Lets the stack trace begin at the line of the test. */
  static <T extends Throwable> T atTheTest(T failure) {
    String own = Failures.class.getPackageName() + ".";
    failure.setStackTrace(
        Stream.of(failure.getStackTrace()).dropWhile(frame -> frame.getClassName().startsWith(own))
            .toArray(StackTraceElement[]::new));
    return failure;
  }

  AssertionFailedError rows(
      String table, List<Item> missing, List<Item> unexpected, List<Item> expected, List<Item> rows) {
    StringBuilder what = new StringBuilder("table '").append(table).append("' has ")
        .append(rows.size() == 1 ? "1 row" : rows.size() + " rows").append(", and not those that were expected");
    missing.forEach(each -> what.append("\n  missing:    ").append(shown(each)));
    unexpected.forEach(each -> what.append("\n  unexpected: ").append(shown(each)));
    return of(what.toString(), expected, rows);
  }

  /** Returns the transcript, the handlers that still run, and the log. */
  String appendix() {
    String running = handlers.get();
    return CLIENTS + transcript.text() + running + (local ? logged() : "")
        + (faults.used() ? "\nfaults had the seed " + faults.seed() + ": run with -Dpinion.seed=" + faults.seed()
            + " for the same ones\n" : "");
  }

  private String logged() {
    List<String> lines = log.lines();
    int from = Math.max(0, lines.size() - MOST_LOG_LINES);
    String shown = lines.isEmpty() ? "  nothing was logged\n"
        : lines.subList(from, lines.size()).stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
    return "\nlog of the app\n" + (from > 0 ? "  ... " + from + " earlier lines\n" : "") + shown;
  }

  private static String shown(Item row) {
    return row.attributes().entrySet().stream().map(each -> each.getKey() + "=" + switch (each.getValue()) {
      case AttributeValue.S(String text) -> '"' + Transcript.shown(text) + '"';
      case AttributeValue.N(var number) -> number.toPlainString();
      default -> each.getValue().toString();
    }).collect(Collectors.joining(", ", "{", "}"));
  }

  /** Returns a time as people write it. */
  static String shown(Duration time) {
    long millis = time.toMillis();
    if (millis % 60_000 == 0 && millis > 0) return millis / 60_000 + " min";
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }
}
