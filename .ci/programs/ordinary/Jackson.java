
//DEPS com.fasterxml.jackson.core:jackson-databind:2.18.2
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.Map;

import static dev.pinion.AttributeType.STRING;

/** A static ObjectMapper that reads and writes records, and a tree. */
public final class Jackson implements App {
  private static final ObjectMapper JSON = new ObjectMapper();

  record Said(String text, Author author) {}

  record Author(String name) {}

  private static Said read(String body) throws JsonProcessingException {
    return JSON.readValue(body, Said.class);
  }

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();

    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onMessage((c, body) -> {
      Said said = read(body);
      JsonNode tree = JSON.readTree(body);
      seen.putItem(Item.of("id", said.author().name(), "text", tree.path("text").asText()));
      ws.sendMessage(c.id(), JSON.writeValueAsString(Map.of("said", said)));
    });
  }
}
