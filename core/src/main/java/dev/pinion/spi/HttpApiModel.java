package dev.pinion.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An API Gateway HTTP API of an app. Its stage is {@code $default}.
 *
 * @param id the id given by the app, unique among the app's resources
 * @param name the API's name
 * @param cors what pages of other origins may do; empty if API Gateway does nothing about CORS
 * @param authorizer decides who may call its routes; empty if everybody may
 * @param routes its routes, no two of which match the same requests, in the order of declaration
 * @param location where it is declared
 */
public record HttpApiModel(
    String id, String name, Optional<Cors> cors, Optional<HttpAuthorizerModel> authorizer, List<HttpRouteModel> routes,
    SourceLocation location)
    implements ResourceModel {
  public HttpApiModel {
    routes = List.copyOf(routes);
  }

  /** An API that everybody may call. */
  public HttpApiModel(
      String id, String name, Optional<Cors> cors, List<HttpRouteModel> routes, SourceLocation location) {
    this(id, name, cors, Optional.empty(), routes, location);
  }

  /**
   * What pages of other origins may do.
   *
   * @param origins their origins; {@code *} for all, {@code https://*} for all with a scheme
   * @param methods the methods that they may use
   * @param headers the headers that they may send
   * @param exposed the headers of replies that they may read
   * @param maxAge how long browsers keep the answer to a preflight request
   * @param credentials whether they may send cookies and credentials
   */
  public record Cors(
      List<String> origins, List<String> methods, List<String> headers, List<String> exposed,
      Optional<Duration> maxAge, boolean credentials) {
    public Cors {
      origins = List.copyOf(origins);
      methods = List.copyOf(methods);
      headers = List.copyOf(headers);
      exposed = List.copyOf(exposed);
    }

    /** Returns whether pages of an origin, as browsers write it, may use the API. */
    public boolean allows(String origin) {
      return origins.stream().anyMatch(
          each -> each.equals("*") || each.equalsIgnoreCase(origin)
              || (each.endsWith("://*") && origin.regionMatches(true, 0, each, 0, each.length() - 1)));
    }
  }

  @Override
  public List<HttpRouteModel> handlers() {
    return routes;
  }

  /** Returns a copy with other routes. */
  public HttpApiModel withRoutes(List<HttpRouteModel> other) {
    return new HttpApiModel(id, name, cors, authorizer, other, location);
  }

  /** Returns a copy with another authorizer. */
  public HttpApiModel withAuthorizer(Optional<HttpAuthorizerModel> other) {
    return new HttpApiModel(id, name, cors, other, routes, location);
  }

  /** Returns the route with a key. */
  public Optional<HttpRouteModel> route(String key) {
    return routes.stream().filter(route -> route.key().equals(key)).findFirst();
  }
}
