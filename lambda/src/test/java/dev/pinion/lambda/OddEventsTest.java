package dev.pinion.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.Event;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Recorded events of which one member is missing, odd, or there beside the others. */
final class OddEventsTest {
  private static final String REFUSED =
      "the input is not an event of an API Gateway WebSocket API, which this function handles: ";
  private static final List<JsonElement> ODD =
      List.of(
          JsonNull.INSTANCE, new JsonPrimitive(""), new JsonPrimitive("text"), new JsonPrimitive("\ud83d"),
          new JsonPrimitive(true), new JsonPrimitive(-1), new JsonPrimitive(1.5),
          new JsonPrimitive(new BigDecimal("99999999999999999999")), new JsonObject(), new JsonArray(),
          JsonParser.parseString("[null]"), JsonParser.parseString("{\"a\": {\"b\": [1, null]}}"),
          JsonParser.parseString("[".repeat(60) + "]".repeat(60)));

  private final RecordCodec json = new RecordCodec();

  /** An event is read, or refused with the place of what is wrong with it; that of an end of a connection is read. */
  @ParameterizedTest
  @ValueSource(strings = {"connect", "message", "disconnect"})
  void areReadOrRefusedByPlace(String name) {
    for (String path : paths(JsonParser.parseString(Recorded.event(name)).getAsJsonObject(), "").toList()) {
      check(name, path, parent -> parent.remove(last(path)), "without " + path);
      check(name, path, parent -> parent.add("more", new JsonPrimitive(1)), "more beside " + path);
      for (JsonElement odd : ODD) {
        check(name, path, parent -> parent.add(last(path), odd), path + " = " + odd);
      }
    }
  }

  private void check(String name, String path, Consumer<JsonObject> change, String what) {
    JsonObject event = JsonParser.parseString(Recorded.event(name)).getAsJsonObject();
    JsonObject parent = event;
    for (String step : steps(path).subList(0, steps(path).size() - 1)) {
      parent = parent.getAsJsonObject(step);
    }
    change.accept(parent);
    try {
      Event read = ProxyEvent.read(event.toString(), json);
      assertThat(read.connection().connectionId()).as(what).isNotNull();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      assertThat(message).as(what).startsWith(REFUSED);
      assertThat(message.substring(REFUSED.length())).as(what).containsAnyOf(last(path), ".more");
      if (name.equals("disconnect")) {
        assertThat(path).as("what its handler needs; %s: %s", what, message).isIn(
            "requestContext", "requestContext/connectionId", "requestContext/eventType", "requestContext/routeKey");
      }
    }
  }

  private static List<String> steps(String path) {
    return List.of(path.split("/", -1));
  }

  private static String last(String path) {
    return steps(path).getLast();
  }

  /** The paths of all members of objects. */
  private static Stream<String> paths(JsonObject object, String before) {
    List<Stream<String>> all = new ArrayList<>();
    object.entrySet().forEach(member -> {
      String path = before + member.getKey();
      all.add(Stream.of(path));
      if (member.getValue() instanceof JsonObject inner) {
        all.add(paths(inner, path + "/"));
      }
    });
    return all.stream().flatMap(each -> each);
  }
}
