
//DEPS com.google.code.gson:gson:2.13.1
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** A static Gson, and one that define makes. */
public final class GsonBoth implements App {
  private static final Gson GSON = new Gson();

  record Said(String text) {}

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    Gson pretty = new GsonBuilder().setPrettyPrinting().create();
    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onMessage((c, body) -> {
      Said said = GSON.fromJson(body, Said.class);
      seen.putItem(Item.of("id", said.text()));
      ws.sendMessage(c.id(), pretty.toJson(said));
    });
  }
}
