package samples;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;

/** Answers with members of the request's context. */
public class Whoami implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {
  @Override
  public APIGatewayV2WebSocketResponse handleRequest(APIGatewayV2WebSocketEvent event, Context context) {
    APIGatewayV2WebSocketEvent.RequestContext request = event.getRequestContext();
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(200);
    response.setBody(
        request.getConnectionId() + " " + request.getRouteKey() + " " + request.getEventType() + " "
            + request.getMessageDirection() + " " + request.getStage() + " " + (request.getConnectedAt() > 0) + " "
            + request.getIdentity().getSourceIp().isEmpty() + " " + event.isIsBase64Encoded());
    return response;
  }
}
