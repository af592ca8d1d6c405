package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// Maven projects that are saved while the packaged command runs them.
@Timeout(300)
@Tag("slow")
final class MavenReloadIT {
  private static final String CORE = dependency("dev.pinion", "pinion-core", "1");

  @TempDir private Path folder = Path.of("");

  @Test
  void sourcesResourcesAndTheProjectFile() throws Exception {
    write("pom.xml", pom("chat", "", "", CORE));
    write("src/main/java/app/Chat.java", chat("Words.of(body)"));
    write("src/main/java/app/Words.java", words("\"one \" + body"));
    write("src/main/resources/app/word.txt", "resource");
    try (Child child = run("."); EchoClient client = new EchoClient(child.await("listening on "))) {
      assertThat(client.ask("a")).isEqualTo("one a");
      write("src/main/java/app/Words.java", words("\"two \" + body"));
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("two b");
      write("src/main/java/app/Words.java", words("1"));
      child.awaitContaining("Words.java:5: error: incompatible types");
      assertThat(client.ask("c")).isEqualTo("two c");
      write("src/main/java/app/Words.java", words("word() + body"));
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("d")).isEqualTo("resourced");
      write("src/main/resources/app/word.txt", "changed");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("e")).isEqualTo("changede");
      write("pom.xml", pom("chat", "", "<properties><pinion.test>1</pinion.test></properties>", CORE));
      child.awaitContaining("compiling . with Maven");
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("f")).isEqualTo("changedf");
      child.signal("TERM");
      Ran ran = child.end();
      assertThat(ran.code()).isEqualTo(128 + 15);
      assertThat(ran.out()).doesNotContain("Maven");
    }
  }

  @Test
  void aClassWhoseSourceIsGoneIsGone() throws Exception {
    write("pom.xml", pom("chat", "", "", CORE));
    write("src/main/java/app/Chat.java", chat("Words.of(body)"));
    write("src/main/java/app/Words.java", words("\"one \" + body"));
    try (Child child = run("."); EchoClient client = new EchoClient(child.await("listening on "))) {
      write("src/main/java/app/Words.java", words("\"two \" + body"));
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("a")).isEqualTo("two a");
      Files.delete(folder.resolve("src/main/java/app/Chat.java"));
      child.awaitContaining("the program from before runs on");
      assertThat(client.ask("b")).isEqualTo("two b");
      write("src/main/java/app/Talk.java", chat("Words.of(body) + '!'").replace("class Chat", "class Talk"));
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("c")).isEqualTo("two c!");
    }
  }

  @Test
  void aModuleThatTheAppUses() throws Exception {
    String modules = "<modules><module>words</module><module>app</module></modules>";
    write("pom.xml", pom("all", "<packaging>pom</packaging>", modules, ""));
    write("words/pom.xml", pom("words", "", "", CORE));
    write("words/src/main/java/app/Words.java", words("\"one \" + body"));
    write("app/pom.xml", pom("app", "", "", CORE + dependency("org.example", "words", "1")));
    write("app/src/main/java/app/Chat.java", chat("Words.of(body).strip()"));
    try (Child child = run("app"); EchoClient client = new EchoClient(child.await("listening on "))) {
      assertThat(client.ask("a")).isEqualTo("one a");
      write("words/src/main/java/app/Words.java", words("\"two \" + body"));
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("b")).isEqualTo("two b");
      write("words/src/main/java/app/Words.java", words("\"three \" + body").replace("String of", "Object of"));
      child.awaitContaining("Chat.java:8: error: ");
      assertThat(client.ask("c")).isEqualTo("two c");
      write("app/src/main/java/app/Chat.java", chat("Words.of(body).toString()"));
      child.awaitContaining("reloaded in ");
      assertThat(client.ask("d")).isEqualTo("three d");
    }
  }

  private static String dependency(String group, String artifact, String version) {
    return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
        .formatted(group, artifact, version);
  }

  private static String pom(String artifact, String packaging, String more, String dependencies) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId>
          <artifactId>%s</artifactId>
          <version>1</version>
          %s
          %s
          <dependencies>%s</dependencies>
          <build>
            <plugins>
              <plugin>
                <artifactId>maven-compiler-plugin</artifactId>
                <version>3.16.0</version>
                <configuration><release>25</release><encoding>UTF-8</encoding></configuration>
              </plugin>
            </plugins>
          </build>
        </project>
        """.formatted(artifact, packaging, more, dependencies);
  }

  private static String chat(String answer) {
    return """
        package app;

        import dev.pinion.*;

        public class Chat implements App {
          public void define(Cloud cloud) {
            WebSocket chat = cloud.webSocket("chat").create();
            chat.onMessage((c, body) -> chat.sendMessage(c.id(), %s));
          }
        }
        """.formatted(answer);
  }

  private static String words(String answer) {
    return """
        package app;

        public class Words {
          public static String of(String body) {
            return %s;
          }

          static String word() {
            try (var in = Words.class.getResourceAsStream("word.txt")) {
              return new String(in.readAllBytes());
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
        }
        """.formatted(answer);
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Child run(String program) {
    return Child.packagedMerged(folder, "run", program, "--port", "0", "--data", folder.resolve("data").toString());
  }
}
