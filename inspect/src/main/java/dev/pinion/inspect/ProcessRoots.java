package dev.pinion.inspect;

import dev.pinion.inspect.ObjectFields.Held;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a process holds what is nobody's own: threads, and static fields of the JDK and of libraries. */
final class ProcessRoots {
  /** Classes of the JDK that keep in static fields what programs give them. */
  private static final List<String> HOLDERS = List.of(
      "java.beans.PropertyEditorManager",
      "java.beans.ThreadGroupContext",
      "java.io.ObjectInputFilter$Config",
      "java.lang.ApplicationShutdownHooks",
      "java.lang.ProcessHandleImpl",
      "java.lang.System",
      "java.lang.System$LoggerFinder",
      "java.lang.Thread",
      "java.lang.management.ManagementFactory",
      "java.net.Authenticator",
      "java.net.CookieHandler",
      "java.net.DatagramSocket",
      "java.net.HttpURLConnection",
      "java.net.InetAddress",
      "java.net.ProxySelector",
      "java.net.ResponseCache",
      "java.net.ServerSocket",
      "java.net.Socket",
      "java.net.URL",
      "java.net.URLConnection",
      "java.rmi.server.RMIClassLoader",
      "java.rmi.server.RMISocketFactory",
      "java.sql.DriverManager",
      "java.time.chrono.AbstractChronology",
      "java.time.zone.ZoneRulesProvider",
      "java.util.ResourceBundle",
      "java.util.TimeZone",
      "java.util.concurrent.CompletableFuture",
      "java.util.concurrent.ForkJoinPool",
      "java.util.logging.Level$KnownLevel",
      "java.util.logging.LogManager",
      "java.util.prefs.AbstractPreferences",
      "java.util.prefs.Preferences",
      "javax.imageio.spi.IIORegistry",
      "javax.management.MBeanServerFactory",
      "javax.naming.spi.NamingManager",
      "javax.net.ssl.HttpsURLConnection",
      "javax.net.ssl.SSLContext",
      "javax.script.ScriptEngineManager",
      "javax.security.auth.login.Configuration",
      "javax.sql.rowset.spi.SyncFactory",
      "jdk.internal.logger.BootstrapLogger",
      "jdk.internal.logger.LazyLoggers",
      "jdk.internal.misc.Signal",
      "jdk.internal.ref.CleanerFactory",
      "jdk.jfr.internal.PlatformRecorder",
      "jdk.jfr.internal.periodic.PeriodicEvents",
      "sun.awt.AppContext",
      "sun.management.ManagementFactoryHelper",
      "sun.management.MemoryImpl",
      "sun.rmi.transport.ObjectTable",
      "sun.security.jca.Providers");

  private final ObjectFields fields;

  ProcessRoots(ObjectFields fields) {
    this.fields = fields;
  }

  /**
   * What the process holds.
   *
   * @param libraries classes of the program's libraries
   */
  List<Held> all(Collection<Class<?>> libraries) {
    List<Held> all = new ArrayList<>();
    for (String each : HOLDERS) {
      loaded(each).filter(fields.jdk()::isInitialized).ifPresent(type -> all.addAll(fields.ofStatics(type)));
    }
    for (Class<?> each : libraries) {
      if (fields.jdk().isInitialized(each)) all.addAll(fields.ofStatics(each));
    }
    for (Thread each : threads()) all.add(new Held(Thread.class, each));
    return all;
  }

  private static Optional<Class<?>> loaded(String name) {
    try {
      return Optional.of(Class.forName(name, false, ClassLoader.getPlatformClassLoader()));
    } catch (ClassNotFoundException absent) {
      return Optional.empty();
    }
  }

  private static List<Thread> threads() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) group = group.getParent();
    @Nullable Thread[] found = new Thread[group.activeCount() * 2 + 16];
    int count = group.enumerate(found);
    List<Thread> all = new ArrayList<>(List.of(Thread.currentThread()));
    for (int i = 0; i < count; i++) {
      Thread each = found[i];
      if (each != null && !each.equals(Thread.currentThread())) all.add(each);
    }
    return all;
  }

  /** What threads have in their thread-local variables, by the variable. */
  IdentityHashMap<Object, List<Object>> threadLocals() {
    IdentityHashMap<Object, List<Object>> all = new IdentityHashMap<>();
    for (Thread thread : threads()) {
      for (String name : List.of("threadLocals", "inheritableThreadLocals")) {
        Object map = read(Thread.class, name, thread);
        if (map == null || !(read(map.getClass(), "table", map) instanceof Object[] table)) continue;
        for (Object entry : table) {
          if (!(entry instanceof java.lang.ref.Reference<?> key)) continue;
          Object variable = fields.referent(key);
          Object value = read(entry.getClass(), "value", entry);
          if (variable != null && value != null) all.computeIfAbsent(variable, _ -> new ArrayList<>()).add(value);
        }
      }
    }
    return all;
  }

  private @Nullable Object read(Class<?> type, String name, Object object) {
    try {
      Field field = type.getDeclaredField(name);
      return fields.get(field, object);
    } catch (NoSuchFieldException e) {
      throw new LinkageError("this JDK has no " + type.getName() + "." + name, e);
    }
  }
}
