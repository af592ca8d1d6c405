package dev.pinion.benchmarks;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs a function once: creates its handler, passes it an event, and prints its answer and the live bytes. In between,
 * it can behave as if it were frozen in a snapshot: it prepares for that, prints a line, and goes on once it is sent
 * one.
 */
public final class Launcher implements Context, LambdaLogger {
  private Launcher() {}

  /** A handler that prepares for a snapshot without the interfaces of CRaC. */
  interface Primed {
    void prime(String event) throws IOException;
  }

  /** Arguments: the handler's class, the file with the event, and {@code snapshot} for one in between. */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    RequestStreamHandler handler =
        Class.forName(arguments[0]).asSubclass(RequestStreamHandler.class).getConstructor().newInstance();
    if (arguments.length > 2) {
      if (handler instanceof Primed primed) {
        primed.prime(Files.readString(Path.of(arguments[1])));
      } else {
        hook(handler, "beforeCheckpoint");
      }
      System.out.println("ready for a snapshot");
      var _ = System.in.read();
      if (!(handler instanceof Primed)) {
        hook(handler, "afterRestore");
      }
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (InputStream event = Files.newInputStream(Path.of(arguments[1]))) {
      handler.handleRequest(event, answer, new Launcher());
    }
    System.out.println(answer.toString(StandardCharsets.UTF_8));
    try {
      System.gc();
      System.out.println(live());
    } finally {
      Reference.reachabilityFence(handler);
    }
  }

  /**
   * The bytes that the last garbage collection left. What the JVM counts as used would be more, by the room that each
   * thread has reserved for new objects since then: 2 MB for the first thread.
   */
  private static long live() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }

  /** Calls a method of Pinion's hook for CRaC, as Lambda's runtime client does. */
  private static void hook(Object handler, String method) throws ReflectiveOperationException {
    Field field = handler.getClass().getDeclaredField("snapshot");
    field.setAccessible(true);
    Object hook = field.get(handler);
    Method call = hook.getClass().getMethod(method, Class.forName("org.crac.Context"));
    call.setAccessible(true);
    call.invoke(hook, (Object) null);
  }

  @Override
  public void log(String message) {
    System.err.print(message);
  }

  @Override
  public void log(byte[] message) {
    log(new String(message, StandardCharsets.UTF_8));
  }

  @Override
  public LambdaLogger getLogger() {
    return this;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return 29_000;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }

  @Override
  public String getAwsRequestId() {
    return "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
  }

  @Override
  public String getFunctionName() {
    return "chat";
  }

  @Override
  public String getFunctionVersion() {
    return "1";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:eu-west-1:111122223333:function:chat:live";
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/chat";
  }

  @Override
  public String getLogStreamName() {
    return "1";
  }

  @Override
  public CognitoIdentity getIdentity() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ClientContext getClientContext() {
    throw new UnsupportedOperationException();
  }
}
