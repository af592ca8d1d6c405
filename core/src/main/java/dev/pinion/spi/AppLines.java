package dev.pinion.spi;

import java.net.URL;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the app's own lines in a stack, for a platform's log. A class is the app's if it was loaded from where one of
 * the app's handlers was: by the same class loader and from the same folder or jar. Any thread.
 */
public final class AppLines {
  private final Set<Origin> origins = new HashSet<>();

  private AppLines() {}

  /** Creates the finder for the app that declares a resource with handlers. */
  public static AppLines of(ResourceModel resource) {
    return of(resource.handlers());
  }

  /** The lines of an app. */
  public static AppLines of(AppModel app) {
    return of(app.handlers());
  }

  /** Creates the finder for an app of which only its class is known yet. */
  public static AppLines of(Class<?> app) {
    AppLines lines = new AppLines();
    lines.origins.add(Origin.of(app));
    return lines;
  }

  private static AppLines of(List<? extends HandlerModel> handlers) {
    AppLines lines = new AppLines();
    for (HandlerModel each : handlers) lines.origins.add(Origin.of(type(each.handler())));
    lines.origins.remove(Origin.of(AppLines.class));
    return lines;
  }

  private static Class<?> type(Object handler) {
    return handler instanceof EventHandler events ? events.type() : handler.getClass();
  }

  /** Finds the app's innermost line in the stack of a failure, or of its cause, such as {@code Chat.java:15}. */
  public Optional<String> in(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    try {
      for (@Nullable Throwable each = failure; each != null && seen.add(each); each = each.getCause()) {
        Optional<String> line = first(each.getStackTrace());
        if (line.isPresent()) return line;
      }
    } catch (Throwable _) {
      // an exception of the app's may throw when it is asked
    }
    return Optional.empty();
  }

  /** Returns the innermost line of the app in a stack. */
  public Optional<String> first(StackTraceElement[] stack) {
    return Arrays.stream(stack).filter(this::isApps).findFirst().map(AppLines::text);
  }

  /** Finds the app's innermost line in the current stack. */
  public Optional<String> here() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames -> frames.filter(frame -> origins.contains(Origin.of(frame.getDeclaringClass()))).findFirst())
        .map(frame -> text(frame.toStackTraceElement()));
  }

  /** Returns whether a frame of a stack is the app's. */
  public boolean isApps(StackTraceElement frame) {
    return origins.stream().anyMatch(origin -> origin.has(frame.getClassName()));
  }

  private static String text(StackTraceElement frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }

  /**
   * The origin of a class; the location is null if the class was defined from memory. Compared by methods of its own:
   * to link a record's takes milliseconds of each start.
   */
  private record Origin(@Nullable ClassLoader loader, @Nullable String location) {
    static Origin of(Class<?> type) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      URL location = source == null ? null : source.getLocation();
      return new Origin(type.getClassLoader(), location == null ? null : location.toString());
    }

    boolean has(String className) {
      try {
        return equals(of(Class.forName(className, false, loader)));
      } catch (ClassNotFoundException | LinkageError e) {
        return false;
      }
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Origin(ClassLoader its, String place) && Objects.equals(loader, its)
          && Objects.equals(location, place);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(location);
    }
  }
}
