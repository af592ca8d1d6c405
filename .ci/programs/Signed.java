import dev.pinion.*;

/** A WebSocket of clients with AWS credentials, and one whose token can only be in a subprotocol. */
final class Signed implements App {
  @Override
  public void define(Cloud cloud) {
    WebSocket signed = cloud.webSocket("signed").iam().create();
    signed.onMessage((c, text) -> signed.sendMessage(c.id(), text));

    WebSocket told = cloud.webSocket("told").stage("v1").create();
    told.onAuthorize(TokenFrom.subprotocol("access_token"), request -> Authorization.allow("somebody"));
    told.onMessage((c, text) -> told.sendMessage(c.id(), text));
  }
}
