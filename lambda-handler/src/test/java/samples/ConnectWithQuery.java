package samples;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.util.Map;

/** Accepts clients that tell who they are in the query, and rejects all others by the status. */
public class ConnectWithQuery
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {
  @Override
  public APIGatewayV2WebSocketResponse handleRequest(APIGatewayV2WebSocketEvent event, Context context) {
    Map<String, String> query = event.getQueryStringParameters();
    String user = query == null ? null : query.get("user");
    context.getLogger().log("connect of " + user + "\n");
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(user == null || user.isBlank() ? 403 : 200);
    response.setBody("checked");
    return response;
  }
}
