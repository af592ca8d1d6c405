package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What `define` of a program that is saved may do to the command, which goes on. Its first line is the sixth.
@Timeout(120)
@Tag("slow")
final class ReloadDefineTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"java.io.IOException", "InterruptedException", "java.util.concurrent.TimeoutException"})
  void anExceptionThatItDoesNotDeclare(String type) throws Exception {
    chat("one", "");
    try (Child child = run(); EchoClient client = new EchoClient(child.await("listening on "))) {
      chat("two", "Chat.<RuntimeException>sneak(new " + type + "(\"no\"));");
      child.awaitContaining("Chat.java:6: error: define failed: ");
      child.awaitContaining("the program from before runs on until this is mended");
      assertThat(client.ask("a")).isEqualTo("one a");
      chat("two", "");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("two b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"static { Chat.<RuntimeException>sneak(new InterruptedException(\"no\")); }",
    "{ Chat.<RuntimeException>sneak(new InterruptedException(\"no\")); }"})
  void anExceptionOfAnInitializer(String initializer) throws Exception {
    chat("one", "");
    try (Child child = run(); EchoClient client = new EchoClient(child.await("listening on "))) {
      save(text("two", "").replace("// more", initializer));
      child.awaitContaining("error: the app's ");
      assertThat(client.ask("a")).isEqualTo("one a");
      chat("two", "");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("two b");
    }
  }

  @Test
  void anInterruptOfItsThread() throws Exception {
    chat("one", "Thread.currentThread().interrupt();");
    try (Child child = run(); EchoClient client = new EchoClient(child.await("listening on "))) {
      chat("two", "Thread.currentThread().interrupt();");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("a")).isEqualTo("two a");
      chat("three", "Thread.currentThread().interrupt(); if (true) throw new RuntimeException(\"no\");");
      child.awaitContaining("Chat.java:6: error: define failed: ");
      chat("four", "");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("four b");
    }
  }

  @Test
  void oneThatDoesNotReturn() throws Exception {
    chat("one", "");
    try (Child child = run(); EchoClient client = new EchoClient(child.await("listening on "))) {
      chat("two", "try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) {}");
      child.awaitContaining("Chat.java:6: the app's define has not returned for 5 s");
      child.awaitContaining("the program from before runs on until this is mended");
      assertThat(client.ask("a")).isEqualTo("one a");
      assertThat(client.status()).contains("has not returned");
      chat("three", "");
      assertThat(child.await("Chat.java:6: the app's define ")).contains("is given up").doesNotContain("pinion-define");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("three b");
      assertThat(client.status()).doesNotContain("has not returned");
    }
  }

  @Test
  void oneThatNothingEnds() throws Exception {
    chat("one", "");
    try (Child child = run(); EchoClient client = new EchoClient(child.await("listening on "))) {
      chat("two", "while (!Thread.holdsLock(cloud)) java.util.concurrent.locks.LockSupport.parkNanos(1000000);");
      child.awaitContaining("has not returned for 5 s");
      chat("one", "");
      assertThat(child.await("Chat.java:6: the app's define ")).contains("goes on", "'pinion-define-");
      child.awaitContaining("mended: the program that runs is what the files say");
      chat("three", "");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("three b");
      child.signal("TERM");
      assertThat(child.end().out()).doesNotContain("internal error", "\tat ");
    }
  }

  private Child run() {
    return Child.merged(folder, "run", "Chat.java", "--port", "0");
  }

  private void chat(String answer, String first) throws IOException {
    save(text(answer, first));
  }

  private void save(String text) throws IOException {
    Path fresh = Files.writeString(folder.resolve("fresh"), text);
    Files.move(fresh, folder.resolve("Chat.java"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String text(String answer, String first) {
    return """
        import dev.pinion.*;

        class Chat implements App {
          // more
          public void define(Cloud cloud) {
            %s
            WebSocket chat = cloud.webSocket("chat").create();
            chat.onMessage((c, body) -> chat.sendMessage(c.id(), "%s " + body));
          }

          @SuppressWarnings("unchecked")
          static <E extends Throwable> void sneak(Throwable thrown) throws E {
            if (thrown != null) throw (E) thrown;
          }
        }
        """.formatted(first, answer);
  }
}
