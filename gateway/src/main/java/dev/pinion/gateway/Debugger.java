package dev.pinion.gateway;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Whether a debugger holds up handlers, so that time does not count. The JVM's debug agent runs a thread as long as a
 * debugger is attached. The JDK has no API that tells, and lists that thread only in a dump of all threads. Not
 * thread-safe.
 */
public final class Debugger {
  private static final String AGENT = "jdwp";
  private static final String ATTACHED = "\"JDWP Command Reader\"";
  /** After a gap this long between two looks the JVM was suspended, by a debugger that may have left since. */
  private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private boolean attached;
  private long lookedAt;

  Debugger(long nanos) {
    lookedAt = nanos;
  }

  /** Returns whether a debugger is attached, or was since the last call. Called several times a second. */
  boolean holdsTime() {
    return Agent.LOADED && holdsTime(isAttached(), System.nanoTime());
  }

  boolean holdsTime(boolean now, long nanos) {
    boolean held = now || attached || nanos - lookedAt > GAP_NANOS;
    attached = now;
    lookedAt = nanos;
    return held;
  }

  /** Returns whether a debugger is attached at this moment, if there can be one. It costs some milliseconds. */
  public static boolean isHolding() {
    return Agent.LOADED && isAttached();
  }

  /** Returns whether a debugger is attached. It costs some milliseconds. */
  static boolean isAttached() {
    try {
      Object dump = ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"), "threadPrint", new Object[] {new String[0]},
              new String[] {String[].class.getName()});
      return String.valueOf(dump).contains(ATTACHED);
    } catch (JMException e) {
      return true; // better no limits than a handler that is interrupted while somebody looks at it
    }
  }

  /** Whether this JVM was started with a debug agent, which is looked up at the first tick, not at the start. */
  private static final class Agent {
    static final boolean LOADED = Boolean.getBoolean("pinion.debug")
        || Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "PINION_JAVA_OPTS")
            .map(name -> System.getenv().getOrDefault(name, ""))
            .anyMatch(options -> options.contains(AGENT))
        || commandLine().contains(AGENT + "=");

    private static String commandLine() {
      try {
        return Files.readString(Path.of("/proc/self/cmdline"), ISO_8859_1);
      } catch (IOException notLinux) {
        return ProcessHandle.current().info().commandLine().orElse("");
      }
    }
  }
}
