package samples;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;

/** What handlers of a project have in common: failures become answers. */
public abstract class BaseHandler<T extends APIGatewayV2WebSocketEvent>
    implements RequestHandler<T, APIGatewayV2WebSocketResponse> {
  @Override
  public APIGatewayV2WebSocketResponse handleRequest(T event, Context context) {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    try {
      response.setBody(handle(event, context));
      response.setStatusCode(200);
    } catch (IllegalArgumentException e) {
      response.setStatusCode(400);
      response.setBody(e.getMessage());
    }
    return response;
  }

  protected abstract String handle(T event, Context context);
}
