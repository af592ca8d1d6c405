package dev.pinion.inspect;

import java.util.List;
import java.util.Set;

/** Which classes of the JDK are plain values: nothing of an app's can be in their objects. */
final class PlainTypes {
  private static final List<String> PACKAGES = List.of(
      "java.math.",
      "java.nio.charset.",
      "java.nio.file.attribute.",
      "java.time.chrono.",
      "java.time.temporal.",
      "java.time.zone.",
      "java.util.regex.Pattern");
  private static final Set<String> CLASSES = Set.of(
      "java.lang.Boolean",
      "java.lang.Byte",
      "java.lang.Character",
      "java.lang.Double",
      "java.lang.Float",
      "java.lang.Integer",
      "java.lang.Long",
      "java.lang.Math",
      "java.lang.Short",
      "java.lang.String",
      "java.lang.StringBuilder",
      "java.lang.StringBuffer",
      "java.lang.Void",
      "java.net.URI",
      "java.net.InetAddress",
      "java.util.Base64",
      "java.util.Base64$Decoder",
      "java.util.Base64$Encoder",
      "java.util.BitSet",
      "java.util.Currency",
      "java.util.HexFormat",
      "java.util.Locale",
      "java.util.UUID",
      "java.util.concurrent.CountDownLatch",
      "java.util.concurrent.Semaphore",
      "java.util.concurrent.atomic.AtomicBoolean",
      "java.util.concurrent.atomic.AtomicInteger",
      "java.util.concurrent.atomic.AtomicLong",
      "java.util.concurrent.atomic.LongAdder");

  private PlainTypes() {}

  static boolean isPlain(Class<?> type) {
    String name = type.getName();
    return CLASSES.contains(name)
        || (PACKAGES.stream().anyMatch(name::startsWith) && !type.isInterface())
        || (name.startsWith("java.time.") && name.indexOf('.', 10) < 0 && !name.startsWith("java.time.Clock"))
        || (type.isEnum() && type.getClassLoader() == null);
  }
}
