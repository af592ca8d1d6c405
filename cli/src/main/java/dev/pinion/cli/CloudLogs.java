package dev.pinion.cli;

import dev.pinion.cli.LogLines.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The logs of functions in CloudWatch Logs, read by the user's own AWS CLI. */
final class CloudLogs {
  /** Lines that Lambda writes itself. */
  private static final Pattern LAMBDAS =
      Pattern.compile("(START|END|REPORT) RequestId: .*|(INIT|RESTORE|EXTENSION)_[A-Z_]+\\b.*", Pattern.DOTALL);
  /** How many processes of the AWS CLI run at once. */
  private static final int AT_ONCE = 4;
  private static final int MOST_SEEN = 100_000;
  private static final long PAUSE_MILLIS = 2_000;
  /** CloudWatch Logs may show an event later than others that are newer. */
  private static final long LATE_MILLIS = 30_000;

  private final AwsCli aws;
  private final Map<String, String> handlers;
  private final boolean all;
  private final LinkedHashSet<String> seen = new LinkedHashSet<>();

  private record Event(long at, String id, String handler, String message) {}

  /**
   * Logs of an app.
   *
   * @param groups the log groups, by handler
   * @param all whether Lambda's own lines are shown
   */
  CloudLogs(AwsCli aws, Map<String, String> groups, boolean all) {
    this.aws = aws;
    this.all = all;
    handlers = groups.entrySet().stream().collect(
        Collectors.groupingBy(
            Map.Entry::getValue, LinkedHashMap::new, Collectors.mapping(Map.Entry::getKey, Collectors.joining(","))));
  }

  /** Returns the names of log groups that a stack has created, by handler. */
  static Map<String, String> physical(AwsCli aws, String stack, Map<String, String> logical)
      throws InterruptedException {
    Map<String, String> names = new LinkedHashMap<>();
    Object answer = aws.call(List.of("cloudformation", "list-stack-resources", "--stack-name", stack));
    for (Map<?, ?> each : AwsCli.objects(answer, "StackResourceSummaries")) {
      names.put(String.valueOf(each.get("LogicalResourceId")), String.valueOf(each.get("PhysicalResourceId")));
    }
    Map<String, String> groups = new LinkedHashMap<>();
    logical.forEach((handler, id) -> {
      if (names.containsKey(id)) groups.put(handler, names.getOrDefault(id, ""));
    });
    return groups;
  }

  /** Returns the lines since a time, in milliseconds since the epoch, that were not returned before. */
  List<Line> since(long millis) throws InterruptedException {
    List<Callable<List<Event>>> calls = new ArrayList<>();
    handlers.forEach((group, handler) -> calls.add(() -> events(group, handler, millis)));
    List<Event> events = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<List<Event>> each : threads.invokeAll(calls)) {
        events.addAll(each.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UserException mistake) throw mistake;
      throw new IllegalStateException(e);
    }
    return LogLines.merged(
        events.stream().filter(each -> isNew(each.id)).filter(each -> all || !isLambdas(each.message))
            .flatMap(each -> LogLines.of(each.at, each.handler, each.message)));
  }

  private boolean isNew(String id) {
    if (seen.size() == MOST_SEEN) seen.removeFirst();
    return seen.add(id);
  }

  /** Passes on lines as they come, until the thread is interrupted. */
  void follow(long millis, Consumer<List<Line>> lines) throws InterruptedException {
    for (long from = millis;; from = Math.max(millis, System.currentTimeMillis() - LATE_MILLIS - PAUSE_MILLIS)) {
      lines.accept(since(from));
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private static boolean isLambdas(String message) {
    return LAMBDAS.matcher(message).matches();
  }

  private List<Event> events(String group, String handler, long millis) throws InterruptedException {
    Object answer = aws.call(
        List.of("logs", "filter-log-events", "--log-group-name", group, "--start-time", Long.toString(millis)));
    return AwsCli.objects(answer, "events").stream()
        .map(each -> new Event(
            each.get("timestamp") instanceof Number at ? at.longValue() : 0, String.valueOf(each.get("eventId")),
            handler, String.valueOf(each.get("message"))))
        .toList();
  }
}
