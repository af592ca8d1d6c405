package dev.pinion.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.contract.AsyncBackend;
import dev.pinion.contract.QueueApp;
import dev.pinion.lambda.ScriptedServer.Answer;
import dev.pinion.lambda.ScriptedServer.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * SQS's SendMessage, by its service model, and Lambda's event source mappings in front of the functions of {@link
 * QueueApp}, as their guides describe them. Its clock is moved by tests.
 */
final class StandInQueues implements AsyncBackend {
  private static final String ACCOUNT = "111122223333/app-";
  private static final Set<String> MEMBERS = Set.of(
      "QueueUrl", "MessageBody", "DelaySeconds", "MessageGroupId", "MessageDeduplicationId");
  private static final Duration VISIBILITY = Duration.ofSeconds(60);

  private final ScriptedServer server;
  private final Map<String, Queue> queues = new LinkedHashMap<>();
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");

  /** A queue with its messages, in the order in which they were sent. */
  private static final class Queue {
    final Function function;
    final int batch;
    final int maxReceives;
    final boolean fifo;
    final List<Message> messages = new ArrayList<>();
    final Map<String, Message> duplicates = new HashMap<>();
    final List<String> dead = new ArrayList<>();

    Queue(Function function, int batch, int maxReceives, boolean fifo) {
      this.function = function;
      this.batch = batch;
      this.maxReceives = maxReceives;
      this.fifo = fifo;
    }
  }

  /** A message. */
  private static final class Message {
    final String id = UUID.randomUUID().toString();
    final JsonObject sent;
    final Instant at;
    Instant visible;
    int receives;

    Message(JsonObject sent, Instant at) {
      this.sent = sent;
      this.at = at;
      visible = at.plusSeconds(sent.has("DelaySeconds") ? sent.get("DelaySeconds").getAsLong() : 0);
    }

    String text(String name) {
      return sent.has(name) ? sent.get(name).getAsString() : "";
    }
  }

