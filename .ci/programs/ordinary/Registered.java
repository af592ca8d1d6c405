
//DEPS com.fasterxml.jackson.core:jackson-databind:2.18.2
import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import static dev.pinion.AttributeType.STRING;

/** Subtypes that are registered with a mapper, or that an annotation of an annotation names. */
public final class Registered implements App {
  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    JSON.registerSubtypes(Join.class, Leave.class);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  interface Command {
    void run(Table rows);
  }

  @JsonTypeName("join")
  record Join(String id) implements Command {
    @Override
    public void run(Table rows) {
      rows.putItem(Item.of("id", id));
    }
  }

  @JsonTypeName("leave")
  record Leave(String id) implements Command {
    @Override
    public void run(Table rows) {
      rows.deleteItem(Key.of("id", id));
    }
  }

  /** Of no handler's mapper. */
  record Clear() implements Command {
    @Override
    public void run(Table rows) {
      rows.scan().forEach(row -> rows.deleteItem(Key.of("id", row.string("id"))));
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @JacksonAnnotationsInside
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes(@JsonSubTypes.Type(value = Find.class, name = "find"))
  @interface Asked {}

  @Asked
  interface Question {
    boolean ask(Table rows);
  }

  record Find(String id) implements Question {
    @Override
    public boolean ask(Table rows) {
      return rows.getItem(Key.of("id", id)).isPresent();
    }
  }

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    ws.onMessage((c, body) -> JSON.readValue(body, Command.class).run(seen));
    ws.onRequest("ask", (c, body) -> JSON.readValue(body, Question.class).ask(seen));
  }
}
