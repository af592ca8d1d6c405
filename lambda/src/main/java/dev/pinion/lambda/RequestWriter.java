package dev.pinion.lambda;

import com.google.gson.FormattingStyle;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.spi.Expressions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes a request to DynamoDB, without members that have no value. Used by one thread, for one request.
 */
final class RequestWriter {
  private final JsonWriter out;

  private RequestWriter(JsonWriter out) {
    this.out = out;
  }

  /** Writes the content of a request. */
  interface Content {
    void write(RequestWriter request) throws IOException;
  }

  /** Returns the JSON of a request. */
  static byte[] bytes(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, UTF_8))) {
      json.setStrictness(Strictness.STRICT);
      json.setFormattingStyle(FormattingStyle.COMPACT);
      new RequestWriter(json).object(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  JsonWriter json() {
    return out;
  }

  /** Writes an object, as the value of a named member or as an element of an array. */
  RequestWriter object(Content content) throws IOException {
    out.beginObject();
    content.write(this);
    out.endObject();
    return this;
  }

  RequestWriter object(String name, Content content) throws IOException {
    out.name(name);
    return object(content);
  }

  /** Writes an array with an object for each value. */
  <T> RequestWriter array(String name, Iterable<T> values, Element<T> element) throws IOException {
    out.name(name).beginArray();
    for (T each : values) {
      element.write(this, each);
    }
    out.endArray();
    return this;
  }

  /** Writes one element of an array. */
  interface Element<T> {
    void write(RequestWriter request, T value) throws IOException;
  }

  RequestWriter text(String name, @Nullable String value) throws IOException {
    if (value != null) {
      out.name(name).value(value);
    }
    return this;
  }

  RequestWriter number(String name, int value) throws IOException {
    out.name(name).value(value);
    return this;
  }

  RequestWriter bool(String name, boolean value) throws IOException {
    out.name(name).value(value);
    return this;
  }

  RequestWriter item(String name, Map<String, AttributeValue> attributes) throws IOException {
    out.name(name);
    ItemJson.write(out, attributes);
    return this;
  }

  RequestWriter condition(Expressions expressions, Optional<Condition> condition) throws IOException {
    return text("ConditionExpression", expressions.condition(condition));
  }

  /** Writes the names and values of the placeholders; called last, after all expressions have been written. */
  RequestWriter placeholders(Expressions expressions) throws IOException {
    @Nullable Map<String, String> names = expressions.names();
    if (names != null) {
      out.name("ExpressionAttributeNames").beginObject();
      for (Map.Entry<String, String> each : names.entrySet()) {
        out.name(each.getKey()).value(each.getValue());
      }
      out.endObject();
    }
    @Nullable Map<String, AttributeValue> values = expressions.values();
    if (values != null) {
      item("ExpressionAttributeValues", values);
    }
    return this;
  }
}
