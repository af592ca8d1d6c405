package dev.pinion.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.contract.ChangeApp;
import dev.pinion.contract.ChangeBackend;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A table with a stream of one shard, and Lambda's event source mapping of it, as their guides describe them, in front
 * of the function of {@link ChangeApp}: batches, partial failures, division of a batch that fails, and an end of the
 * attempts. Retries take no time.
 */
final class StandInStream implements ChangeBackend {
  private static final int BATCH = 10;
  private static final int RETRIES = 4;

  private final Function function =
      new Function(Map.of("PINION_APP", ChangeApp.class.getName(), "PINION_HANDLER", ChangeApp.TABLE + "/changes"));
  private final Map<String, JsonObject> rows = new TreeMap<>();
  private final List<JsonObject> stream = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T12:00:00.123Z");
  private int sequence = 100;
  private int dead;

  @Override
  public void put(String id, Map<String, Object> attributes) {
    JsonObject row = new JsonObject();
    row.add("id", value("S", id));
    attributes.forEach((name, each) -> row.add(name, value(each instanceof String ? "S" : "N", each.toString())));
    change(id, row, false);
  }

  @Override
  public void delete(String id) {
    change(id, null, false);
  }

  private static JsonObject value(String type, String text) {
    JsonObject value = new JsonObject();
    value.addProperty(type, text);
    return value;
  }

  private void change(String id, @Nullable JsonObject after, boolean expired) {
    JsonObject before = after == null ? rows.remove(id) : rows.put(id, after);
    if (after == null ? before == null : after.equals(before)) return;
    JsonObject keys = new JsonObject();
    keys.add("id", value("S", id));
    JsonObject images = new JsonObject();
    images.addProperty("ApproximateCreationDateTime", now.getEpochSecond());
    images.add("Keys", keys);
    if (before != null) images.add("OldImage", before);
    if (after != null) images.add("NewImage", after);
    images.addProperty("SequenceNumber", Integer.toString(++sequence));
    JsonObject record = new JsonObject();
    record.addProperty("eventID", "e" + sequence);
    record.addProperty("eventName", before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY");
    record.add("dynamodb", images);
    if (expired) {
      record.add("userIdentity", JsonParser.parseString(
          "{\"principalId\":\"dynamodb.amazonaws.com\",\"type\":\"Service\"}"));
    }
    stream.add(record);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void advance(Duration time) {
    poll();
    now = now.plus(time);
    for (Map.Entry<String, JsonObject> each : List.copyOf(rows.entrySet())) {
      if (each.getValue().has(ChangeApp.ENDS)
          && each.getValue().getAsJsonObject(ChangeApp.ENDS).get("N").getAsLong() <= now.getEpochSecond()) {
        change(each.getKey(), null, true);
      }
    }
    poll();
  }

  private void poll() {
    while (!stream.isEmpty()) {
      List<JsonObject> batch = List.copyOf(stream.subList(0, Math.min(BATCH, stream.size())));
      stream.subList(0, batch.size()).clear();
      handle(batch, RETRIES);
    }
  }

  /** Calls the function until all of a batch is handled or given up. */
  private void handle(List<JsonObject> batch, int retries) {
    Optional<Integer> failed = invoke(batch);
    if (failed.isEmpty()) return;
    List<JsonObject> left = batch.subList(failed.get(), batch.size());
    if (failed.get() > 0) {
      handle(left, retries); // from the first that has failed on
    } else if (left.size() > 1) {
      handle(left.subList(0, left.size() / 2), retries);
      handle(left.subList(left.size() / 2, left.size()), retries);
    } else if (retries > 0) {
      handle(left, retries - 1);
    } else {
      dead++;
    }
  }

  /** Returns which of a batch has failed first; the first one if the invocation has failed; empty if none has. */
  private Optional<Integer> invoke(List<JsonObject> batch) {
    JsonObject event = new JsonObject();
    JsonArray records = new JsonArray();
    batch.forEach(records::add);
    event.add("Records", records);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      function.handleRequest(new ByteArrayInputStream(event.toString().getBytes(UTF_8)), answer, new Invocation());
    } catch (Exception | AssertionError failure) {
      return Optional.of(0);
    }
    JsonArray failures =
        JsonParser.parseString(answer.toString(UTF_8)).getAsJsonObject().getAsJsonArray("batchItemFailures");
    if (failures.isEmpty()) return Optional.empty();
    String first = failures.get(0).getAsJsonObject().get("itemIdentifier").getAsString();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i).getAsJsonObject("dynamodb").get("SequenceNumber").getAsString().equals(first)) {
        return Optional.of(i);
      }
    }
    throw new AssertionError("no record has the number " + first);
  }

  @Override
  public int deadLetters() {
    return dead;
  }

  @Override
  public void close() {
    // it has nothing open
  }
}