  private StandInQueues() {
    try {
      server = new ScriptedServer(this::answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    queues.put("batches", new Queue(function("batches"), 10, 2, false));
    queues.put("ordered", new Queue(function("ordered"), 1, 2, true));
    queues.put("together", new Queue(function("together"), 10, 3, true));
    queues.put("once", new Queue(function("once"), 1, 5, true));
    queues.put("jobs", new Queue(function("jobs"), 1, 3, false));
  }

  static AsyncBackend start() {
    return new StandInQueues();
  }

  private Function function(String handler) {
    UnaryOperator<String> url = id -> "\"" + id.replace(".fifo", "") + "\":\"https://sqs.eu-central-1.amazonaws.com/"
        + ACCOUNT + id + "\"";
    String urls = "{" + url.apply("jobs") + "," + url.apply("batches") + "," + url.apply("ordered.fifo") + ","
        + url.apply("together.fifo") + "," + url.apply("once.fifo") + "}";
    return new Function(
        Map.of(
            "PINION_APP", "dev.pinion.contract.QueueApp", "PINION_HANDLER", handler, "PINION_QUEUES", urls,
            "AWS_REGION", "eu-central-1", "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_ENDPOINT_URL_SQS", server.url()));
  }

  private synchronized Answer answer(Request request) {
    if (!request.authorization().contains("/eu-central-1/sqs/aws4_request")) return error("AccessDenied");
    boolean json = request.header("Content-Type").equals("application/x-amz-json-1.0")
        && request.header("X-Amz-Target").equals("AmazonSQS.SendMessage") && request.line().equals("POST /");
    if (!json) return error("InvalidAction");
    JsonObject body = JsonParser.parseString(request.body()).getAsJsonObject();
    String url = body.get("QueueUrl").getAsString();
    String name = url.substring(url.indexOf(ACCOUNT) + ACCOUNT.length());
    Queue queue = requireNonNull(queues.get(name.replace(".fifo", "")));
    boolean valid = MEMBERS.containsAll(body.keySet()) && queue.fifo == name.endsWith(".fifo")
        && queue.fifo == body.has("MessageGroupId") && !(queue.fifo && body.has("DelaySeconds"))
        && queue.fifo == body.has("MessageDeduplicationId");
    if (!valid) return error("InvalidParameterValue");
    Message message = new Message(body, now);
    Message before = queue.duplicates.get(message.text("MessageDeduplicationId"));
    if (queue.fifo && before != null && before.at.plusSeconds(300).isAfter(now)) return accepted(before);
    if (queue.fifo) queue.duplicates.put(message.text("MessageDeduplicationId"), message);
    queue.messages.add(message);
    return accepted(message);
  }

  private static Answer accepted(Message message) {
    return new Answer(
        200, "", "{\"MessageId\":\"" + message.id + "\",\"MD5OfMessageBody\":\"0cc175b9c0f1b6a831c399e269772661\"}");
  }

  private static Answer error(String type) {
    return new Answer(400, "", "{\"__type\":\"com.amazonaws.sqs#" + type + "\",\"message\":\"refused\"}");
  }

  @Override
  public void advance(Duration time) {
    Instant end = now.plus(time);
    poll();
    for (Optional<Instant> next = next(end); next.isPresent(); next = next(end)) {
      synchronized (this) {
        now = next.get();
      }
      poll();
    }
    synchronized (this) {
      now = end;
    }
    poll();
  }

  private synchronized Optional<Instant> next(Instant end) {
    return queues.values().stream().flatMap(each -> each.messages.stream()).map(each -> each.visible)
        .filter(each -> each.isAfter(now) && !each.isAfter(end)).min(Instant::compareTo);
  }

  private void poll() {
    for (Queue queue : queues.values()) {
      for (List<Message> batch = receive(queue); !batch.isEmpty(); batch = receive(queue)) invoke(queue, batch);
    }
  }

  private synchronized List<Message> receive(Queue queue) {
    List<Message> batch = new ArrayList<>();
    Set<String> blocked = new HashSet<>();
    for (Message each : List.copyOf(queue.messages)) {
      String group = each.text("MessageGroupId");
      if (each.visible.isAfter(now)) {
        if (queue.fifo) blocked.add(group);
      } else if (!blocked.contains(group) && batch.size() < queue.batch) {
        if (++each.receives > queue.maxReceives) {
          queue.messages.remove(each);
          queue.dead.add(each.text("MessageBody"));
        } else {
          batch.add(each);
          each.visible = now.plus(VISIBILITY);
        }
      }
    }
    return batch;
  }

  private void invoke(Queue queue, List<Message> batch) {
    JsonArray records = new JsonArray();
    batch.forEach(each -> records.add(event(each, queue.fifo)));
    JsonObject event = new JsonObject();
    event.add("Records", records);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Set<String> failed = new HashSet<>();
    try {
      queue.function.handleRequest(
          new ByteArrayInputStream(event.toString().getBytes(UTF_8)), answer, new Invocation());
      for (JsonElement each : JsonParser.parseString(answer.toString(UTF_8)).getAsJsonObject()
          .getAsJsonArray("batchItemFailures")) {
        failed.add(each.getAsJsonObject().get("itemIdentifier").getAsString());
      }
    } catch (IOException whole) {
      batch.forEach(each -> failed.add(each.id));
    }
    synchronized (this) {
      queue.messages.removeIf(each -> batch.contains(each) && !failed.contains(each.id));
    }
  }

  private static JsonObject event(Message message, boolean fifo) {
    JsonObject attributes = new JsonObject();
    attributes.addProperty("ApproximateReceiveCount", Integer.toString(message.receives));
    attributes.addProperty("SentTimestamp", Long.toString(message.at.toEpochMilli()));
    if (fifo) attributes.addProperty("MessageGroupId", message.text("MessageGroupId"));
    JsonObject event = new JsonObject();
    event.addProperty("messageId", message.id);
    event.addProperty("body", message.text("MessageBody"));
    event.add("attributes", attributes);
    event.add("messageAttributes", new JsonObject());
    event.addProperty("eventSource", "aws:sqs");
    return event;
  }

  @Override
  public List<String> deadLetters(String queue) {
    return List.copyOf(requireNonNull(queues.get(queue)).dead);
  }

  @Override
  public void close() {
    server.close();
  }
}
