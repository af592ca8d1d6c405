package dev.pinion;

import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpApiModel.Cors;
import dev.pinion.spi.SourceLocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Declares the options of an HTTP API. {@link #create} ends the declaration.
 *
 * <p>The options of CORS are for pages of other origins. With {@link #allowOrigins}, API Gateway adds the headers of
 * CORS to replies, in place of the handlers' own, and answers preflight requests that no route matches.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html">API Gateway: CORS for
 *     HTTP APIs</a>
 */
public final class HttpApiBuilder {
  private static final Set<String> METHODS =
      Set.of("*", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "DELETE");
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Cloud cloud;
  private final String id;
  private final SourceLocation location;
  private final Set<String> called = new HashSet<>();
  private String name;
  private List<String> origins = List.of();
  private List<String> methods = List.of();
  private List<String> headers = List.of();
  private List<String> exposed = List.of();
  private Optional<Duration> maxAge = Optional.empty();
  private boolean credentials;

  HttpApiBuilder(Cloud cloud, String id, SourceLocation location) {
    this.cloud = cloud;
    this.id = id;
    this.name = id;
    this.location = location;
  }

  /** Sets the name of the API in API Gateway, 1 to 128 characters (default: its id). */
  public HttpApiBuilder name(String apiName) {
    if (apiName.isBlank() || apiName.length() > 128) {
      problem("has the name '" + apiName + "': use 1 to 128 characters");
    }
    name = apiName;
    return this;
  }

  /**
   * Sets the origins whose pages may use the API: {@code https://example.com}, {@code https://*} for all with that
   * scheme, or {@code *} for all.
   */
  public HttpApiBuilder allowOrigins(String... all) {
    origins = values("allowOrigins", all, "origin", HttpApiBuilder::isOrigin,
        "use scheme and host in lower case, such as https://example.com or http://localhost:5173, https://*, or *");
    return this;
  }

  /** Sets the methods that those pages may use, in capitals, or {@code *} (default: what needs no preflight). */
  public HttpApiBuilder allowMethods(String... all) {
    methods = values("allowMethods", all, "method", METHODS::contains,
        "use *, GET, HEAD, OPTIONS, PATCH, POST, PUT or DELETE");
    return this;
  }

  /** Sets the headers that those pages may send, or {@code *} for all (default: what needs no preflight). */
  public HttpApiBuilder allowHeaders(String... all) {
    headers = values("allowHeaders", all, "header", HttpApiBuilder::isToken, "use a header's name, or *");
    return this;
  }

  /** Sets the headers of replies that those pages may read, or {@code *} for all (default: what needs no option). */
  public HttpApiBuilder exposeHeaders(String... all) {
    exposed = values("exposeHeaders", all, "header", HttpApiBuilder::isToken, "use a header's name, or *");
    return this;
  }

  /** Sets how long browsers keep the answer to a preflight request: whole seconds, up to a day. */
  public HttpApiBuilder maxAge(Duration time) {
    once("maxAge");
    if (time.isNegative() || time.compareTo(LONGEST) > 0 || !time.equals(Duration.ofSeconds(time.toSeconds()))) {
      problem("has a maxAge of " + time + ": use whole seconds, 0 to 86400");
    }
    maxAge = Optional.of(time);
    return this;
  }

  /** Lets those pages send cookies and credentials, whose origins have to be named then. */
  public HttpApiBuilder allowCredentials() {
    once("allowCredentials");
    credentials = true;
    return this;
  }

  /** Ends the declaration. The handlers are declared on the returned object. */
  public HttpApi create() {
    cloud.binding().declare("httpApi(\"" + id + "\").create()");
    if (!called.isEmpty() && !called.contains("allowOrigins")) {
      problem("has options of CORS, but no origin that they are for: add allowOrigins(\"https://example.com\")");
    }
    if (credentials && origins.contains("*")) {
      problem("has allowCredentials for all origins, which neither AWS nor browsers accept: name them in allowOrigins");
    }
    Optional<Cors> cors = origins.isEmpty() ? Optional.empty()
        : Optional.of(new Cors(origins, methods, headers, exposed, maxAge, credentials));
    HttpApi api = new HttpApi(new HttpApiModel(id, name, cors, List.of(), location), cloud.binding());
    cloud.create("httpApi '" + id + "'", location, api::freeze);
    return api;
  }

  private List<String> values(String option, String[] all, String what, Predicate<String> valid, String use) {
    once(option);
    if (all.length == 0) problem("has " + option + " without a value: name at least one " + what + ", or leave it out");
    List<String> values = new ArrayList<>();
    for (String each : all) {
      if (!valid.test(each)) problem("has " + option + " with '" + each + "', which is not valid: " + use);
      if (values.stream().anyMatch(each::equalsIgnoreCase)) {
        problem("has " + option + " with '" + each + "' twice: remove one of them");
      }
      values.add(each);
    }
    return values;
  }

  private void once(String option) {
    if (!called.add(option)) problem("has " + option + " twice: write all that it allows in one call");
  }

  private static boolean isOrigin(String text) {
    return text.equals("*") || text.matches("https?://\\*|[a-z][a-z0-9+.-]*://[a-z0-9.\\[\\]:_-]+");
  }

  private static boolean isToken(String text) {
    return text.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  }

  private void problem(String message) {
    cloud.binding().problem(Callers.location(), "httpApi '" + id + "' " + message);
  }
}
