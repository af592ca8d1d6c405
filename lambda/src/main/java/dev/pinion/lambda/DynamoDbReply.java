package dev.pinion.lambda;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.pinion.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An answer of DynamoDB.
 *
 * @param row the row that was read, or that a write returned
 * @param rows the rows of a page, or of a batch
 * @param parts a row or none for each part of a transaction
 * @param next where the next page starts
 * @param unprocessed the unprocessed parts of a batch, by table
 */
record DynamoDbReply(
    Optional<Item> row, List<Item> rows, List<Optional<Item>> parts, Optional<Item> next, JsonObject unprocessed) {

  /**
   * Reads a response.
   *
   * @throws IOException if it is not a response of DynamoDB
   */
  static DynamoDbReply read(byte[] body) throws IOException {
    JsonReader in = new JsonReader(new InputStreamReader(new ByteArrayInputStream(body), UTF_8));
    try {
      return new Reading().all(in);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new IOException("DynamoDB's response cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads a response. */
  private static final class Reading {
    private @Nullable Item row;
    private final List<Item> rows = new ArrayList<>();
    private final List<Optional<Item>> parts = new ArrayList<>();
    private @Nullable Item next;
    private JsonObject unprocessed = new JsonObject();

    DynamoDbReply all(JsonReader in) throws IOException {
      in.beginObject();
      while (in.hasNext()) {
        member(in.nextName(), in);
      }
      in.endObject();
      return new DynamoDbReply(
          Optional.ofNullable(row), rows, parts, Optional.ofNullable(next), unprocessed);
    }

    private void member(String name, JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return;
      }
      switch (name) {
        case "Item", "Attributes" -> row = ItemJson.read(in);
        case "Items" -> items(in);
        case "LastEvaluatedKey" -> next = ItemJson.read(in);
        case "Responses" -> responses(in);
        case "UnprocessedKeys", "UnprocessedItems" -> unprocessed = JsonParser.parseReader(in).getAsJsonObject();
        default -> in.skipValue();
      }
    }

    private void items(JsonReader in) throws IOException {
      in.beginArray();
      while (in.hasNext()) {
        rows.add(ItemJson.read(in));
      }
      in.endArray();
    }

    /** For a transaction, an array of parts; for a batch, an object with a member for each table. */
    private void responses(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.BEGIN_OBJECT) {
        in.beginObject();
        while (in.hasNext()) {
          var _ = in.nextName();
          items(in);
        }
        in.endObject();
        return;
      }
      in.beginArray();
      while (in.hasNext()) {
        parts.add(part(in));
      }
      in.endArray();
    }

    private static Optional<Item> part(JsonReader in) throws IOException {
      Optional<Item> found = Optional.empty();
      in.beginObject();
      while (in.hasNext()) {
        if (in.nextName().equals("Item") && in.peek() == JsonToken.BEGIN_OBJECT) {
          found = Optional.of(ItemJson.read(in));
        } else {
          in.skipValue();
        }
      }
      in.endObject();
      return found;
    }
  }
}
