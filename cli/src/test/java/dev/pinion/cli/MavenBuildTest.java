package dev.pinion.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What is read of the lines that the extension of Maven has recorded.
final class MavenBuildTest {
  /** Plugins of a new project whose phases come after the one that compiles. */
  private static final Set<String> LATER = Set.of("maven-surefire-plugin", "maven-jar-plugin");
  private static final List<String> MODULE = List.of(
      "goal\t/p/app\tmaven-resources-plugin:resources", "goal\t/p/app\tmaven-compiler-plugin:compile",
      "pom\t/p/app\t/p/app/pom.xml", "output\t/p/app\t/p/app/target/classes",
      "generated\t/p/app\t/p/app/target/generated", "source\t/p/app\t/p/app/src/main/java",
      "source\t/p/app\t/p/app/target/generated", "path\t/p/app\t/p/app/target/classes", "path\t/p/app\t/lib/a.jar",
      "option\t/p/app\t-Xlint", "option\t/p/app\t-Xlint", "resources\t/p/app\t/p/app/src/main/resources");

  @Test
  void aModule() {
    MavenBuild build = MavenBuild.of(MODULE);
    assertThat(build.doubt()).isEmpty();
    assertThat(build.poms()).containsExactly(Path.of("/p/app/pom.xml"));
    MavenBuild.Module module = build.modules().getFirst();
    assertThat(module.roots()).containsExactly(Path.of("/p/app/src/main/java"));
    assertThat(module.classPath()).containsExactly(Path.of("/lib/a.jar"));
    assertThat(module.options()).containsExactly("-Xlint", "-Xlint");
    assertThat(module.resources()).containsExactly(Path.of("/p/app/src/main/resources"));
    assertThat(module.processed()).isFalse();
  }

  @Test
  void processorsWriteWhereMavenLetsThem() {
    MavenBuild.Module module = with("processed\t/p/app\ttrue").modules().getFirst();
    assertThat(module.processed()).isTrue();
    assertThat(module.options()).endsWith("-s", "/p/app/target/generated");
  }

  @Test
  void whatIsNotSure() {
    assertThat(MavenBuild.of(List.of()).doubt()).contains("it is not known how Maven compiles the project");
    assertThat(with("goal\t/p/app\tkotlin-maven-plugin:compile").doubt())
        .contains("the project runs kotlin-maven-plugin:compile");
    assertThat(with("unsure\t/p/app\tthe compiler is ecj").doubt()).contains("the compiler is ecj");
    assertThat(with("option\t/p/app\t-Xplugin:ErrorProne").doubt()).contains("javac has -Xplugin:ErrorProne");
    assertThat(with("output\t/p/app\t/p/app/target/classes").doubt())
        .contains("maven-compiler-plugin compiles several times");
  }

  @Test
  void aNewProjectIsCompiledHere() throws IOException {
    String pom;
    try (InputStream in = MavenBuild.class.getResourceAsStream("new/common/pom.xml")) {
      pom = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> plugins = Pattern.compile("<plugin>.*?<artifactId>(.*?)</artifactId>", Pattern.DOTALL).matcher(pom)
        .results().map(each -> each.group(1)).filter(each -> !LATER.contains(each)).toList();
    assertThat(plugins).contains("maven-toolchains-plugin");
    assertThat(with(plugins.stream().map(each -> "goal\t/p/app\t" + each + ":goal").toArray(String[]::new)).doubt())
        .isEmpty();
  }

  @Test
  void modulesThatTheProgramDoesNotUseDoNotCount() {
    MavenBuild build = with("output\t/p/tests\t/p/tests/target/classes", "unsure\t/p/tests\tno matter");
    assertThat(build.doubt()).contains("no matter");
    assertThat(build.limitedTo(Set.of(Path.of("/p/app/target/classes"))).doubt()).isEmpty();
  }

  private static MavenBuild with(String... more) {
    return MavenBuild.of(Stream.concat(MODULE.stream(), Stream.of(more)).toList());
  }
}
