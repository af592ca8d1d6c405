package dev.pinion.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A server under test: a separate process that prints the URL it listens on. Used by one thread. */
final class MeasuredServer implements AutoCloseable {
  private static final Pattern URL = Pattern.compile(".*ws://[^:/]+:(\\d+)(/\\S*)");
  private static final Pattern HTTP = Pattern.compile(".*http://[^:/]+:(\\d+)(/?)");
  private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");
  private static final long NANOS_PER_TICK = 10_000_000;

  private final Process process;
  private final int port;
  private final String path;

  private MeasuredServer(Process process, int port, String path) {
    this.process = process;
    this.port = port;
    this.path = path;
  }

  /** Starts a command and waits until it listens. */
  static MeasuredServer start(List<String> command) throws IOException {
    return start(command, ProcessBuilder.Redirect.INHERIT);
  }

  /** Starts a command whose errors go elsewhere, and waits until it listens. */
  static MeasuredServer start(List<String> command, ProcessBuilder.Redirect errors) throws IOException {
    return start(command, errors, URL);
  }

  /** Starts a command that prints the URL of an HTTP server, and waits until it listens. */
  static MeasuredServer startHttp(List<String> command) throws IOException {
    return start(command, ProcessBuilder.Redirect.INHERIT, HTTP);
  }

  private static MeasuredServer start(List<String> command, ProcessBuilder.Redirect errors, Pattern printed)
      throws IOException {
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    BufferedReader out = process.inputReader(UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher url = printed.matcher(line);
      if (url.matches()) {
        Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
        return new MeasuredServer(process, Integer.parseInt(url.group(1)), url.group(2));
      }
    }
    throw new IOException("the server ended before it listened: " + command);
  }

  int port() {
    return port;
  }

  /** The path of the server's WebSocket. */
  String path() {
    return path;
  }

  /** Returns the CPU time of the process so far, user and system, in steps of 10 ms. */
  long cpuNanos() throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) * NANOS_PER_TICK;
  }

  /** The number of threads of the process. */
  int threads() throws IOException {
    return files("task");
  }

  /** The number of files and sockets that the process has open. */
  int files() throws IOException {
    return files("fd");
  }

  private int files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(process.pid()), folder))) {
      return (int) files.count();
    }
  }

  /** Returns the size of all live objects on the Java heap in bytes, after a full garbage collection. */
  long liveBytes() throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process histogram =
        new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(histogram.getInputStream().readAllBytes(), UTF_8);
    Matcher total = TOTAL.matcher(text);
    if (!total.find()) {
      throw new IOException("jcmd printed no histogram: " + text);
    }
    return Long.parseLong(total.group(1));
  }

  /** Ends the process. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
