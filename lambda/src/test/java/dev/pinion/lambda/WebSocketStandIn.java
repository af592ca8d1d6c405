package dev.pinion.lambda;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.contract.AccessBackend;
import dev.pinion.gateway.Authorized;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.GatewayBuilder;
import dev.pinion.gateway.Integration;
import dev.pinion.gateway.RouteTable;
import dev.pinion.json.RecordCodec;
import dev.pinion.json.Router;
import dev.pinion.spi.AccessModel;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.WebSocketModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The functions of an app's WebSocket behind the gateway, to which events and answers go as JSON: what authorizers
 * return is read as API Gateway reads it. It checks no origin, as API Gateway checks none.
 */
final class WebSocketStandIn implements AccessBackend, Integration {
  private static final String METHOD_ARN = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/$connect";

  private final RecordCodec json = new RecordCodec();
  private final App app;
  private final WebSocketModel webSocket;
  private final Map<String, Function> functions = new ConcurrentHashMap<>();
  private final Gateway gateway;

  WebSocketStandIn(App app) {
    this.app = app;
    webSocket = Definition.of(app).model().webSockets().getFirst();
    Router router = new Router(RouteSelectionExpression.parse(webSocket.routeSelectionExpression()));
    GatewayBuilder builder = new GatewayBuilder(this)
        .routes(
            RouteTable.of(webSocket.routes().stream().map(RouteModel::key).toArray(String[]::new))
                .twoWay(
                    webSocket.routes().stream().filter(RouteModel::responds).map(RouteModel::key)
                        .toArray(String[]::new))
                .selectedBy(router::routeKey))
        .access(new AccessModel(List.of(), webSocket.access().iam(), webSocket.access().authorizer()));
    for (String origin : List.of(
        "https://app.example.com", "https://evil.example.com", "http://app.example.com",
        "https://app.example.com:8443", "https://app.example.com.evil", "null")) {
      builder.allowOrigin(origin);
    }
    gateway = builder.start();
  }

  @Override
  public String url() {
    return gateway.url();
  }

  @Override
  public void close() {
    gateway.close();
  }

  private Map<?, ?> invoke(String key, Map<String, Object> event) throws Exception {
    Function function = functions.computeIfAbsent(
        webSocket.id() + "/" + key,
        path -> new Function(Map.of("PINION_APP", app.getClass().getName(), "PINION_HANDLER", path)));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(json.write(event).getBytes(UTF_8)), answer, new Invocation());
    return (Map<?, ?>) json.read(answer.toString(UTF_8), Object.class);
  }

  @Override
  public Response invoke(Event event) throws Exception {
    Map<?, ?> answer = invoke(event.routeKey(), StandInEvents.of(event));
    Map<String, String> headers = new HashMap<>();
    if (answer.get("headers") instanceof Map<?, ?> own) {
      own.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
    }
    return new Response(
        Integer.parseInt(String.valueOf(answer.get("statusCode"))), headers,
        Optional.ofNullable(answer.get("body")).map(String::valueOf));
  }

  @Override
  public Authorized authorize(Event.Authorize event) throws Exception {
    Map<String, Object> question = new LinkedHashMap<>(StandInEvents.of(event.request()));
    question.put("type", "REQUEST");
    question.put("methodArn", METHOD_ARN);
    Map<?, ?> result;
    try {
      result = invoke(event.routeKey(), question);
    } catch (RuntimeException e) {
      if ("Unauthorized".equals(e.getMessage())) return new Authorized.Unknown();
      throw e;
    }
    return decided(result);
  }

  /** Anything but this form is a configuration error to API Gateway. */
  private Authorized decided(Map<?, ?> result) {
    String principal = String.valueOf(result.get("principalId"));
    Map<?, ?> policy = requireNonNull((Map<?, ?>) result.get("policyDocument"));
    List<?> statements = requireNonNull((List<?>) policy.get("Statement"));
    Map<?, ?> statement = (Map<?, ?>) statements.getFirst();
    boolean formed = !principal.isBlank() && "2012-10-17".equals(policy.get("Version")) && statements.size() == 1
        && "execute-api:Invoke".equals(statement.get("Action")) && METHOD_ARN.equals(statement.get("Resource"));
    if (!formed || json.write(result).getBytes(UTF_8).length > 8192) throw new IllegalArgumentException("malformed");
    if (!"Allow".equals(statement.get("Effect"))) return new Authorized.Denied();
    Map<String, String> context = new LinkedHashMap<>();
    requireNonNull((Map<?, ?>) result.get("context")).forEach((key, value) -> {
      if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
        throw new IllegalArgumentException("the value of " + key + " is an object or an array");
      }
      context.put(String.valueOf(key), String.valueOf(value));
    });
    context.put("principalId", principal);
    return new Authorized.Allowed(context);
  }
}
