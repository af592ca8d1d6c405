package samples;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import java.util.HashMap;
import java.util.Map;

/** A disconnect as samples have it: logs, and returns an object that only looks like an answer. */
public class LogsAndReturnsObject implements RequestHandler<APIGatewayV2WebSocketEvent, Object> {
  @Override
  public Object handleRequest(APIGatewayV2WebSocketEvent event, Context context) {
    LambdaLogger logger = context.getLogger();
    logger.log("disconnected " + event.getRequestContext().getConnectionId() + "\n");
    Map<String, Object> response = new HashMap<>();
    response.put("statusCode", 200);
    return response;
  }
}
