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
  /** Lambdas that capture more are made in a slower way. */
  private static final int FEW = 4;

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
    if (!(caller.lookupClass().getClassLoader() instanceof Memory memory)) {
      throw new IllegalStateException(caller + " is not inspected");
    }
    Maker maker = new Maker(memory, made, target.asType(target.type().generic()));
    return new ConstantCallSite(maker.handle(factory.parameterCount()).asType(factory));
  }

  /**
   * Makes and remembers the lambdas of one place in the code. It has a method for each small number of captured values,
   * as each adaptation of a method handle makes the JVM generate classes.
   */
  @SuppressWarnings("UnusedMethod") // by their names
  private record Maker(Memory memory, Made made, MethodHandle target) {
    MethodHandle handle(int captured) {
      boolean few = captured <= FEW;
      MethodType type = few ? MethodType.genericMethodType(captured) : MethodType.genericMethodType(0, true);
      try {
        MethodHandle handle = MethodHandles.lookup().bind(this, few ? "make" : "makeOfMany", type);
        return few ? handle : handle.asCollector(Object[].class, captured);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("make", e);
      }
    }

    Object make() throws Throwable {
      return remembered((Object) target.invokeExact());
    }

    Object make(@Nullable Object a) throws Throwable {
      return remembered((Object) target.invokeExact(a), a);
    }

    Object make(@Nullable Object a, @Nullable Object b) throws Throwable {
      return remembered((Object) target.invokeExact(a, b), a, b);
    }

    Object make(@Nullable Object a, @Nullable Object b, @Nullable Object c) throws Throwable {
      return remembered((Object) target.invokeExact(a, b, c), a, b, c);
    }

    Object make(@Nullable Object a, @Nullable Object b, @Nullable Object c, @Nullable Object d) throws Throwable {
      return remembered((Object) target.invokeExact(a, b, c, d), a, b, c, d);
    }

    Object makeOfMany(@Nullable Object[] captured) throws Throwable {
      return remembered(target.invokeWithArguments(captured), captured);
    }

    private Object remembered(Object lambda, @Nullable Object... captured) {
      return memory.remember(
          lambda,
          new Lambda(made.implementation, made.method, made.interfaces, made.descriptors, Arrays.asList(captured)));
    }
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
