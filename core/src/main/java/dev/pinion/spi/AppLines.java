package dev.pinion.spi;

import java.net.URL;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.HashSet;
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

  /** The lines of the app that declares a WebSocket. */
  public static AppLines of(WebSocketModel webSocket) {
    AppLines lines = new AppLines();
    webSocket.routes().forEach(route -> lines.origins.add(Origin.of(route.handler().getClass())));
    lines.origins.remove(Origin.of(AppLines.class));
    return lines;
  }

  /** The innermost line of the app in a failure's stack, or in that of its cause, such as {@code Chat.java:15}. */
  public Optional<String> in(Throwable failure) {
    Optional<String> line =
        Arrays.stream(failure.getStackTrace()).filter(this::isApps).findFirst().map(AppLines::text);
    Throwable cause = failure.getCause();
    return line.isPresent() || cause == null ? line : in(cause);
  }

  /** The innermost line of the app that led to this call. */
  public Optional<String> here() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames -> frames.filter(frame -> origins.contains(Origin.of(frame.getDeclaringClass()))).findFirst())
        .map(frame -> text(frame.toStackTraceElement()));
  }

  private boolean isApps(StackTraceElement frame) {
    return origins.stream().anyMatch(origin -> origin.has(frame.getClassName()));
  }

  private static String text(StackTraceElement frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }

  /** Where classes come from; the location is null for classes that were defined from memory. */
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
  }
}
