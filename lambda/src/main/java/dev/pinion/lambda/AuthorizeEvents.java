package dev.pinion.lambda;

import dev.pinion.Authorization;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AccessModel;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.AuthorizerResult;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.WebSocketModel;
import java.util.Map;

/**
 * The events of a WebSocket's REQUEST authorizer, which API Gateway sends before those of {@code $connect}: their
 * members, and the ARN that the policy must cover. The origin is checked here, as API Gateway checks none.
 *
 * <p>Source: API Gateway developer guide, "Control access to WebSocket APIs with AWS Lambda REQUEST authorizers".
 */
final class AuthorizeEvents implements FunctionEvents {
  private final AuthorizerModel authorizer;
  private final AccessModel access;
  private final RecordCodec json;

  AuthorizeEvents(AuthorizerModel authorizer, WebSocketModel webSocket, RecordCodec json) {
    this.authorizer = authorizer;
    this.access = webSocket.access();
    this.json = json;
  }

  /** A question of API Gateway. */
  private record AuthorizeCall(
      Event.Connect event, String methodArn, AuthorizerModel authorizer, AccessModel access, RecordCodec json)
      implements Call {
    @Override
    public HandlerModel handler() {
      return authorizer;
    }

    @Override
    public Map<String, String> ids() {
      return Map.of(
          "route", event.routeKey(), "connectionId", event.connection().connectionId(), "requestId", event.requestId());
    }

    @Override
    public String about() {
      return " for connection " + event.connection().connectionId();
    }

    @Override
    public String handle(ItemLog log) throws Exception {
      if (!access.allowsOrigin(event.headers())) return AuthorizerResult.write(Authorization.deny(), methodArn, json);
      Authorization decided = Dispatcher.dispatch(event, authorizer, json);
      if (decided instanceof Authorization.Unauthorized) throw new UnauthorizedException();
      return AuthorizerResult.write(decided, methodArn, json);
    }
  }

  @Override
  public Call read(String text) {
    try {
      String methodArn = Members.of(text, json).text("methodArn");
      if (ProxyEvent.read(text, json) instanceof Event.Connect connect) {
        return new AuthorizeCall(connect, methodArn, authorizer, access, json);
      }
      throw new MismatchException("requestContext.eventType: not CONNECT");
    } catch (MismatchException e) {
      throw new IllegalArgumentException(
          "the input is not an event of a REQUEST authorizer, which this function is: " + e.getMessage(), e);
    }
  }

  @Override
  public void rehearse() {
    String event = """
        {"type":"REQUEST","methodArn":"a","multiValueHeaders":{"Host":["h"]},
         "requestContext":{"routeKey":"$connect","eventType":"CONNECT","requestId":"r","requestTimeEpoch":1,
         "stage":"s","domainName":"d","apiId":"a","connectionId":"c","connectedAt":1,"identity":{"sourceIp":"1"}}}""";
    var _ = read(event);
    var _ = AuthorizerResult.write(Authorization.allow("p", Map.of("k", "v")), "a", json);
    authorizer.handler().rehearse();
  }
}
