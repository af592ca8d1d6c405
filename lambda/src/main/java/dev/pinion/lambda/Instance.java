package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.Context;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The app in one instance of a function, which runs one or several of its handlers. Any thread. */
final class Instance {
  private final Environment environment;
  /** By the id of their resource. */
  private final Map<String, FunctionEvents> events;
  private final HandlerModel first;
  private final AppLines lines;

  private Instance(
      Environment environment, Map<String, FunctionEvents> events, HandlerModel first, AppLines lines) {
    this.environment = environment;
    this.events = events;
    this.first = first;
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
    Map<String, FunctionEvents> events = new LinkedHashMap<>();
    HandlerModel first = null;
    for (ResourceModel resource : model.resources()) {
      List<HandlerModel> handlers = new ArrayList<>();
      for (HandlerModel handler : resource.handlers()) {
        if (environment.runs(handler)) handlers.add(handler);
      }
      if (handlers.isEmpty()) continue;
      events.put(resource.id(), events(handlers, resource, json));
      if (first == null) first = handlers.getFirst();
    }
    if (first == null) throw otherVersion(environment);
    definition.bind(platform);
    return new Instance(environment, events, first, AppLines.of(model));
  }

  private static FunctionEvents events(List<HandlerModel> handlers, ResourceModel resource, RecordCodec json) {
    HandlerModel handler = handlers.getFirst();
    // A switch over types would take milliseconds of a start.
    if (handler instanceof TickModel onTick) return new TickEvents(onTick, json);
    if (handler instanceof HttpRouteModel) return new HttpEvents(all(handlers, HttpRouteModel.class), json);
    if (handler instanceof StartModel onStart) return new TaskEvents(onStart, json);
    if (handler instanceof ChangeModel onChange) return new ChangeEvents(onChange, (TableModel) resource);
    if (handler instanceof ConsumerModel onMessage) return new QueueEvents(onMessage, (QueueModel) resource, json);
    if (handler instanceof AuthorizerModel authorizer) {
      return new AuthorizeEvents(authorizer, (WebSocketModel) resource, json);
    }
    return new RouteEvents(all(handlers, RouteModel.class), (WebSocketModel) resource, json);
  }

  private static <T extends HandlerModel> List<T> all(List<HandlerModel> handlers, Class<T> type) {
    List<T> all = new ArrayList<>();
    for (HandlerModel each : handlers) {
      all.add(type.cast(each));
    }
    return all;
  }

  private static IllegalArgumentException otherVersion(Environment environment) {
    return new IllegalArgumentException(
        "app " + environment.app() + " declares no " + environment.name()
            + ": the function's code and its environment are from different versions; compile and deploy again");
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

  /** What a message calls the function before it knows the handler. */
  String name() {
    return environment.function().isEmpty() ? "handler " + first.path() : "function " + environment.function();
  }

  /** The time that an invocation has at most. */
  Duration timeout() {
    return first.options().timeout();
  }

  /** Returns the app's line that caused a failure, or else the line that declares the handler. */
  String line(Throwable failure, @Nullable HandlerModel handler) {
    return lines.in(failure).orElseGet(() -> (handler == null ? first : handler).location().toString());
  }

  /**
   * Reads an event.
   *
   * @param context of the invocation: the ARN by which the function was invoked has an alias, which is of one resource
   * @throws IllegalArgumentException if the text is not an event of a handler of the function
   */
  FunctionEvents.Call read(String text, Context context) {
    return events(context.getInvokedFunctionArn()).read(text, context);
  }

  private FunctionEvents events(String invoked) {
    FunctionEvents found = null;
    if (events.size() == 1) {
      found = events.values().iterator().next();
    } else {
      String alias = invoked.substring(invoked.lastIndexOf(':') + 1);
      String resource = environment.aliases().get(alias);
      if (resource != null) found = events.get(resource);
    }
    if (found == null) {
      throw new IllegalArgumentException(
          environment.name() + " was invoked as " + invoked + ", which does not show of which resource the event is:"
              + " invoke one of its aliases " + String.join(", ", environment.aliases().keySet()));
    }
    return found;
  }

  /** Reads sample events and writes answers, without calling a handler. */
  void rehearse() {
    events.values().forEach(FunctionEvents::rehearse);
  }
}
