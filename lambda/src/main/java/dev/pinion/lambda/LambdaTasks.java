package dev.pinion.lambda;

import com.google.gson.JsonObject;
import dev.pinion.awsclient.AwsClient;
import dev.pinion.awsclient.AwsException;
import dev.pinion.lambda.Environment.Starts;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TaskStarter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.function.Function;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Starts tasks: by an asynchronous invocation, and after a delay by a one-time schedule of EventBridge Scheduler. Any
 * thread.
 *
 * <p>Source: Lambda API reference, "Invoke"; EventBridge Scheduler API reference, "CreateSchedule".
 */
final class LambdaTasks implements TaskStarter {
  private final AwsClient client;
  private final InstantSource clock;
  private final Function<TaskModel, Starts> starts;

  LambdaTasks(AwsClient client, InstantSource clock, Function<TaskModel, Starts> starts) {
    this.client = client;
    this.clock = clock;
    this.starts = starts;
  }

  @Override
  public void start(TaskModel task, String json) {
    start(client, starts.apply(task).alias(), json);
  }

  static void start(AwsClient client, String alias, String json) {
    try {
      client.invokeLater(alias, json.getBytes(UTF_8));
    } catch (AwsException e) {
      throw Refusals.service("Lambda", e);
    }
  }

  @Override
  public void startIn(TaskModel task, Duration delay, String json) {
    Starts how = starts.apply(task);
    String name = UUID.randomUUID().toString();
    try {
      client.createSchedule(name, schedule(name, how, clock.instant().plus(delay), json).toString().getBytes(UTF_8));
    } catch (AwsException e) {
      throw Refusals.service("EventBridge Scheduler", e);
    }
  }

  private static JsonObject schedule(String name, Starts how, Instant at, String json) {
    JsonObject window = new JsonObject();
    window.addProperty("Mode", "OFF");
    JsonObject dead = new JsonObject();
    dead.addProperty("Arn", how.deadLetters());
    JsonObject target = new JsonObject();
    target.addProperty("Arn", how.alias());
    target.addProperty("RoleArn", how.role());
    target.addProperty("Input", json);
    target.add("DeadLetterConfig", dead);
    JsonObject schedule = new JsonObject();
    schedule.addProperty("ActionAfterCompletion", "DELETE");
    schedule.addProperty("ClientToken", name);
    schedule.add("FlexibleTimeWindow", window);
    schedule.addProperty("GroupName", how.group());
    schedule.addProperty("ScheduleExpression", "at(" + seconds(at) + ")");
    schedule.add("Target", target);
    return schedule;
  }

  /** Returns a time of UTC in whole seconds, never before the one that is meant. */
  private static String seconds(Instant at) {
    Instant whole = Instant.ofEpochSecond(at.plusNanos(999_999_999).getEpochSecond());
    return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").format(LocalDateTime.ofInstant(whole, ZoneOffset.UTC));
  }
}
