package dev.pinion.sim;

import dev.pinion.dynamodb.DynamoDbEndpoint;
import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.HttpResponse;
import dev.pinion.gateway.HttpEndpoint;
import java.io.IOException;
import java.util.Optional;

/**
 * What a gateway's port answers beside the WebSocket: the page of the present program, and DynamoDB's protocol.
 *
 * @param webSocketId the id of the gateway's WebSocket
 */
record AppEndpoint(String webSocketId, Programs programs, DynamoDbEndpoint dynamoDb) implements HttpEndpoint {
  @Override
  public int bodyBytes(HttpRequest head, int usual) {
    return DynamoDbEndpoint.isFor(head) ? DynamoDbEndpoint.BODY_BYTES : usual;
  }

  @Override
  public Optional<HttpResponse> answer(HttpRequest request) throws IOException, InterruptedException {
    Optional<HttpResponse> answer = dynamoDb.answer(request);
    return answer.isPresent() ? answer : programs.current().page().answer(webSocketId, programs, request);
  }
}
