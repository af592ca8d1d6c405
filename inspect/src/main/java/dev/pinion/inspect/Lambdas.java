package dev.pinion.inspect;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@link LambdaMetafactory} in the classes of an app that is inspected: lambdas are the same, and are
 * remembered with their methods and captured values. Public only because the app's classes are linked to it.
 */
public final class Lambdas {
  private static final MethodHandle MAKE;

  static {
    try {
      MAKE = MethodHandles.lookup()
          .findStatic(
              Lambdas.class,
              "make",
              MethodType.methodType(Object.class, Lookup.class, Made.class, MethodHandle.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("make", e);
    }
  }

  private Lambdas() {}

  /** What all lambdas of one place in the code have in common. */
  private record Made(Member implementation, String method, Class<?> type) {}

  /** As {@link LambdaMetafactory#metafactory}. */
  public static CallSite metafactory(
      Lookup caller,
      String method,
      MethodType factory,
      MethodType interfaceMethod,
      MethodHandle implementation,
      MethodType dynamicMethod)
      throws LambdaConversionException {
    MethodHandle target = LambdaMetafactory
        .metafactory(caller, method, factory, interfaceMethod, implementation, dynamicMethod)
        .dynamicInvoker();
    return remembering(caller, method, factory, implementation, target);
  }

  /** As {@link LambdaMetafactory#altMetafactory}. */
  public static CallSite altMetafactory(Lookup caller, String method, MethodType factory, Object... arguments)
      throws LambdaConversionException {
    MethodHandle target = LambdaMetafactory.altMetafactory(caller, method, factory, arguments).dynamicInvoker();
    return remembering(caller, method, factory, (MethodHandle) arguments[1], target);
  }

  /** Called when a class of the app begins to be initialized. */
  public static void initializing(Class<?> type) {
    if (type.getClassLoader() instanceof InspectLoader loader) loader.initializing(type);
  }

  private static CallSite remembering(
      Lookup caller, String method, MethodType factory, MethodHandle implementation, MethodHandle target) {
    Made made = new Made(Member.of(caller.revealDirect(implementation)), method, factory.returnType());
    MethodHandle make = MethodHandles.insertArguments(MAKE, 0, caller, made, target)
        .asCollector(Object[].class, factory.parameterCount())
        .asType(factory);
    return new ConstantCallSite(make);
  }

  @SuppressWarnings("UnusedMethod") // by its name
  private static Object make(Lookup caller, Made made, MethodHandle target, @Nullable Object[] captured)
      throws Throwable {
    if (!(caller.lookupClass().getClassLoader() instanceof InspectLoader loader)) {
      throw new IllegalStateException(caller + " is not inspected");
    }
    Lambda known = new Lambda(made.implementation, made.method, made.type, Arrays.asList(captured));
    return loader.remember(target.invokeWithArguments(captured), known);
  }

  /** A lambda that an app has made. */
  record Lambda(Member implementation, String method, Class<?> type, List<@Nullable Object> captured) {}
}
