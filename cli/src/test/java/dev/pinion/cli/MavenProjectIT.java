package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// Maven projects, run by the packaged command: Pinion is in no repository, and yet they find it.
@Timeout(120)
@Tag("slow")
final class MavenProjectIT {
  private static final Path ROOT = SourceLimitsTest.root();

  @TempDir private Path folder = Path.of("");

  @Test
  void anExampleOfThisRepository() throws IOException, InterruptedException {
    assertRuns(ROOT, "examples/chat");
  }

  @Test
  void aUsersProjectThatNamesAnotherVersion() throws IOException, InterruptedException {
    project("1.2.3", Files.readString(ROOT.resolve("examples/chat/Chat.java")));
    assertRuns(folder, ".");
  }

  @Test
  void aSourceThatDoesNotCompile() throws IOException, InterruptedException {
    Path source = project("0.1.0-SNAPSHOT", "class Chat {\n  int number = \"text\";\n}\n");
    try (Child child = Child.packaged(folder, "run", ".")) {
      Ran ran = child.end();
      assertThat(ran.err()).isEqualTo("""
          compiling . with Maven
          error: Maven cannot compile the project in .
          %s:2: error: incompatible types: java.lang.String cannot be converted to int
          """.formatted(source.toRealPath()));
      assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    }
  }

  @Test
  void aPomThatIsNone() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("pom.xml"), "<project><nothing/></project>");
    try (Child child = Child.packaged(folder, "run", "pom.xml")) {
      Ran ran = child.end();
      assertThat(ran.err()).contains("Maven cannot compile the project", "Unrecognised tag: 'nothing'")
          .doesNotContain("WARNING", "[ERROR]", "\tat ");
      assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    }
  }

  @Test
  void aProjectOfModules() throws IOException, InterruptedException {
    project("1", "class Chat {}");
    Path pom = folder.resolve("pom.xml");
    Files.writeString(pom, Files.readString(pom).replace("<build>", "<packaging>pom</packaging><build>"));
    try (Child child = Child.packaged(folder, "run", ".")) {
      Ran ran = child.end();
      assertThat(ran.err()).contains("has no classes in target/classes", "run the one that contains the app");
      assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    }
  }

  private void assertRuns(Path from, String program) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    try (Child child = Child.packaged(from, "run", program, "--port", "0", "--data", data.toString())) {
      assertThat(child.await("listening on ")).matches("ws://localhost:\\d+/prod");
      child.signal("TERM");
      assertThat(child.end().code()).isEqualTo(128 + 15);
    }
  }

  private Path project(String version, String program) throws IOException {
    Files.writeString(folder.resolve("pom.xml"), """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId>
          <artifactId>chat</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>25</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencies>
            <dependency>
              <groupId>dev.pinion</groupId>
              <artifactId>pinion-core</artifactId>
              <version>%s</version>
            </dependency>
            <dependency>
              <groupId>dev.pinion</groupId>
              <artifactId>pinion-sim</artifactId>
              <version>%1$s</version>
              <scope>test</scope>
            </dependency>
          </dependencies>
          <build>
            <plugins>
              <plugin>
                <artifactId>maven-compiler-plugin</artifactId>
                <version>3.16.0</version>
              </plugin>
            </plugins>
          </build>
        </project>
        """.formatted(version));
    Path sources = Files.createDirectories(folder.resolve("src/main/java"));
    return Files.writeString(sources.resolve("Chat.java"), program);
  }
}
