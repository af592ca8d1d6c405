package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Secret;
import java.io.IOException;

/** An app whose handler puts a secret into the message of an exception. */
public final class Careless implements App {
  @Override
  public void define(Cloud cloud) {
    Secret key = cloud.secret("key");
    cloud.webSocket("ws").create().onRoute("failing", (c, body) -> {
      throw new IllegalArgumentException("odd", new IOException("no login with " + key.value()));
    });
  }
}
