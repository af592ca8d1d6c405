import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.Secret;
import dev.pinion.WebSocket;
import java.security.MessageDigest;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A lobby with a password: values and secrets that are provided where the app runs. */
public final class Lobby implements App {
  @Override
  public void define(Cloud cloud) {
    Config greeting = cloud.config("greeting");
    Secret password = cloud.secret("password");
    WebSocket ws = cloud.webSocket("lobby").create();

    ws.onConnect(c -> {
      byte[] given = c.query("password").orElse("").getBytes(UTF_8);
      if (!MessageDigest.isEqual(given, password.value().getBytes(UTF_8))) {
        throw c.reject(401);
      }
    });
    ws.onMessage((c, name) -> ws.sendMessage(c.id(), greeting.value() + ", " + name));
  }
}
