package dev.pinion.cli;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * Signals that come while the process is closing already, which the JVM would ignore: they end it at once. The JDK has
 * no other API for signals than one that javac warns of, so it is called by reflection.
 */
final class Interrupt {
  private static final Map<String, Integer> SIGNALS = Map.of("INT", 2, "TERM", 15);
  /** What shells add to a signal's number to make an exit code. */
  private static final int ENDED_BY_SIGNAL = 128;

  private Interrupt() {}

  /** From now on Ctrl-C and SIGTERM end the process, and nothing that still runs is waited for. */
  static void endsAtOnce(PrintStream err) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      for (var each : SIGNALS.entrySet()) {
        Object end = Proxy.newProxyInstance(
            Interrupt.class.getClassLoader(),
            new Class<?>[] {handler},
            (_, _, _) -> end(each.getValue(), err));
        signal.getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(each.getKey()), end);
      }
    } catch (InvocationTargetException refused) {
      // With -Xrs, or of the system: then the first signal did not come here either.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object end(int signal, PrintStream err) {
    err.println("ended without waiting");
    err.flush();
    Runtime.getRuntime().halt(ENDED_BY_SIGNAL + signal);
    throw new IllegalStateException("not halted");
  }
}
