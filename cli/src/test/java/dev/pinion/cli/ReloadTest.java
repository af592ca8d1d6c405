package dev.pinion.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// Programs that are saved while the command runs them: a client that stays connected gets the new answers.
@Timeout(120)
@Tag("slow")
final class ReloadTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aFile() throws Exception {
    chat("\"one \" + body");
    try (Child child = run("Chat.java"); EchoClient client = client(child)) {
      assertThat(client.ask("a")).isEqualTo("one a");
      chat("\"two \" + body");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("two b");
      Path fresh = write("Chat.java.new", text("\"three \" + body"));
      Files.move(fresh, folder.resolve("Chat.java"), StandardCopyOption.ATOMIC_MOVE);
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("c")).isEqualTo("three c");
      assertEndsBySignal(child);
    }
  }

  @Test
  void aSourceThatIsBrokenAndMended() throws Exception {
    chat("\"one \" + body");
    try (Child child = run("Chat.java"); EchoClient client = client(child)) {
      chat("nothing");
      child.awaitContaining("Chat.java:6: error: cannot find symbol");
      child.awaitContaining("the program from before runs on until this is mended");
      assertThat(client.ask("a")).isEqualTo("one a");
      assertThat(client.status()).contains("Chat.java:6: error: cannot find symbol");
      chat("\"one \" + body");
      child.awaitContaining("mended");
      assertThat(client.status()).doesNotContain("error");
      chat("nothing");
      child.awaitContaining("runs on until this is mended");
      chat("\"two \" + body");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("two b");
      assertThat(client.status()).doesNotContain("error");
    }
  }

  @Test
  void aDefineThatFails() throws Exception {
    chat("\"one \" + body");
    try (Child child = run("Chat.java"); EchoClient client = client(child)) {
      String chat = text("\"two \" + body");
      write("Chat.java", chat.replace("WebSocket chat", "if (true) throw new Error(\"no\"); WebSocket chat"));
      child.awaitContaining("Chat.java:5: error: define failed: java.lang.Error: no");
      assertThat(client.ask("a")).isEqualTo("one a");
      write("Chat.java", chat.replace("WebSocket chat", "cloud.table(\"rows\").create(); WebSocket chat"));
      child.awaitContaining("Chat.java:5: error: table 'rows'");
      assertThat(client.ask("b")).isEqualTo("one b");
      assertThat(client.status()).contains("table 'rows'");
      write("Chat.java", chat);
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("c")).isEqualTo("two c");
    }
  }

  @Test
  void whatChangesInRolesAndWarnings() throws Exception {
    String table = """
        Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
            WebSocket chat""";
    write("Chat.java", text("\"one \" + body").replace("chat.onMessage", """
        var seen = new java.util.ArrayList<String>();
            chat.onDisconnect(c -> seen.add(c.id()));
            chat.onMessage"""));
    try (Child child = run("Chat.java"); EchoClient _ = client(child)) {
      child.awaitContaining("warning: handler 'chat/$disconnect' changes");
      write("Chat.java", text("\"two \" + body").replace("WebSocket chat", table)
          .replace("chat.onMessage",
              "chat.onConnect(c -> rows.deleteItem(Key.of(\"id\", c.id())));\n    chat.onMessage"));
      child.awaitContaining("reloaded in ");
      child.awaitContaining("`chat/$connect` may delete in `rows`");
      chat("\"three \" + body");
      child.awaitContaining("reloaded in ");
    }
  }

  @Test
  void aFolderWithAFileThatIsNew() throws Exception {
    chat("\"one \" + body");
    try (Child child = run("."); EchoClient client = client(child)) {
      write("words/Words.java",
          "package words; public class Words { public static String of(String b) { return b + \"!\"; } }");
      chat("words.Words.of(body)");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("a")).isEqualTo("a!");
      write("words/Words.java",
          "package words; public class Words { public static String of(String b) { return b + \"?\"; } }");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("b?");
    }
  }

  @Test
  void aFileThatIsGoneForAWhile() throws Exception {
    Path file = chat("\"one \" + body");
    try (Child child = run("Chat.java"); EchoClient client = client(child)) {
      Files.delete(file);
      child.awaitContaining("error: no such file or folder: Chat.java");
      assertThat(client.ask("a")).isEqualTo("one a");
      chat("\"two \" + body");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("two b");
    }
  }

  @Test
  void theEnvironmentFile() throws Exception {
    write(".env", "WORD=one\n");
    write("Chat.java", """
        import dev.pinion.*;

        class Chat implements App {
          public void define(Cloud cloud) {
            Config word = cloud.config("word");
            WebSocket chat = cloud.webSocket("chat").create();
            chat.onMessage((c, body) -> chat.sendMessage(c.id(), word.value() + body));
          }
        }
        """);
    try (Child child = run("Chat.java"); EchoClient client = client(child)) {
      assertThat(client.ask("a")).isEqualTo("onea");
      write(".env", "WORD=two\n");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("twob");
    }
  }

  @Test
  void classFoldersAndLibraries() throws Exception {
    Path words = write("src/words/Words.java", words("one"));
    Path chat = write("src/Chat.java", text("words.Words.of(body)"));
    jar(Map.of("words.Words", compiled(words).get("words.Words")));
    classes(chat, words);
    String[] classes = {"--classes", "classes", "--class-path", "lib/words.jar"};
    try (Child child = run(classes); EchoClient client = client(child)) {
      assertThat(client.ask("a")).isEqualTo("one a");
      write("src/words/Words.java", words("two"));
      jar(Map.of("words.Words", compiled(words).get("words.Words")));
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("two b");
      write("src/Chat.java", text("\"and \" + words.Words.of(body)"));
      classes(chat, words);
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("c")).isEqualTo("and two c");
    }
  }

  @Test
  void noReload() throws Exception {
    chat("\"one \" + body");
    try (Child child = run("Chat.java", "--no-reload"); EchoClient client = client(child)) {
      chat("nothing");
      assertThat(client.ask("a")).isEqualTo("one a");
      child.signal("TERM");
      assertThat(child.end().out()).doesNotContain("reload", "error");
    }
  }

  @Test
  void oneThatIsEndedWhileItIsBroken() throws Exception {
    chat("\"one \" + body");
    try (Child child = run("Chat.java"); EchoClient _ = client(child)) {
      chat("nothing");
      child.awaitContaining("runs on until this is mended");
      assertEndsBySignal(child);
    }
  }

  private static void assertEndsBySignal(Child child) throws IOException, InterruptedException {
    child.signal("INT");
    Ran ran = child.end();
    assertThat(ran.code()).isEqualTo(128 + 2);
    assertThat(ran.out()).doesNotContain("internal error", "\tat ");
  }

  private Child run(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "run";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--port";
    all[arguments.length + 2] = "0";
    return Child.merged(folder, all);
  }

  private static EchoClient client(Child child) throws Exception {
    return new EchoClient(child.await("listening on "));
  }

  private Path chat(String answer) throws IOException {
    return write("Chat.java", text(answer));
  }

  private static String text(String answer) {
    return """
        import dev.pinion.*;

        class Chat implements App {
          public void define(Cloud cloud) {
            WebSocket chat = cloud.webSocket("chat").create();
            chat.onMessage((c, body) -> chat.sendMessage(c.id(), %s));
          }
        }
        """.formatted(answer);
  }

  private static String words(String word) {
    return "package words; public class Words { public static String of(String b) { return \"" + word + " \" + b; } }";
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static Map<String, byte[]> compiled(Path... sources) {
    return SourceCompiler.compile(java.util.List.of(sources), java.util.List.of(),
        Ran.print(new ByteArrayOutputStream()));
  }

  private void classes(Path chat, Path words) throws IOException {
    Path file = folder.resolve("classes/Chat.class");
    Files.createDirectories(file.getParent());
    Files.write(file, compiled(chat, words).get("Chat"));
  }

  private void jar(Map<String, byte[]> classes) throws IOException {
    Path fresh = Files.createDirectories(folder.resolve("lib")).resolve("fresh");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(fresh))) {
      for (Map.Entry<String, byte[]> each : classes.entrySet()) {
        jar.putNextEntry(new JarEntry(each.getKey().replace('.', '/') + ".class"));
        jar.write(each.getValue());
      }
    }
    Files.move(fresh, folder.resolve("lib/words.jar"), StandardCopyOption.REPLACE_EXISTING);
  }
}
