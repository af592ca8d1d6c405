package dev.pinion.json;

import com.google.gson.stream.JsonReader;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any JSON. Null is taken inside of an array or object, as JSON's own value. */
enum AnyShape implements Shape {
  ANY;

  @Override
  public Object read(JsonReader in) throws IOException, MismatchException {
    Object value = any(in);
    if (value == null) {
      throw Place.mismatchBefore(in, "null");
    }
    return value;
  }

  private static @Nullable Object any(JsonReader in) throws IOException, MismatchException {
    return switch (in.peek()) {
      case STRING -> in.nextString();
      case NUMBER -> Scalar.number(in);
      case BOOLEAN -> in.nextBoolean();
      case BEGIN_ARRAY -> array(in);
      case BEGIN_OBJECT -> object(in);
      case NULL -> {
        in.nextNull();
        yield null;
      }
      case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT -> throw new IllegalStateException(in.toString());
    };
  }

  private static Object array(JsonReader in) throws IOException, MismatchException {
    List<@Nullable Object> elements = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      elements.add(any(in));
    }
    in.endArray();
    return Collections.unmodifiableList(elements);
  }

  private static Object object(JsonReader in) throws IOException, MismatchException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      if (members.containsKey(name)) {
        throw Place.mismatch(in, "twice");
      }
      members.put(name, any(in));
    }
    in.endObject();
    return Collections.unmodifiableMap(members);
  }

  /** Skips the value that comes next; the parser's own skipping takes strings that are not JSON. */
  static void skip(JsonReader in) throws IOException {
    int depth = 0;
    do {
      switch (in.peek()) {
        case BEGIN_ARRAY -> {
          in.beginArray();
          depth++;
        }
        case BEGIN_OBJECT -> {
          in.beginObject();
          depth++;
        }
        case END_ARRAY -> {
          in.endArray();
          depth--;
        }
        case END_OBJECT -> {
          in.endObject();
          depth--;
        }
        case NAME -> {
          var _ = in.nextName();
        }
        case STRING, NUMBER -> {
          var _ = in.nextString();
        }
        case BOOLEAN -> {
          var _ = in.nextBoolean();
        }
        case NULL -> in.nextNull();
        case END_DOCUMENT -> throw new IllegalStateException(in.toString());
      }
    } while (depth > 0);
  }
}
