package dev.pinion.sim;

import dev.pinion.TableChange;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.ConsumerModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.ScheduleModel;
import dev.pinion.spi.StartModel;
import dev.pinion.spi.TickModel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Logs what goes wrong with what no client waits for, with file and line of the app where known. Any thread. */
final class AsyncLog {
  private final AppLines lines;
  private final AppStack stack;
  private final LogLine line;

  AsyncLog(AppModel app, LogLine line) {
    this.lines = AppLines.of(app);
    this.stack = new AppStack(lines);
    this.line = line;
  }

  /** Returns the lines of its program. */
  AppLines lines() {
    return lines;
  }

  /**
   * A handler has failed.
   *
   * @param again after how long it is tried again
   * @param otherwise what becomes of it if it is not
   */
  void failed(AsyncRun<?, ?> run, Throwable failure, Optional<Duration> again, String otherwise) {
    String then = again.map(wait -> "tried again in " + wait.toMinutes() + " min").orElse(otherwise);
    failed(run, failure, then);
  }

  private void failed(AsyncRun<?, ?> run, Throwable failure, String then) {
    line.error(
        lines.in(failure).orElse(place(run.handler)), "handler " + run + " failed (attempt " + run.attempt + ", " + then
            + "): " + stack.of(failure),
        about(run.handler, run.event.id(), Optional.of(failure)));
  }

  /** What identifies what a handler is called with, as a function's log has it. */
  private static Map<String, String> about(HandlerModel handler, String id, Optional<Throwable> failure) {
    String name = switch (handler) {
      case ConsumerModel _ -> "messageId";
      case ChangeModel _ -> "eventId";
      case TickModel _ -> "executionId";
      case StartModel _ -> "invocationId";
      case RouteModel _, HttpRouteModel _, AuthorizerModel _ -> "requestId";
    };
    Map<String, String> about = new LinkedHashMap<>(Map.of("handler", handler.path()));
    about.put(name, id);
    failure.ifPresent(each -> about.put("exception", each.getClass().getName()));
    return about;
  }

  /**
   * The handler of a queue has failed with a message.
   *
   * @param receives how often the message was received
   * @param visibility after how long it comes again
   */
  void failed(HandlerModel handler, String messageId, int receives, Duration visibility, Throwable failure) {
    line.error(
        lines.in(failure).orElse(place(handler)), "handler " + handler.path() + " failed for message " + messageId
            + " (receive " + receives + ", visible again after " + visibility.toSeconds() + " s): " + stack.of(failure),
        about(handler, messageId, Optional.of(failure)));
  }

  /**
   * The handler of a change has failed.
   *
   * @param what the change in words
   * @param again after how long it is tried again; empty if it is not
   */
  void failedChange(
      HandlerModel handler, TableChange change, String what, int attempt, Throwable failure, Optional<Duration> again) {
    String then = again.map(wait -> "tried again in " + wait.toSeconds() + " s").orElse("it is in the dead letters");
    line.error(
        lines.in(failure).orElse(place(handler)), "handler " + handler.path() + " for " + what + " failed (attempt "
            + attempt + ", " + then + "): " + stack.of(failure),
        about(handler, change.eventId(), Optional.of(failure)));
  }

  /** The time of a call with several changes is over. */
  void divided(AsyncRun<?, ?> run, Throwable failure) {
    line.error(
        lines.in(failure).orElse(place(run.handler)),
        "handler " + run + " failed (they are tried again as two batches, as Lambda does): " + stack.of(failure),
        about(run.handler, run.event.id(), Optional.of(failure)));
  }

  /** A change has waited for as long as DynamoDB keeps it. */
  void forgottenChange(HandlerModel handler, String table) {
    line.error(
        place(handler), "table '" + table + "': a change was dropped, as DynamoDB keeps changes for a day only");
  }

  /** Changes were dropped that were made when a table had another key. */
  void changesOfAnotherKey(String table, int changes) {
    if (changes == 0) return;
    line.event(
        "table '" + table + "': " + (changes == 1 ? "1 change that waited was" : changes + " changes that waited were")
            + " dropped, as the table has another key now: on AWS, it is another table with a stream of its own");
  }

