package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// The project that a module is part of.
final class MavenModulesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theOutermostProjectThatHasTheModule() throws IOException {
    pom(folder, "services/pom.xml");
    pom(folder.resolve("services"), "chat");
    pom(folder.resolve("services/chat"));
    pom(folder.resolve("services/alone"));
    assertThat(MavenModules.root(folder.resolve("services/chat"))).isEqualTo(folder);
    assertThat(MavenModules.root(folder.resolve("services/alone"))).isEqualTo(folder.resolve("services/alone"));
    assertThat(MavenModules.root(folder)).isEqualTo(folder);
  }

  @Test
  void aModuleThatUsesNoOtherOneIsBuiltAlone() throws IOException {
    String head = "<project><artifactId>%s</artifactId>";
    String uses = "<dependencies><dependency><groupId>%s</groupId><artifactId>domain</artifactId></dependency>"
        + "</dependencies></project>";
    write("pom.xml",
        "<project><artifactId>all</artifactId><modules><module>domain</module><module>app</module></modules>"
            + "</project>");
    write("domain/pom.xml", head.formatted("domain") + "</project>");
    write("app/pom.xml", head.formatted("app") + "</project>");
    assertThat(MavenModules.usesModules(folder, folder.resolve("app"))).isFalse();
    write("app/pom.xml", head.formatted("app") + uses.formatted("dev.pinion"));
    assertThat(MavenModules.usesModules(folder, folder.resolve("app"))).isFalse();
    write("app/pom.xml", head.formatted("app") + uses.formatted("org.example"));
    assertThat(MavenModules.usesModules(folder, folder.resolve("app"))).isTrue();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolve("..").normalize());
    Files.writeString(file, text);
  }

  @Test
  void aFileThatIsNoXmlListsNothing() throws IOException {
    Files.writeString(folder.resolve("pom.xml"), "<project><modules>");
    assertThat(MavenModules.of(folder)).isEmpty();
  }

  private static void pom(Path folder, String... modules) throws IOException {
    Files.createDirectories(folder);
    StringBuilder text = new StringBuilder("<project><modules>\n");
    for (String module : modules) {
      text.append("<module> ").append(module).append(" </module>\n");
    }
    Files.writeString(folder.resolve("pom.xml"), text + "</modules></project>");
  }
}
