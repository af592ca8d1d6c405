
//DEPS com.fasterxml.jackson.core:jackson-databind:2.18.2
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.io.IOException;
import java.util.List;
import java.util.Map;

import static dev.pinion.AttributeType.STRING;

/** Classes that only an annotation or a generic type names: Jackson makes their objects, and the app calls them. */
public final class Subtypes implements App {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Rule>> RULES = new TypeReference<>() {};

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Join.class, name = "join"), @JsonSubTypes.Type(value = Leave.class, name = "leave")
  })
  interface Command {
    void run(Table rows);
  }

  record Join(String id) implements Command {
    @Override
    public void run(Table rows) {
      rows.putItem(Item.of("id", id));
    }
  }

  static final class Leave implements Command {
    private final String id;

    @JsonCreator
    Leave(@JsonProperty("id") String id) {
      this.id = id;
    }

    @Override
    public void run(Table rows) {
      rows.deleteItem(Key.of("id", id));
    }
  }

  record Rule(String id) {
    boolean holds(Table rows) {
      return rows.getItem(Key.of("id", id)).isPresent();
    }
  }

  @JsonDeserialize(using = PathDeserializer.class)
  record Path(List<String> parts) {}

  static final class PathDeserializer extends JsonDeserializer<Path> {
    @Override
    public Path deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return new Path(List.of(parser.getText().split("/")));
    }
  }

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onMessage((c, body) -> JSON.readValue(body, Command.class).run(seen));
    ws.onRoute("all", (c, body) -> {
      for (Command each : JSON.readValue(body, new TypeReference<List<Command>>() {})) each.run(seen);
    });
    ws.onRequest("rules", (c, body) -> JSON.readValue(body, RULES).values().stream().allMatch(r -> r.holds(seen)));
    ws.onRequest("path", (c, body) -> JSON.readValue(body, Path.class).parts());
  }
}
