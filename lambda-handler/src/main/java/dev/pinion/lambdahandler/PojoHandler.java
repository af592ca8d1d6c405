package dev.pinion.lambdahandler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls a {@code RequestHandler} with an object of its type, which is read and written as Lambda's runtime does. */
final class PojoHandler implements RequestStreamHandler {
  private final RequestHandler<Object, Object> handler;
  private final PojoSerializer<Object> input;
  private final PojoSerializer<Object> output;

  @SuppressWarnings("unchecked") // the serializers are those of the handler's own types
  PojoHandler(RequestHandler<?, ?> handler) {
    this.handler = (RequestHandler<Object, Object>) handler;
    Type[] types = new Type[] {Object.class, Object.class};
    find(handler.getClass(), Map.of(), types);
    input = serializer(types[0], handler.getClass().getClassLoader());
    output = serializer(types[1], handler.getClass().getClassLoader());
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context) {
    Object result = handler.handleRequest(input.fromJson(event), context);
    output.toJson(result, answer);
  }

  @SuppressWarnings("unchecked") // one serializer of AWS's for each type
  private static PojoSerializer<Object> serializer(Type type, @Nullable ClassLoader loader) {
    if (type instanceof Class<?> known && LambdaEventSerializers.isLambdaSupportedEvent(known.getName())) {
      return LambdaEventSerializers.serializerFor((Class<Object>) known, loader);
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }

  /** Finds the arguments of {@code RequestHandler} among the supertypes of a class. */
  private static boolean find(Type type, Map<TypeVariable<?>, Type> known, Type[] found) {
    Map<TypeVariable<?>, Type> arguments = new HashMap<>();
    Class<?> raw;
    if (type instanceof ParameterizedType generic) {
      raw = (Class<?>) generic.getRawType();
      for (int i = 0; i < raw.getTypeParameters().length; i++) {
        Type argument = generic.getActualTypeArguments()[i];
        arguments.put(raw.getTypeParameters()[i], known.getOrDefault(argument, argument));
      }
    } else {
      raw = (Class<?>) type;
    }
    if (raw == RequestHandler.class) {
      for (int i = 0; i < found.length; i++) {
        Type argument = arguments.get(raw.getTypeParameters()[i]);
        if (argument != null && !(argument instanceof TypeVariable<?>)) found[i] = argument;
      }
      return true;
    }
    for (Type each : raw.getGenericInterfaces()) {
      if (find(each, arguments, found)) return true;
    }
    return raw.getGenericSuperclass() != null && find(raw.getGenericSuperclass(), arguments, found);
  }
}
