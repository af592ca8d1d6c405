package samples;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;

/** Looks at the context, and inherits the rest. */
public class Remaining extends BaseHandler<APIGatewayV2WebSocketEvent> {
  @Override
  protected String handle(APIGatewayV2WebSocketEvent event, Context context) {
    if (event.getBody() == null) throw new IllegalArgumentException("no body");
    boolean time = context.getRemainingTimeInMillis() > 0 && context.getRemainingTimeInMillis() <= 29_000;
    boolean names = !context.getAwsRequestId().isEmpty() && !context.getFunctionName().isEmpty()
        && context.getInvokedFunctionArn().startsWith("arn:aws:lambda:") && context.getMemoryLimitInMB() == 512;
    return "time " + time + ", names " + names;
  }
}
