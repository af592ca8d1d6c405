package dev.pinion.lambda;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.TableChange;
import dev.pinion.spi.TableModel;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record of a DynamoDB stream in an event of Lambda.
 *
 * @param sequenceNumber by which an answer says where to begin again
 */
record ChangeRecord(TableChange change, String sequenceNumber) {

  /**
   * Reads all records of an event.
   *
   * @throws IllegalArgumentException if the text is not such an event
   */
  static List<ChangeRecord> all(String event, TableModel table) {
    List<ChangeRecord> all = new ArrayList<>();
    try {
      JsonReader in = new JsonReader(new StringReader(event));
      in.beginObject();
      while (in.hasNext()) {
        if (!in.nextName().equals("Records")) {
          in.skipValue();
          continue;
        }
        in.beginArray();
        while (in.hasNext()) all.add(new Reading().record(in, table));
        in.endArray();
      }
      in.endObject();
    } catch (IOException | IllegalStateException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the event is not one of DynamoDB Streams, which this function handles: " + e.getMessage(), e);
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "the event is not one of DynamoDB Streams, which this function handles: it has no Records");
    }
    return all;
  }

  /** Reads a record, whose members come in any order. */
  private static final class Reading {
    private String id = "";
    private String name = "";
    private String sequenceNumber = "";
    private Instant time = Instant.EPOCH;
    private String identity = "";
    private @Nullable Item keys;
    private @Nullable Item before;
    private @Nullable Item after;

    ChangeRecord record(JsonReader in, TableModel table) throws IOException {
      in.beginObject();
      while (in.hasNext()) member(in.nextName(), in);
      in.endObject();
      if (keys == null || sequenceNumber.isEmpty()) {
        throw new IllegalArgumentException("a record has no dynamodb.Keys or no dynamodb.SequenceNumber");
      }
      TableChange change = new TableChange(
          TableChange.Type.valueOf(name), key(keys, table), Optional.ofNullable(before), Optional.ofNullable(after),
          identity.equals("Service dynamodb.amazonaws.com"), id, time);
      return new ChangeRecord(change, sequenceNumber);
    }

    private static Key key(Item keys, TableModel table) {
      Object hash = value(keys, table.hashKey().name());
      if (table.rangeKey().isEmpty()) return Key.of(table.hashKey().name(), hash);
      String range = table.rangeKey().get().name();
      return Key.of(table.hashKey().name(), hash, range, value(keys, range));
    }

    private static Object value(Item keys, String name) {
      return keys.attribute(name).orElseThrow(
          () -> new IllegalArgumentException("a record's dynamodb.Keys has no '" + name + "'"));
    }

    private void member(String member, JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return;
      }
      switch (member) {
        case "eventID" -> id = in.nextString();
        case "eventName" -> name = in.nextString();
        case "dynamodb" -> {
          in.beginObject();
          while (in.hasNext()) image(in.nextName(), in);
          in.endObject();
        }
        case "userIdentity" -> identity(in);
        default -> in.skipValue();
      }
    }

    private void image(String member, JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return;
      }
      switch (member) {
        case "ApproximateCreationDateTime" -> time = Instant.ofEpochSecond((long) in.nextDouble());
        case "Keys" -> keys = ItemJson.read(in);
        case "NewImage" -> after = ItemJson.read(in);
        case "OldImage" -> before = ItemJson.read(in);
        case "SequenceNumber" -> sequenceNumber = in.nextString();
        default -> in.skipValue();
      }
    }

    /** Whoever has made the change, where it was a service. */
    private void identity(JsonReader in) throws IOException {
      String type = "";
      String principal = "";
      in.beginObject();
      while (in.hasNext()) {
        switch (in.nextName()) {
          case "type" -> type = in.nextString();
          case "principalId" -> principal = in.nextString();
          default -> in.skipValue();
        }
      }
      in.endObject();
      identity = type + " " + principal;
    }
  }
}
