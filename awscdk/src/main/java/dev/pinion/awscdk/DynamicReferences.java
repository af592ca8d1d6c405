package dev.pinion.awscdk;

import dev.pinion.aws.PlanException;
import dev.pinion.spi.AccessModel;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.WebSocketModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Refuses text that CloudFormation or the CDK would replace by something else. Neither has a way to escape it.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html">Dynamic
 *     references</a>
 */
final class DynamicReferences {
  /** The beginnings of CloudFormation's dynamic references, and of the CDK's tokens in texts. */
  private static final List<String> BEGINNINGS = List.of("{{resolve:", "${Token[", "#{Token[");

  private DynamicReferences() {}

  /** Returns the beginning of a reference in a text; empty if there is none. */
  static Optional<String> in(String text) {
    return BEGINNINGS.stream().filter(text::contains).findFirst();
  }

  /**
   * Checks all text of an app.
   *
   * @throws PlanException if there is a reference in an id, a name, a key, a route or an ARN
   */
  static void check(AppModel app) {
    List<String> problems = new ArrayList<>();
    for (ResourceModel resource : app.resources()) {
      if (resource instanceof WebSocketModel webSocket) {
        // Records print all their components, so nothing that is added to one is forgotten here.
        problem(webSocket.withRoutes(List.of()).withAccess(AccessModel.OPEN), "webSocket '" + webSocket.id() + "'",
            webSocket.location())
            .forEach(problems::add);
        for (HandlerModel handler : webSocket.handlers()) {
          problem(List.of(told(handler), handler.options()), "handler '" + handler.path() + "'", handler.location())
              .forEach(problems::add);
        }
      } else {
        problem(resource, "resource '" + resource.id() + "'", resource.location()).forEach(problems::add);
      }
    }
    if (!problems.isEmpty()) throw new PlanException(problems);
  }

  private static Object told(HandlerModel handler) {
    return switch (handler) {
      case AuthorizerModel authorizer -> authorizer.tokens();
      case RouteModel route -> route.key();
      default -> handler.path();
    };
  }

  private static Stream<String> problem(Object declared, String name, SourceLocation location) {
    return in(declared.toString()).stream()
        .map(beginning -> location + ": " + name + " contains " + beginning
            + ", which CloudFormation and the CDK replace by another value: use another text, or the target tf-aws");
  }
}
