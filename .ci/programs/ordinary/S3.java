
//DEPS software.amazon.awssdk:s3:2.25.60 software.amazon.awssdk:url-connection-client:2.25.60 org.slf4j:slf4j-nop:2.0.17
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import static dev.pinion.AttributeType.STRING;

/** AWS advises to keep a client in a static field. */
public final class S3 implements App {
  private static final S3Client CLIENT = S3Client.create();

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();

    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onMessage((c, body) -> {
      CLIENT.putObject(request -> request.bucket("reports").key(c.id()), RequestBody.fromString(body));
      seen.putItem(Item.of("id", CLIENT.getObjectAsBytes(r -> r.bucket("reports").key(body)).asUtf8String()));
    });
  }
}
