package dev.pinion.inspect;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Lets this module read private fields of the JDK's objects. It needs a JVM that was started with
 * {@code --add-opens=java.base/java.lang=} this module, or {@code ALL-UNNAMED}; the rest it opens itself, to this
 * module only. What a program sees of the JDK stays as it is.
 */
final class OpenedJdk {
  private static final Module HERE = OpenedJdk.class.getModule();

  private final Method open;
  private final Set<String> opened = new HashSet<>();
  private final Object unsafe;
  private final Method shouldBeInitialized;

  private OpenedJdk(Method open) throws ReflectiveOperationException {
    this.open = open;
    Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
    open(type);
    this.unsafe = type.getMethod("getUnsafe").invoke(null);
    this.shouldBeInitialized = type.getMethod("shouldBeInitialized", Class.class);
  }

  /** The opened JDK; empty where this JVM was not started for it. */
  static Optional<OpenedJdk> find() {
    try {
      Method open = Module.class.getDeclaredMethod("implAddOpens", String.class, Module.class);
      open.setAccessible(true);
      return Optional.of(new OpenedJdk(open));
    } catch (InaccessibleObjectException closed) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JDK cannot be opened", e);
    }
  }

  private void open(Class<?> type) throws ReflectiveOperationException {
    Module module = type.getModule();
    if (module.isNamed() && opened.add(type.getName().substring(0, type.getName().lastIndexOf('.')))) {
      open.invoke(module, type.getPackageName(), HERE);
    }
  }

  /** Lets a field or method of any class be used. */
  void open(AccessibleObject member, Class<?> declaring) {
    try {
      open(declaring);
      member.setAccessible(true);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(declaring + " cannot be opened", e);
    }
  }

  /** Whether a class's static initializer has begun. */
  boolean isInitialized(Class<?> type) {
    try {
      return !(boolean) shouldBeInitialized.invoke(unsafe, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " cannot be read", e);
    }
  }
}
