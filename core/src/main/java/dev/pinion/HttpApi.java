package dev.pinion;

import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpAuthorizerModel;
import dev.pinion.spi.SourceLocation;
import java.util.Optional;

/**
 * An API Gateway HTTP API. Declared with {@link Cloud#httpApi}. The {@code on} methods declare a handler, and are
 * called in {@link App#define}. In handlers there is {@link #url}.
 *
 * <p>Of several routes that match a request, the most specific one handles it: one without a greedy variable before one
 * with it, a segment that is spelled out before a variable, a method before {@code ANY}, and {@code $default} last. If
 * none matches, also if only the method differs, API Gateway answers 404.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html">API Gateway:
 *     routes for HTTP APIs</a>
 */
public final class HttpApi {
  private final HttpRoutes routes;
  private final Binding binding;
  private HttpApiModel model;

  HttpApi(HttpApiModel declared, Binding binding) {
    this.model = declared;
    this.binding = binding;
    this.routes = new HttpRoutes(binding, declared.id());
  }

  /**
   * Declares the handler for the requests of a route.
   *
   * @param key a method or {@code ANY}, a space and a path, such as <code>GET /orders/{id}</code> or
   *     <code>ANY /files/{path+}</code>, or {@code $default}; at most 128 characters
   */
  public HandlerOptions on(String key, HttpCallHandler handler) {
    return routes.add(key, handler);
  }

  /**
   * Declares the handler for the requests of a route, whose body is converted from JSON, or is passed as it is to a
   * {@link String}. If a body does not fit the type, API Gateway's client gets 400, and the handler is not called.
   *
   * @param key as in {@link #on(String, HttpCallHandler)}
   * @param type a record, or any other type that messages support
   */
  public <T> HandlerOptions on(String key, Class<T> type, HttpBodyHandler<T> handler) {
    return routes.add(key, type, handler);
  }

  /**
   * Declares who may call the API's routes, all of them: requests with a token that the authorizer accepts, whose
   * claims are in {@link HttpCall#authorizer}. Others get 401, and no handler is called. For routes that everybody may
   * call, declare another API.
   */
  public void onAuthorize(HttpAuthorizer authorizer) {
    SourceLocation location = binding.declare("onAuthorize");
    model.authorizer().ifPresent(
        first -> binding.problem(location, this + " has two authorizers, the first at " + first.location()
            + ": remove one of them"));
    try {
      model = model.withAuthorizer(Optional.of(new HttpAuthorizerModel(authorizer, authorizer.rules(), location)));
    } catch (IllegalStateException e) {
      binding.problem(location, this + " cannot have API Gateway's JWT authorizer: " + e.getMessage());
    }
  }

  /**
   * Returns the URL that clients call, without a slash at its end, such as {@code http://localhost:8081}: for links,
   * and for services that call back. Called in handlers.
   */
  public String url() {
    return binding.platform(model.id() + ".url").httpUrl(model);
  }

  /** Ends the declaration of routes. */
  HttpApiModel freeze() {
    model = model.withRoutes(routes.freeze());
    return model;
  }

  HttpApiModel model() {
    return model;
  }

  @Override
  public String toString() {
    return "httpApi '" + model.id() + "'";
  }
}
