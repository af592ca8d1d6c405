package dev.pinion.cli;

import dev.pinion.aws.IsolatedDefine;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import static java.util.Objects.requireNonNull;

/**
 * Runs {@code define} from the compiled package in a process with the environment of a function, so that what would
 * fail when Lambda publishes a version fails here.
 */
final class DefineProcess {
  /** Lambda gives a function that long to initialize before its snapshot is taken. */
  private static final long LONGEST_SECONDS = 130;
  private static final int FAILED = 3;

  private DefineProcess() {}

  /**
   * Runs {@code define} of an app.
   *
   * @throws UserException if it throws, or does not end
   */
  static void check(byte[] zip, String appClass) {
    try {
      Path task = Files.createTempDirectory("pinion-task");
      try {
        unzip(zip, task);
        if (hasPinion(task.resolve("lib"))) run(task, appClass);
      } finally {
        FileTree.delete(task);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasPinion(Path lib) throws IOException {
    if (!Files.isDirectory(lib)) return false;
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.anyMatch(jar -> String.valueOf(jar.getFileName()).startsWith("pinion-core"));
    }
  }

  private static void run(Path task, String appClass) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-cp",
        String.join(File.pathSeparator, task.toString(), task.resolve("lib") + File.separator + "*", own()),
        IsolatedDefine.class.getName(),
        appClass).directory(task.toFile()).redirectErrorStream(true);
    Path output = task.resolveSibling(task.getFileName() + ".out");
    builder.redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of(
        "PATH", "/usr/local/bin:/usr/bin:/bin", "LANG", "en_US.UTF-8", "TZ", ":UTC", "LAMBDA_TASK_ROOT",
        task.toString(), "AWS_REGION", "us-east-1",
        "AWS_LAMBDA_FUNCTION_NAME", "function"));
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new UserException(
            "error: define does not end within " + LONGEST_SECONDS + " s without the environment of this machine");
      }
      String text = Files.readString(output, Charset.defaultCharset()).strip();
      if (process.exitValue() == FAILED) throw new UserException(message(text));
      if (process.exitValue() != PinionCommand.OK)
        throw new IllegalStateException("define in a process of its own: " + text);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }

  private static String message(String output) {
    String last = output.substring(output.lastIndexOf('\n') + 1);
    int place = last.indexOf(": ");
    return last.substring(0, place) + ": error: define failed without the environment of this machine, as it would in"
        + " every function: " + last.substring(place + 2)
        + ". A function does not have the variables and files of this machine: use cloud.config or cloud.secret";
  }

  private static String own() {
    try {
      return Path.of(IsolatedDefine.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unzip(byte[] bytes, Path folder) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) throw new IllegalStateException(entry.getName());
        Files.createDirectories(requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
    }
  }
}
