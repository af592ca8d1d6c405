package dev.pinion.lambdahandler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.pinion.spi.Event;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A class that was written for Lambda, and its instance once there was an event. Any thread. */
final class HandlerClass {
  private final Class<?> type;
  private @Nullable RequestStreamHandler instance;

  private HandlerClass(Class<?> type) {
    this.type = type;
  }

  static HandlerClass of(Class<?> type) {
    boolean handles = RequestStreamHandler.class.isAssignableFrom(type)
        || com.amazonaws.services.lambda.runtime.RequestHandler.class.isAssignableFrom(type);
    if (!handles) {
      throw new IllegalArgumentException(
          type.getName() + " implements neither RequestHandler nor RequestStreamHandler of Lambda");
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      throw new IllegalArgumentException(type.getName() + " is abstract: pass a class that can be instantiated");
    }
    try {
      var _ = type.getDeclaredConstructor();
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          type.getName() + " has no constructor without parameters, by which Lambda would create it", e);
    }
    return new HandlerClass(type);
  }

  Class<?> type() {
    return type;
  }

  /** Handles an event of this machine's gateway. */
  Response handle(Event event, RouteModel route, JsonCodec json) throws Exception {
    return LambdaAnswer.read(handle(LocalEvent.of(event, json), new LocalContext(route)), event, json);
  }

  /** Handles an event as text, and returns the answer. */
  String handle(String event, Context context) throws Exception {
    InputStream in = new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    instance().handleRequest(in, out, context);
    return out.toString(StandardCharsets.UTF_8);
  }

  private synchronized RequestStreamHandler instance() throws Exception {
    if (instance == null) instance = create();
    return instance;
  }

  private RequestStreamHandler create() throws Exception {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Object made = constructor.newInstance();
      return made instanceof RequestStreamHandler streams ? streams
          : new PojoHandler((com.amazonaws.services.lambda.runtime.RequestHandler<?, ?>) made);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception thrown) throw thrown;
      if (e.getCause() instanceof Error thrown) throw thrown;
      throw e;
    }
  }

  @Override
  public String toString() {
    return type.getName();
  }
}
