package dev.pinion.aws;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What API Gateway logs of an API, if the deployment says so. */
public final class ApiLogs {
  private static final List<String> BOTH = List.of(
      "requestId", "requestTime", "ip=identity.sourceIp", "userAgent=identity.userAgent", "routeKey", "stage", "status",
      "error=error.message", "errorType=error.responseType", "integrationError=integration.error",
      "integrationStatus=integration.integrationStatus", "functionStatus=integration.status",
      "functionRequestId=integration.requestId", "integrationLatency=integration.latency",
      "authorizerError=authorizer.error", "apiId", "domainName", "extendedRequestId");
  private static final List<String> OF_WEB_SOCKETS =
      List.of("connectionId", "eventType", "connectedAt", "messageId", "authorizerStatus=authorizer.status",
          "authorizerLatency=authorizer.latency");
  /** API Gateway refuses the format of an HTTP API with a field that only WebSockets have. */
  private static final List<String> OF_HTTP =
      List.of("method=httpMethod", "path", "protocol", "responseLength", "responseLatency");

  /** The format of a WebSocket's access logs: one line of JSON for each connection, message and disconnection. */
  public static final String WEB_SOCKET = format(OF_WEB_SOCKETS);

  /** The format of an HTTP API's access logs: one line of JSON for each request. */
  public static final String HTTP = format(OF_HTTP);

  /** The levels of execution logs. */
  public static final List<String> LEVELS = List.of("OFF", "ERROR", "INFO");

  /** The role that API Gateway needs in the account, and what it is allowed. */
  public static final String ACCOUNT_POLICY = "service-role/AmazonAPIGatewayPushToCloudWatchLogs";

  private ApiLogs() {}

  private static String format(List<String> fields) {
    return Stream.concat(BOTH.stream(), fields.stream())
        .map(field -> field.split("=", -1))
        .map(parts -> "\"" + parts[0] + "\":\"$context." + parts[parts.length - 1] + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