  /** A message has waited for as long as SQS keeps it. */
  void forgotten(HandlerModel handler, String queue, String messageId) {
    line.error(
        place(handler),
        "queue '" + queue + "': message " + messageId + " was dropped, as SQS keeps a message for four days only",
        about(handler, messageId, Optional.empty()));
  }

  /** Messages wait of which the program does not declare the queue. */
  void undeclaredQueue(String queue, int messages) {
    line.event(
        "queue '" + queue + "': " + (messages == 1 ? "1 message waits" : messages + " messages wait")
            + ", as the program does not declare it");
  }

  /** An attempt comes so late that Lambda would have discarded it. */
  void tooOld(HandlerModel handler, String id, String what) {
    line.error(
        place(handler), "handler " + what + " is not tried again, as the tick is more than six hours old",
        about(handler, id, Optional.empty()));
  }

  /** A start of a task or a message is given up without another attempt. */
  void dead(HandlerModel handler, String id, String what, String why) {
    line.error(place(handler), "handler " + what + " is not called" + why, about(handler, id, Optional.empty()));
  }

  /** The program of a later attempt has no such handler. */
  void gone(String what) {
    line.event("handler " + what + " is not tried again, as the program no longer declares it");
  }

  /** Starts wait of which the program does not declare the task. */
  void undeclared(String task, int starts) {
    line.event(
        "task '" + task + "': " + (starts == 1 ? "1 start waits" : starts + " starts wait")
            + ", as the program does not declare it");
  }

  /** A handler runs on although it was interrupted. */
  void stillRuns(AsyncRun<?, ?> run) {
    StackTraceElement[] at = run.stack();
    line.error(
        lines.first(at).orElse(place(run.handler)), "handler " + run + " was interrupted, but it still runs; on AWS the"
            + " function would be ended. It is at\n" + String.join("\n", stack.frames(at)),
        about(run.handler, run.event.id(), Optional.empty()));
  }

  /** Ticks were missed, as nothing ran at their times. */
  void missed(ScheduleModel schedule, String ticks, String why) {
    line.event(name(schedule) + ": " + ticks + " missed " + why + ", and dropped");
  }

  /** The clock was set back. */
  void setBack(ScheduleModel schedule, Instant next) {
    line.event(
        name(schedule) + ": the clock was set back, so it ticks next at " + next.truncatedTo(ChronoUnit.SECONDS));
  }

  /** A one-time tick was missed, and comes now. */
  void late(ScheduleModel schedule) {
    line.event(name(schedule) + ": its tick was missed while the app was stopped, and comes now");
  }

  /** A one-time schedule whose time was over before it was first seen. */
  void over(ScheduleModel schedule) {
    line.warning(
        schedule.location().toString(), name(schedule) + " is over, and does not tick: " + schedule.expression());
  }

  /**
   * A handler ends the process.
   *
   * @param call has the stack of the call
   */
  void exits(HandlerModel handler, Throwable call) {
    exits(
        lines.in(call).orElse(place(handler)), "handler " + handler.path(), Map.of("handler", handler.path()), call);
  }

  /** A thread that no handler has created, as one of the JDK's pool, ends the process if the app's code is on it. */
  void exits(Thread thread, Throwable call) {
    lines.in(call).ifPresent(
        place -> exits(place, "code of the app on the thread '" + thread.getName() + "'", Map.of(), call));
  }

  private void exits(String place, String who, Map<String, String> about, Throwable call) {
    line.error(
        place, who + " ends this process with " + call.getMessage()
            + ", and all of the app with it. On AWS, only the function's process would end: its call"
            + " fails with Runtime.ExitError. Throw an exception instead. It is at\n"
            + String.join("\n", stack.frames(call.getStackTrace())),
        about);
  }

  /** The message store refuses writes. */
  void refused(String why) {
    line.event(
        "warning: " + why + ". Until then no message is handled, and what handlers have done is noted later: if the"
            + " process ends before, they are called again");
  }

  /** Pinion itself has failed. */
  void broke(Throwable bug) {
    line.event(
        "error: internal error in Pinion. Please report it with the following lines:\n" + FailureText.withStack(bug));
  }

  private static String name(ScheduleModel schedule) {
    return "schedule '" + schedule.id() + "'";
  }

  private static String place(HandlerModel handler) {
    return handler.location().toString();
  }
}
