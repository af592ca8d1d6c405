package dev.pinion.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The handler that the chat's function is compared with. It creates the same two clients of the AWS SDK, with explicit
 * settings, as AWS recommends, and answers.
 */
public class TwoClients implements RequestStreamHandler {
  final DynamoDbClient dynamoDb;
  final ApiGatewayManagementApiClient management;

  public TwoClients() {
    SdkHttpClient http = UrlConnectionHttpClient.create();
    EnvironmentVariableCredentialsProvider credentials = EnvironmentVariableCredentialsProvider.create();
    URI endpoint = URI.create(System.getenv("AWS_ENDPOINT_URL_DYNAMODB"));
    dynamoDb = DynamoDbClient.builder()
        .region(Region.EU_WEST_1)
        .credentialsProvider(credentials)
        .httpClient(http)
        .endpointOverride(endpoint)
        .build();
    management = ApiGatewayManagementApiClient.builder()
        .region(Region.EU_WEST_1)
        .credentialsProvider(credentials)
        .httpClient(http)
        .endpointOverride(endpoint.resolve("/prod"))
        .build();
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
    handle(new String(event.readAllBytes(), UTF_8));
    answer.write("{\"statusCode\":200}".getBytes(UTF_8));
  }

  void handle(String event) {}

  /** The same handler, which also puts the row that the chat's connect handler puts. */
  public static final class AndAPut extends TwoClients implements Launcher.Primed {
    private static final Pattern ID = Pattern.compile("\"connectionId\": *\"([^\"]+)\"");

    /** Puts the row once, so that what the put needs is in the snapshot, as AWS recommends. */
    @Override
    public void prime(String event) {
      handle(event);
    }

    @Override
    void handle(String event) {
      Matcher id = ID.matcher(event);
      if (!id.find()) {
        throw new IllegalArgumentException("the event has no connection id");
      }
      var _ = dynamoDb.putItem(
          put -> put.tableName("connections").item(Map.of("connectionId", AttributeValue.fromS(id.group(1)))));
    }
  }
}
