package dev.pinion.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * Signals that arrive while the process is already closing, which the JVM would ignore: they end it at once. The JDK's
 * only API for signals causes a javac warning, so it is called by reflection.
 */
final class Interrupt {
  private static final Map<String, Integer> SIGNALS = Map.of("INT", 2, "TERM", 15);
  /** Added to a signal's number to get the exit code, as shells do. */
  private static final int ENDED_BY_SIGNAL = 128;

  private Interrupt() {}

  /** Makes Ctrl-C and SIGTERM end the process at once, after a last word, which must not block. */
  static void endsAtOnce(Runnable last) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      for (var each : SIGNALS.entrySet()) {
        Object end = Proxy.newProxyInstance(
            Interrupt.class.getClassLoader(),
            new Class<?>[] {handler},
            (_, _, _) -> end(each.getValue(), last));
        signal.getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(each.getKey()), end);
      }
    } catch (InvocationTargetException refused) {
      // With -Xrs, or refused by the system: then the first signal did not arrive here either.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object end(int signal, Runnable last) {
    last.run();
    Runtime.getRuntime().halt(ENDED_BY_SIGNAL + signal);
    throw new IllegalStateException("not halted");
  }
}
