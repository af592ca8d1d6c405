import dev.pinion.App;
import dev.pinion.Authorization;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import java.util.Map;
import java.util.Optional;

import static dev.pinion.AttributeType.STRING;

/** A club: only members may connect, each with a token of their own, and only from the club's page. */
public final class Club implements App {
  @Override
  public void define(Cloud cloud) {
    Table members = cloud.table("members").hashKey("token", STRING).create();
    WebSocket ws = cloud.webSocket("club").origins("https://club.example.com").create();

    ws.onAuthorize(TokenFrom.query("token"), request -> {
      String token = request.query("token").orElse("");
      Optional<Item> member = members.getItem(Key.of("token", token));
      if (member.isEmpty()) return Authorization.unauthorized();
      if (member.get().string("state").equals("banned")) return Authorization.deny();
      return Authorization.allow(member.get().string("name"), Map.of("level", member.get().integer("level")));
    }).memory(1024);
    ws.onMessage((c, text) -> {
      Map<String, String> member = c.authorizer();
      ws.sendMessage(c.id(), member.get("principalId") + " (level " + member.get("level") + "): " + text);
    });
  }
}
