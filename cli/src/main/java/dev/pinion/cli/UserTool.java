package dev.pinion.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the user's own that a command starts, such as {@code tofu}. It has the user's environment, and so the
 * user's credentials, which Pinion never reads.
 *
 * @param command its executable file
 */
record UserTool(Path command) {
  /**
   * What a run has printed.
   *
   * @param code the exit code
   */
  record Printed(int code, String out, String err) {}

  /** Finds the first of some names that is on the PATH. */
  static Optional<UserTool> find(List<String> names) {
    return names.stream().flatMap(name -> BuildTool.onPath(name).stream()).findFirst().map(UserTool::new);
  }

  /**
   * Returns what the user has named: a file, or a command on the PATH.
   *
   * @throws UserException if it is neither
   */
  static UserTool named(String name) {
    File file = new File(name);
    if (name.contains(File.separator) && file.canExecute()) return new UserTool(file.toPath().toAbsolutePath());
    return find(List.of(name)).orElseThrow(
        () -> new UserException("error: --tool " + name + ": there is no such command on the PATH, and no such file"));
  }

  /** Returns its name, such as {@code tofu}. */
  String name() {
    return String.valueOf(command.getFileName());
  }

  /**
   * Runs it on the terminal of this process until it ends, and returns its exit code. Ctrl-C reaches both; this process
   * then waits until the tool has ended in its own way.
   */
  int run(Path folder, List<String> arguments) throws InterruptedException {
    Process process = start(new ProcessBuilder(line(arguments)).directory(folder.toFile()).inheritIO());
    Thread hook = Thread.ofPlatform().name("pinion-tool").unstarted(() -> process.onExit().join());
    Runtime.getRuntime().addShutdownHook(hook);
    int code = process.waitFor();
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // this process is being terminated
    }
    return code;
  }

  /**
   * Runs it without input and returns what it prints.
   *
   * @throws UserException if it takes longer than a minute
   */
  Printed read(Path folder, List<String> arguments) throws InterruptedException {
    Process process = start(new ProcessBuilder(line(arguments)).directory(folder.toFile()));
    try {
      process.getOutputStream().close();
      StringBuilder err = new StringBuilder();
      Thread reader = Thread.ofVirtual().start(() -> err.append(text(process.getErrorStream())));
      Thread watch = Thread.ofVirtual().start(() -> limit(process));
      String out = text(process.getInputStream());
      int code = process.waitFor();
      reader.join();
      watch.interrupt();
      return new Printed(code, out, err.toString());
    } catch (IOException e) {
      throw new UserException("error: cannot run " + command + ": " + e.getMessage(), e);
    } finally {
      process.destroy();
    }
  }

  private static void limit(Process process) {
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it has ended
    }
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private List<String> line(List<String> arguments) {
    List<String> all = new ArrayList<>(List.of(command.toString()));
    all.addAll(arguments);
    return all;
  }

  private Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UserException("error: cannot run " + command + ": " + e.getMessage(), e);
    }
  }

  /** Returns arguments as a shell takes them. */
  static String quoted(Stream<String> arguments) {
    return String.join(
        " ", arguments.map(each -> each.matches("[A-Za-z0-9_./:=@%+,-]+") ? each
            : "'" + each.replace("'", "'\\''") + "'").toList());
  }
}
