package dev.pinion.json;

import dev.pinion.spi.RecordType;
import dev.pinion.spi.UnsupportedTypeException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the records of one class are written: the discriminator first, then what the accessors return. */
final class RecordOutput {
  private final Optional<RecordType.Tag> tag;
  private final String[] names;
  private final Method[] accessors;

  RecordOutput(Class<?> type) {
    tag = RecordType.tagOf(type);
    RecordComponent[] components = type.getRecordComponents();
    names = new String[components.length];
    accessors = new Method[components.length];
    for (int i = 0; i < components.length; i++) {
      names[i] = components[i].getName();
      accessors[i] = components[i].getAccessor();
      accessors[i].setAccessible(true);
    }
  }

  /**
   * Writes a record as an object, without the components that are an empty {@link Optional}.
   *
   * @throws UnsupportedTypeException if a component is of an unsupported type; the problem names the component
   */
  void write(Object value, Output out) {
    out.begin();
    tag.ifPresent(each -> {
      out.name(each.member());
      out.write(each.value());
    });
    for (int i = 0; i < names.length; i++) {
      Object component = component(value, accessors[i]);
      if (!(component instanceof Optional<?> optional && optional.isEmpty())) {
        out.name(names[i]);
        write(component, value.getClass().getSimpleName() + "." + names[i], out);
      }
    }
    out.end();
  }

  private static void write(@Nullable Object component, String place, Output out) {
    try {
      out.write(component);
    } catch (UnsupportedTypeException e) {
      throw new UnsupportedTypeException(e.problems().stream().map(problem -> place + ": " + problem).toList());
    }
  }

  private static @Nullable Object component(Object value, Method accessor) {
    try {
      return accessor.invoke(value);
    } catch (InvocationTargetException thrown) {
      throw RecordShape.rethrown(thrown);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(accessor.toString(), impossible);
    }
  }
}
