package dev.pinion.lambda;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.ConsumerModel;
import dev.pinion.spi.FunctionVariables;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.StartModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TickModel;
import dev.pinion.spi.WebSocketModel;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;

/** The app in one instance of a function, which runs one of its handlers. Any thread. */
final class Instance {
  private final HandlerModel handler;
  private final FunctionEvents events;
  private final AppLines lines;

  private Instance(HandlerModel handler, FunctionEvents events, AppLines lines) {
    this.handler = handler;
    this.events = events;
    this.lines = lines;
  }

  /**
   * Creates the app, runs its {@code define}, and binds it.
   *
   * @throws dev.pinion.DefinitionException if the definition has mistakes
   * @throws IllegalArgumentException if the app cannot be loaded, or does not declare the handler
   */
  static Instance start(Environment environment, LambdaPlatform platform, RecordCodec json) {
    Definition definition = Definition.ofCompiled(app(environment.app()));
    AppModel model = definition.model();
    for (ResourceModel resource : model.resources()) {
      for (HandlerModel handler : resource.handlers()) {
        if (handler.path().equals(environment.handler())) {
          definition.bind(platform);
          return new Instance(handler, events(handler, resource, json), AppLines.of(model));
        }
      }
    }
    throw otherVersion(environment);
  }

  private static FunctionEvents events(HandlerModel handler, ResourceModel resource, RecordCodec json) {
    // A switch over types would take milliseconds of a start.
    if (handler instanceof TickModel onTick) return new TickEvents(onTick, json);
    if (handler instanceof HttpRouteModel route) return new HttpEvents(route, json);
    if (handler instanceof StartModel onStart) return new TaskEvents(onStart, json);
    if (handler instanceof ChangeModel onChange) return new ChangeEvents(onChange, (TableModel) resource);
    if (handler instanceof ConsumerModel onMessage) return new QueueEvents(onMessage, (QueueModel) resource, json);
    if (handler instanceof AuthorizerModel authorizer) {
      return new AuthorizeEvents(authorizer, (WebSocketModel) resource, json);
    }
    return new RouteEvents((RouteModel) handler, (WebSocketModel) resource, json);
  }

  private static IllegalArgumentException otherVersion(Environment environment) {
    return new IllegalArgumentException(
        "app " + environment.app() + " declares no handler '" + environment.handler()
            + "': the function's code and its environment are from different versions; compile and deploy again");
  }

  private static App app(String name) {
    try {
      Constructor<? extends App> constructor =
          Class.forName(name, true, Thread.currentThread().getContextClassLoader())
              .asSubclass(App.class)
              .getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("the constructor of app " + name + " threw", e.getCause());
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          FunctionVariables.APP + " names " + name + ", which cannot be loaded as an app: " + e, e);
    }
  }

  /** The path of the handler. */
  String path() {
    return handler.path();
  }

  /** The time that an invocation has at most. */
  Duration timeout() {
    return handler.options().timeout();
  }

  /** Returns the app's line that caused a failure, or else the line that declares the handler. */
  String line(Throwable failure) {
    return lines.in(failure).orElseGet(() -> handler.location().toString());
  }

  /** The events of the function. */
  FunctionEvents events() {
    return events;
  }
}
