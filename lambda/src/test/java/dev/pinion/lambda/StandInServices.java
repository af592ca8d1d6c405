package dev.pinion.lambda;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.contract.AsyncBackend;
import dev.pinion.contract.TaskApp;
import dev.pinion.lambda.ScriptedServer.Answer;
import dev.pinion.lambda.ScriptedServer.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Lambda's asynchronous invocations and EventBridge Scheduler's one-time schedules, as their API references and guides
 * describe them, in front of the functions of {@link TaskApp}. Its clock is ahead of the system's by what a test says.
 */
final class StandInServices implements AsyncBackend {
  private static final String ARN = "arn:aws:lambda:eu-central-1:111122223333:function:app-";
  private static final String ROLE = "arn:aws:iam::111122223333:role/app-job--schedule";
  private static final String DEAD = "arn:aws:sqs:eu-central-1:111122223333:app-job--dead-letters";
  private static final List<Duration> WAITS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));
  private static final int PAYLOAD = 1_048_576;
  private static final int INPUT = 262_144;
  private static final Answer ACCEPTED = new Answer(202, "", "");

  private final ScriptedServer server;
  private final Map<String, Function> functions = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<String, List<String>> dead = new HashMap<>();
  private Duration ahead = Duration.ZERO;

  /** An event in Lambda's queue, or an input of a schedule. */
  private record Event(String task, String payload, Instant at, int attempt) {}

  private StandInServices() {
    try {
      server = new ScriptedServer(this::answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String task : List.of("once", "job")) functions.put(task, function(task));
  }

  static AsyncBackend start() {
    return new StandInServices();
  }

  private Function function(String task) {
    String starts = "{\"once\":{\"alias\":\"" + ARN + "once:live\"},\"job\":{\"alias\":\"" + ARN
        + "job:live\",\"group\":\"app-job\",\"role\":\"" + ROLE + "\",\"deadLetters\":\"" + DEAD + "\"}}";
    return new Function(
        Map.of(
            "PINION_APP", "dev.pinion.contract.TaskApp", "PINION_HANDLER", task, "PINION_TASKS", starts,
            "AWS_REGION", "eu-central-1", "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_ENDPOINT_URL_LAMBDA", server.url(), "AWS_ENDPOINT_URL_SCHEDULER", server.url()));
  }

  private synchronized Instant now() {
    return Instant.now().plus(ahead);
  }

  private Answer answer(Request request) {
    String line = URLDecoder.decode(request.line(), UTF_8);
    if (!request.authorization().startsWith("AWS4-HMAC-SHA256 ")) return error(403, "AccessDeniedException");
    if (line.startsWith("POST /schedules/")) return schedule(line.substring(16), request.body());
    String before = "POST /2015-03-31/functions/" + ARN;
    if (!line.startsWith(before) || !line.endsWith(":live/invocations")) return error(404, "ResourceNotFoundException");
    if (!request.header("X-Amz-Invocation-Type").equals("Event")) return error(400, "InvalidRequestContentException");
    if (request.body().getBytes(UTF_8).length > PAYLOAD) return error(413, "RequestTooLargeException");
    add(new Event(line.substring(before.length(), line.length() - 17), request.body(), now(), 1));
    return ACCEPTED;
  }

  private Answer schedule(String name, String body) {
    JsonObject all = JsonParser.parseString(body).getAsJsonObject();
    JsonObject target = all.getAsJsonObject("Target");
    boolean valid = name.matches("[0-9a-zA-Z-_.]{1,64}") && text(all, "GroupName").equals("app-job")
        && text(all, "ActionAfterCompletion").equals("DELETE") && text(all, "ClientToken").equals(name)
        && text(all.getAsJsonObject("FlexibleTimeWindow"), "Mode").equals("OFF") && text(target, "RoleArn").equals(ROLE)
        && text(target.getAsJsonObject("DeadLetterConfig"), "Arn").equals(DEAD)
        && text(target, "Arn").equals(ARN + "job:live") && text(target, "Input").getBytes(UTF_8).length <= INPUT
        && text(all, "ScheduleExpression").matches("at\\(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\)");
    if (!valid) return error(400, "ValidationException");
    String at = text(all, "ScheduleExpression").replaceAll("at\\(|\\)", "");
    String input = text(target, "Input").replace("<aws.scheduler.schedule-arn>", "(the ARN)");
    add(new Event("job", input, LocalDateTime.parse(at).toInstant(ZoneOffset.UTC), 1));
    return new Answer(200, "", "{\"ScheduleArn\":\"arn:aws:scheduler:eu-central-1:111122223333:schedule/app-job/x\"}");
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }

  private static Answer error(int status, String type) {
    return new Answer(status, type, "{\"Message\":\"refused\"}");
  }

  private synchronized void add(Event event) {
    events.add(event);
  }

  private synchronized Optional<Event> next() {
    Optional<Event> first = events.stream().filter(each -> !each.at().isAfter(now()))
        .min(Comparator.comparing(Event::at));
    first.ifPresent(events::remove);
    return first;
  }

  @Override
  public void advance(Duration time) {
    synchronized (this) {
      ahead = ahead.plus(time);
    }
    for (Optional<Event> next = next(); next.isPresent(); next = next()) invoke(next.get());
  }

  private void invoke(Event event) {
    try {
      requireNonNull(functions.get(event.task())).handleRequest(
          new ByteArrayInputStream(event.payload().getBytes(UTF_8)), new ByteArrayOutputStream(), new Invocation());
    } catch (IOException failed) {
      int retries = event.task().equals("once") ? 0 : 2;
      if (event.attempt() > retries) {
        dead.computeIfAbsent(event.task(), _ -> new ArrayList<>()).add(event.payload());
      } else {
        Instant again = event.at().plus(WAITS.get(event.attempt() - 1));
        add(new Event(event.task(), event.payload(), again, event.attempt() + 1));
      }
    }
  }

  @Override
  public List<String> deadLetters(String task) {
    return dead.getOrDefault(task, List.of());
  }

  @Override
  public void close() {
    server.close();
  }
}
