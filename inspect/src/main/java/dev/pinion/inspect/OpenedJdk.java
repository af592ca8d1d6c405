package dev.pinion.inspect;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads private fields of any object, also the JDK's. It needs a JVM that was started with
 * {@code --add-opens=java.base/java.lang=} this module, or {@code ALL-UNNAMED}; it opens one more package of the JDK,
 * to this module only. What a program sees of the JDK stays as it is.
 */
final class OpenedJdk {
  private final Object unsafe;
  private final Method shouldBeInitialized;
  private final Method getReference;
  private final Method objectFieldOffset;
  private final Method staticFieldBase;
  private final Method staticFieldOffset;

  private OpenedJdk() throws ReflectiveOperationException {
    Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
    Method open = Module.class.getDeclaredMethod("implAddOpens", String.class, Module.class);
    open.setAccessible(true);
    open.invoke(type.getModule(), type.getPackageName(), OpenedJdk.class.getModule());
    this.unsafe = type.getMethod("getUnsafe").invoke(null);
    this.shouldBeInitialized = type.getMethod("shouldBeInitialized", Class.class);
    this.getReference = type.getMethod("getReference", Object.class, long.class);
    this.objectFieldOffset = type.getMethod("objectFieldOffset", Field.class);
    this.staticFieldBase = type.getMethod("staticFieldBase", Field.class);
    this.staticFieldOffset = type.getMethod("staticFieldOffset", Field.class);
  }

  /** The opened JDK; empty where this JVM was not started for it. */
  static Optional<OpenedJdk> find() {
    try {
      return Optional.of(new OpenedJdk());
    } catch (InaccessibleObjectException closed) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JDK cannot be opened", e);
    }
  }

  /** A field, ready to be read. Reflection would link each with method handles, which costs more than all reads. */
  final class Reader {
    private final @Nullable Object base;
    private final long offset;

    private Reader(@Nullable Object base, long offset) {
      this.base = base;
      this.offset = offset;
    }

    /** What the field of an object refers to; the object does not matter where the field is static. */
    @Nullable
    Object get(@Nullable Object object) {
      return call(getReference, base == null ? object : base, offset);
    }
  }

  /** What reads a field that refers to an object; the class of a static one must be initialized. */
  Reader reader(Field field) {
    boolean isStatic = Modifier.isStatic(field.getModifiers());
    return isStatic ? new Reader(call(staticFieldBase, field), offset(staticFieldOffset, field))
        : new Reader(null, offset(objectFieldOffset, field));
  }

  private long offset(Method method, Field field) {
    return (long) java.util.Objects.requireNonNull(call(method, field));
  }

  /** Whether a class's static initializer has begun. */
  boolean isInitialized(Class<?> type) {
    return !Boolean.TRUE.equals(call(shouldBeInitialized, type));
  }

  private @Nullable Object call(Method method, @Nullable Object... arguments) {
    try {
      return method.invoke(unsafe, arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(method + " cannot be called", e);
    }
  }
}
