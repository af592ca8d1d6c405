package dev.pinion.inspect;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
  private record Made(Member implementation, String method, List<Class<?>> interfaces, Set<String> descriptors) {}

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
    Shape shape = new Shape(List.of(factory.returnType()), Set.of(interfaceMethod.descriptorString()));
    return remembering(caller, method, factory, shape, implementation, target);
  }

  /** As {@link LambdaMetafactory#altMetafactory}. */
  public static CallSite altMetafactory(Lookup caller, String method, MethodType factory, Object... arguments)
      throws LambdaConversionException {
    MethodHandle target = LambdaMetafactory.altMetafactory(caller, method, factory, arguments).dynamicInvoker();
    Shape shape = Shape.of(factory.returnType(), Arrays.asList(arguments));
    return remembering(caller, method, factory, shape, (MethodHandle) arguments[1], target);
  }

  /**
   * What a lambda's class has: its interfaces, the functional one first, and its one method's descriptors, with those
   * of bridges.
   */
  record Shape(List<Class<?>> interfaces, Set<String> descriptors) {
    /**
     * By the arguments of {@link LambdaMetafactory#altMetafactory}, whose types may be of any kind with descriptors.
     */
    static Shape of(Class<?> functional, List<?> arguments) {
      List<Class<?>> interfaces = new ArrayList<>(List.of(functional));
      Set<String> descriptors = new LinkedHashSet<>(Set.of(((MethodType) arguments.getFirst()).descriptorString()));
      int at = 4;
      int flags = (Integer) arguments.get(3);
      if ((flags & LambdaMetafactory.FLAG_MARKERS) != 0) {
        for (int count = (Integer) arguments.get(at++); count > 0; count--)
          interfaces.add((Class<?>) arguments.get(at++));
      }
      if ((flags & LambdaMetafactory.FLAG_BRIDGES) != 0) {
        for (int count = (Integer) arguments.get(at++); count > 0; count--) {
          descriptors.add(((MethodType) arguments.get(at++)).descriptorString());
        }
      }
      if ((flags & LambdaMetafactory.FLAG_SERIALIZABLE) != 0) interfaces.add(java.io.Serializable.class);
      return new Shape(interfaces, descriptors);
    }
  }

  private static CallSite remembering(
      Lookup caller, String method, MethodType factory, Shape shape, MethodHandle implementation, MethodHandle target) {
    Made made = new Made(
        Member.of(caller.revealDirect(implementation)), method, List.copyOf(shape.interfaces()),
        Set.copyOf(shape.descriptors()));
    MethodHandle make = MethodHandles.insertArguments(MAKE, 0, caller, made, target)
        .asCollector(Object[].class, factory.parameterCount())
        .asType(factory);
    return new ConstantCallSite(make);
  }

  @SuppressWarnings("UnusedMethod") // by its name
  private static Object make(Lookup caller, Made made, MethodHandle target, @Nullable Object[] captured)
      throws Throwable {
    if (!(caller.lookupClass().getClassLoader() instanceof Memory loader)) {
      throw new IllegalStateException(caller + " is not inspected");
    }
    Lambda known =
        new Lambda(made.implementation, made.method, made.interfaces, made.descriptors, Arrays.asList(captured));
    return loader.remember(target.invokeWithArguments(captured), known);
  }

  /** The loader of a program that is inspected. */
  interface Memory {
    /** Remembers a lambda, and returns it. */
    Object remember(Object made, Lambda lambda);
  }

  /** A lambda that an app has made. */
  record Lambda(
      Member implementation,
      String method,
      List<Class<?>> interfaces,
      Set<String> descriptors,
      List<@Nullable Object> captured) {}
}
