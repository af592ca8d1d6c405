package samples;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** Takes and returns maps. */
public class MapInMapOut implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    Map<?, ?> request = (Map<?, ?>) event.get("requestContext");
    return Map.of("statusCode", 200, "body", request.get("eventType") + ": " + event.get("body"));
  }
}
