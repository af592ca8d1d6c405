package dev.pinion.inspect;

import java.util.Optional;

/**
 * What {@code define} must not look at, as it is another on each machine and at each start: with the methods of the JDK
 * that read it.
 */
enum Surroundings {
  CLOCK(
      "reads the clock, which shows another time at each start",
      "read it in a handler",
      "java.lang.System: currentTimeMillis nanoTime",
      "java.time.Instant: now",
      "java.time.LocalDate: now",
      "java.time.LocalTime: now",
      "java.time.LocalDateTime: now",
      "java.time.OffsetDateTime: now",
      "java.time.OffsetTime: now",
      "java.time.ZonedDateTime: now",
      "java.time.Year: now",
      "java.time.YearMonth: now",
      "java.time.MonthDay: now",
      "java.time.Clock: instant millis",
      "java.time.InstantSource: instant millis",
      "java.time.chrono.Chronology: dateNow",
      "java.time.chrono.AbstractChronology: dateNow",
      "java.time.chrono.HijrahChronology: dateNow",
      "java.time.chrono.HijrahDate: now",
      "java.time.chrono.IsoChronology: dateNow",
      "java.time.chrono.JapaneseChronology: dateNow",
      "java.time.chrono.JapaneseDate: now",
      "java.time.chrono.MinguoChronology: dateNow",
      "java.time.chrono.MinguoDate: now",
      "java.time.chrono.ThaiBuddhistChronology: dateNow",
      "java.time.chrono.ThaiBuddhistDate: now",
      "java.util.Date: <init>()",
      "java.util.Calendar: getInstance",
      "java.util.GregorianCalendar: <init>()"),
  RANDOM(
      "gives something else at each start, and in a restored snapshot the same to all instances",
      "write ids and names down, and make random values in a handler",
      "java.lang.Math: random",
      "java.util.Random: <init>()",
      "java.util.SplittableRandom: <init>()",
      "java.util.Collections: shuffle(Ljava/util/List;)",
      "java.util.UUID: randomUUID",
      "java.util.concurrent.ThreadLocalRandom: *",
      "java.util.random.RandomGenerator: getDefault of",
      "java.util.random.RandomGeneratorFactory: create()",
      "java.security.KeyPairGenerator: generateKeyPair genKeyPair",
      "javax.crypto.KeyGenerator: generateKey",
      "java.security.SecureRandom: nextBytes nextInt nextLong nextBoolean nextDouble nextFloat nextGaussian ints longs"
          + " doubles generateSeed getSeed",
      "java.lang.System: identityHashCode"),
  ENVIRONMENT(
      "reads this machine's settings, which are not those of the cloud",
      "declare cloud.config(\"name\") or cloud.secret(\"name\"), and read its value in a handler",
      "java.lang.System: getenv getProperty getProperties console",
      "java.lang.Integer: getInteger",
      "java.lang.Long: getLong",
      "java.lang.Boolean: getBoolean",
      "java.util.prefs.Preferences: userRoot systemRoot userNodeForPackage systemNodeForPackage",
      "java.util.Locale: getDefault",
      "java.util.TimeZone: getDefault",
      "java.time.ZoneId: systemDefault",
      "java.time.Clock: systemDefaultZone"),
  HOST(
      "asks for this machine, and each function instance is another",
      "take what differs from cloud.config(\"name\"), read in a handler",
      "java.net.InetAddress: getLocalHost getByName getAllByName",
      "java.net.NetworkInterface: getNetworkInterfaces networkInterfaces getByName getByIndex getByInetAddress",
      "java.lang.ProcessHandle: current of allProcesses",
      "java.lang.Runtime: availableProcessors totalMemory freeMemory maxMemory",
      "java.lang.management.ManagementFactory: *"),
  FILES(
      "uses files, and a function instance has its own class path and an empty /tmp only",
      "put the file among the program's resources and read it with getResourceAsStream",
      "java.nio.file.Files: *",
      "java.nio.file.Path: toRealPath toAbsolutePath",
      "java.nio.channels.FileChannel: open",
      "java.io.FileInputStream: <init>",
      "java.io.FileOutputStream: <init>",
      "java.io.FileReader: <init>",
      "java.io.FileWriter: <init>",
      "java.io.RandomAccessFile: <init>",
      "java.util.zip.ZipFile: <init>",
      "java.util.jar.JarFile: <init>",
      "java.util.Scanner: <init>(Ljava/io/File; <init>(Ljava/nio/file/Path;",
      "java.io.PrintWriter: <init>(Ljava/io/File; <init>(Ljava/lang/String;",
      "java.io.PrintStream: <init>(Ljava/io/File; <init>(Ljava/lang/String;",
      "java.io.File: exists isFile isDirectory length list listFiles listRoots delete mkdir mkdirs createNewFile"
          + " createTempFile lastModified canRead canWrite canExecute getCanonicalPath getCanonicalFile getAbsolutePath"
          + " getAbsoluteFile renameTo"),
  NETWORK(
      "talks to the network, and define only declares",
      "do it in a handler",
      "java.net.Socket: <init>",
      "java.net.ServerSocket: <init>",
      "java.net.DatagramSocket: <init>",
      "java.net.http.HttpClient: send sendAsync",
      "java.net.URL: openStream openConnection getContent",
      "java.nio.channels.SocketChannel: open",
      "java.nio.channels.ServerSocketChannel: open",
      "java.nio.channels.DatagramChannel: open",
      "java.sql.DriverManager: getConnection",
      "javax.sql.DataSource: getConnection"),
  PROCESS(
      "starts what goes on beside the app, and define only declares",
      "start it in a handler, and let the handler wait for it",
      "java.lang.ProcessBuilder: start startPipeline",
      "java.lang.Runtime: exec",
      "java.lang.Thread: start startVirtualThread",
      "java.util.Timer: schedule scheduleAtFixedRate",
      "java.util.concurrent.CompletableFuture: runAsync supplyAsync",
      "java.util.concurrent.Executor: execute",
      "java.util.concurrent.ExecutorService: execute submit invokeAll invokeAny",
      "java.util.concurrent.ScheduledExecutorService: execute submit schedule scheduleAtFixedRate"
          + " scheduleWithFixedDelay",
      "java.lang.Thread$Builder: start",
      "java.lang.Thread$Builder$OfPlatform: start",
      "java.lang.Thread$Builder$OfVirtual: start"),
  ORDER(
      "goes through a Set.of or Map.of, whose order is another at each start",
      "use List.of, or a LinkedHashMap");

  private final String what;
  private final String instead;
  /** Lines of a class and methods of it: by name, or by name and the beginning of the descriptor. */
  private final String methods;

  Surroundings(String what, String instead, String... methods) {
    this.what = what;
    this.instead = instead;
    this.methods = String.join("\n", methods);
  }

  /** What it does, and what to do instead. */
  String advice() {
    return "which " + what + ": " + instead;
  }

  /** What a call reads. */
  static Optional<Surroundings> readBy(Member member) {
    for (Surroundings each : values()) {
      if (each.methods.lines().anyMatch(methods -> matches(methods, member))) return Optional.of(each);
    }
    return Optional.empty();
  }

  private static boolean matches(String methods, Member member) {
    int colon = methods.indexOf(':');
    if (!member.owner().contentEquals(methods.subSequence(0, colon))) return false;
    for (String each : methods.substring(colon + 2).split(" ", -1)) {
      if (each.equals("*") || each.equals(member.name())) return true;
      if (each.indexOf('(') > 0 && (member.name() + member.type().descriptorString()).startsWith(each)) return true;
    }
    return false;
  }
}
