package samples;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** One class for all routes, which looks at the key, and keeps state for as long as its instance lives. */
public class SwitchOnRoute implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {
  private final AtomicInteger calls = new AtomicInteger();

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(APIGatewayV2WebSocketEvent event, Context context) {
    int call = calls.incrementAndGet();
    return switch (event.getRequestContext().getRouteKey()) {
      case "$connect", "$disconnect" -> response(200, "");
      case "count" -> response(200, "call " + call);
      default -> response(200, "default: " + event.getBody());
    };
  }

  private static APIGatewayV2WebSocketResponse response(int status, String body) {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(status);
    response.setBody(body);
    return response;
  }
}
