package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.HttpAnswer;
import dev.pinion.spi.HttpBody;
import dev.pinion.spi.HttpEvent;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The requests of routes of an HTTP API, which API Gateway sends in payload format 2.0. Members that are redundant are
 * not read: {@code queryStringParameters} ({@code rawQueryString}), and {@code path} and {@code protocol} of {@code
 * http}. API Gateway omits {@code cookies}, {@code pathParameters}, {@code body} and others where there are none.
 *
 * <p>Source: API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs", and recorded events.
 */
final class HttpEvents implements FunctionEvents {
  private static final String FORMAT = "2.0";

  private final List<HttpRouteModel> routes;
  private final RecordCodec json;

  HttpEvents(List<HttpRouteModel> routes, RecordCodec json) {
    this.routes = List.copyOf(routes);
    this.json = json;
  }

  /** A request to the route. */
  private record HttpEventCall(HttpEvent event, HttpRouteModel route, RecordCodec json) implements Call {
    @Override
    public HandlerModel handler() {
      return route;
    }

    @Override
    public String about() {
      return " for request " + event.context().requestId();
    }

    @Override
    public Map<String, String> ids() {
      return Map.of("route", event.routeKey(), "requestId", event.context().requestId());
    }

    @Override
    public String handle(ItemLog log) throws Exception {
      return write(Dispatcher.dispatch(event, route, json), json);
    }
  }

  @Override
  public Call read(String text) {
    HttpEvent event;
    try {
      event = event(Members.of(text, json));
    } catch (MismatchException e) {
      throw new IllegalArgumentException("the input is not a request to an HTTP API, which this function handles: "
          + e.getMessage(), e);
    }
    for (HttpRouteModel route : routes) {
      if (route.key().equals(event.routeKey())) return new HttpEventCall(event, route, json);
    }
    throw new IllegalArgumentException(
        "a request of route '" + event.routeKey() + "' was sent to the function of handler '"
            + routes.stream().map(HttpRouteModel::path).collect(Collectors.joining("', '"))
            + "': the route's integration invokes the wrong function");
  }

  private static HttpEvent event(Members event) throws MismatchException {
    String version = event.text("version");
    if (!version.equals(FORMAT)) {
      throw new MismatchException(
          "version: payload format " + version + ", but the route's integration must have " + FORMAT);
    }
    Members request = event.object("requestContext");
    Members http = request.object("http");
    return new HttpEvent(
        event.text("routeKey"),
        http.text("method"),
        path(event.text("rawPath")),
        event.optionalText("rawQueryString").orElse(""),
        lowerCase(event.optionalObject("headers").texts()),
        event.optionalTexts("cookies"),
        event.optionalObject("pathParameters").texts(),
        body(event),
        new HttpEvent.Context(
            request.text("requestId"), request.number("timeEpoch"), http.text("sourceIp"),
            http.optionalText("userAgent").filter(agent -> !agent.isEmpty()), request.text("domainName"),
            authorizer(request.objectOrEmpty("authorizer"))));
  }

  /** The root of an API behind a domain's path, asked without a slash, has an empty path. */
  private static String path(String raw) {
    return raw.isEmpty() ? "/" : raw;
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>();
    headers.forEach((name, value) -> all.put(HttpEvent.lowerCase(name), value));
    return all;
  }

  private static HttpBody body(Members event) throws MismatchException {
    String body = event.optionalText("body").orElse("");
    if (!event.optionalBool("isBase64Encoded").orElse(false)) return HttpBody.of(body);
    try {
      return HttpBody.of(Base64.getDecoder().decode(body));
    } catch (IllegalArgumentException e) {
      throw new MismatchException("body: not Base64, although isBase64Encoded is true");
    }
  }

  /** Returns what an authorizer for JWTs, a function or IAM has returned. */
  private static Map<String, String> authorizer(Members authorizer) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Members each : List.of(
        authorizer.objectOrEmpty("jwt").objectOrEmpty("claims"), authorizer.objectOrEmpty("lambda"),
        authorizer.objectOrEmpty("iam"))) {
      each.all().forEach((name, value) -> {
        if (value != null) values.put(String.valueOf(name), String.valueOf(value));
      });
    }
    return values;
  }

  private static String write(HttpAnswer answer, RecordCodec json) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("statusCode", answer.statusCode());
    if (!answer.headers().isEmpty()) members.put("headers", answer.headers());
    if (!answer.cookies().isEmpty()) members.put("cookies", answer.cookies());
    HttpBody body = answer.body();
    if (body.length() > 0) {
      members.put("body", body.isText() ? body.text() : Base64.getEncoder().encodeToString(body.bytes()));
      members.put("isBase64Encoded", !body.isText());
    }
    return json.write(members);
  }

  @Override
  public void rehearse() {
    String event = """
        {"version":"2.0","routeKey":%s,"rawPath":"/","rawQueryString":"","headers":{"host":"h"},
         "requestContext":{"http":{"method":"POST","sourceIp":"1"},"requestId":"r","timeEpoch":1,"domainName":"d"},
         "body":"{}","isBase64Encoded":false}""".formatted(json.write(routes.getFirst().key()));
    var _ = read(event);
    var _ = write(new HttpAnswer(200, Map.of(), List.of(), HttpBody.of("{}")), json);
  }
}
