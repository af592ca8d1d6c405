package app;

import dev.pinion.sim.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The main class of an IDE's run configuration, in a process with a plain class path. */
@Timeout(60)
final class MainTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void runsTheAppAsTheCommandDoes() throws Exception {
    Process process = start(Counter.class.getName(), "--port", "0");
    try (BufferedReader out = process.inputReader()) {
      String url = await(out, "listening on ");
      assertThat(url).matches("ws://localhost:[1-9][0-9]*/prod");
      assertThat(await(out, "page at ")).matches(" +http://localhost:[1-9][0-9]*/");
      assertThat(await(out, "data in ")).endsWith(" " + folder.toRealPath().resolve(".pinion"));
      assertThat(awaitContaining(out, "Counter.java:")).contains("warning: ", "AtomicInteger");
      Client client = new Client(url);
      client.send("hello");
      assertThat(client.next()).isEqualTo("message 1");
      client.send("{\"action\":\"write\"}");
      assertThat(client.next()).contains("Internal server error");
      assertThat(awaitContaining(out, "error: ")).contains("Counter.java:", "dynamodb:PutItem");
      process.destroy();
      assertThat(process.waitFor()).isEqualTo(128 + 15);
      assertThat(client.closed()).isEqualTo(1001);
      assertThat(folder.resolve(".pinion/tables")).isDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void mistakesAreExplained() throws Exception {
    assertThat(mistake()).startsWith("error: usage: dev.pinion.sim.Main CLASS");
    assertThat(mistake("app.Nothing")).contains("error: there is no class app.Nothing on the class path");
    assertThat(mistake("java.lang.String")).contains("error: the class java.lang.String does not implement");
    assertThat(mistake(Counter.class.getName(), "--port", "x")).contains("error: 'x' is not a valid port");
    assertThat(mistake(Counter.class.getName(), "--port")).contains("error: --port needs a value");
    assertThat(mistake(Counter.class.getName(), "--prot", "1")).contains("error: unknown option --prot");
  }

  private String mistake(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    try (BufferedReader out = process.inputReader()) {
      String said = String.join("\n", out.lines().toList());
      assertThat(process.waitFor()).isEqualTo(2);
      return said;
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    Files.createDirectories(folder);
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static String await(BufferedReader out, String start) throws IOException {
    return awaitContaining(out, start).substring(start.length());
  }

  private static String awaitContaining(BufferedReader out, String text) throws IOException {
    List<String> before = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.contains(text)) return line;
      before.add(line);
    }
    throw new AssertionError("no line has '" + text + "': " + before);
  }
}
