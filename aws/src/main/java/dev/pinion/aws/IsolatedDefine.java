package dev.pinion.aws;

import dev.pinion.App;
import dev.pinion.Definition;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.stream.Stream;

/**
 * Runs an app's {@code define} from its deployment package, as a function does when Lambda publishes a version. It is
 * started in a process that has no more of this machine than a function has.
 */
public final class IsolatedDefine {
  private static final int FAILED = 3;

  private IsolatedDefine() {}

  /** Runs {@code define} of the app with a binary name. Prints what it threw, and exits with 3. */
  public static void main(String... arguments) {
    try {
      Constructor<? extends App> constructor =
          Class.forName(arguments[0]).asSubclass(App.class).getDeclaredConstructor();
      constructor.setAccessible(true);
      Definition.of(constructor.newInstance());
    } catch (InvocationTargetException thrown) {
      fail(arguments[0], thrown.getCause() == null ? thrown : thrown.getCause());
    } catch (Throwable thrown) {
      fail(arguments[0], thrown);
    }
    // A thread that define has started does not keep the process.
    System.exit(0);
  }

  private static void fail(String app, Throwable thrown) {
    Throwable cause =
        thrown instanceof ExceptionInInitializerError && thrown.getCause() != null ? thrown.getCause() : thrown;
    String place = Stream.of(cause.getStackTrace())
        .filter(frame -> frame.getModuleName() == null && !frame.getClassName().startsWith("dev.pinion."))
        .findFirst()
        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
        .orElse(app);
    System.err.println(place + ": " + cause);
    System.exit(FAILED);
  }
}
