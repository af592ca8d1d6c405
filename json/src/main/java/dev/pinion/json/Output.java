package dev.pinion.json;

import com.google.gson.FormattingStyle;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One JSON text being written, compactly. Used by one thread. */
final class Output {
  private final JsonWriter out;
  private final Shapes shapes;

  Output(StringBuilder text, Shapes shapes) {
    this.shapes = shapes;
    out = new JsonWriter(new Text(text));
    out.setStrictness(Strictness.STRICT);
    out.setFormattingStyle(FormattingStyle.COMPACT);
  }

  /** Writes a value; what it is decides, not what it was declared as. */
  void write(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.nullValue();
      case String text -> out.value(text);
      case Number number -> out.value(number);
      case Boolean bool -> out.value(bool);
      case Record row -> shapes.ofRecord(row.getClass()).write(row, out, this);
      case Collection<?> elements -> array(elements);
      case Map<?, ?> members -> object(members);
      case Optional<?> optional -> write(optional.orElse(null));
      default -> out.value(text(value));
    }
  }

  private void array(Collection<?> elements) throws IOException {
    out.beginArray();
    for (Object element : elements) {
      write(element);
    }
    out.endArray();
  }

  private void object(Map<?, ?> members) throws IOException {
    out.beginObject();
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        throw new IllegalArgumentException("a map with the key " + member.getKey() + ", which is not a String");
      }
      out.name(name);
      write(member.getValue());
    }
    out.endObject();
  }

  private static String text(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof Instant || value instanceof UUID || value instanceof Character) {
      return value.toString();
    }
    throw new IllegalArgumentException(value.getClass().getName() + " cannot be written as JSON");
  }

  /** A writer without the lock of {@link java.io.StringWriter}. */
  private static final class Text extends Writer {
    private final StringBuilder text;

    Text(StringBuilder text) {
      this.text = text;
    }

    @Override
    public void write(int character) {
      text.append((char) character);
    }

    @Override
    public void write(String string) {
      text.append(string);
    }

    @Override
    public void write(String string, int offset, int length) {
      text.append(string, offset, offset + length);
    }

    @Override
    public void write(char[] characters, int offset, int length) {
      text.append(characters, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
