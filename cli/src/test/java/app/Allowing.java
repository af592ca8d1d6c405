package app;

import dev.pinion.App;
import dev.pinion.Arn;
import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** A handler whose role gets more than its code shows. */
public final class Allowing implements App {
  @Override
  public void define(Cloud cloud) {
    Table audit = cloud.table("audit").hashKey("id", STRING).create();
    Config bucket = cloud.config("bucket");
    Secret key = cloud.secret("key");
    WebSocket ws = cloud.webSocket("ws").create();

    ws.onMessage((c, body) -> ws.sendMessage(c.id(), body))
        .allow(audit, "dynamodb:PutItem")
        .allow(ws, "DELETE")
        .allow(key)
        .allow("s3:GetObject", Arn.of("arn:aws:s3:::", bucket, "/*"));
  }
}
