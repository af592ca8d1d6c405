package dev.pinion.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// The script `pinion`, in a checkout whose Maven and Javas are scripts that write down their calls.
@Timeout(60)
final class LauncherTest {
  private static final String MAVEN = """
      #!/bin/sh
      echo "$*" >>maven
      [ ! -p gate ] || read -r answer <gate
      [ "${answer:-}" != fail ] || { echo "[ERROR] no network"; exit 1; }
      mkdir -p cli/target/command/lib
      : >cli/target/command/lib/pinion.jar
      echo old >cli/target/command/lib/picocli-1.jar
      """;
  private static final String JAVA = """
      #!/bin/sh
      echo "$*" >>java
      for each; do
        case $each in
          -XX:AOTCacheOutput=*) echo cache >"${each#*=}"; echo "data in here"; exit ;;
          *picocli-1.jar.new) [ ! -f broken ] || exit 1; echo new >"$each" ;;
        esac
      done
      echo "java $*"
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void makeCheckout() throws IOException {
    Files.createDirectories(folder.resolve("jdks"));
    Path real = SourceLimitsTest.root().resolve("pinion");
    script("pinion", Files.readString(real).replace(" /usr/lib/jvm/", " " + folder.resolve("jdks") + "/"));
    script("bin/mvn", MAVEN);
    write("cli/src/main/training/Training.java", "");
    write("cli/src/main/java/Main.java", "");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("pinion"));
  }

  @Test
  void theFirstRunBuildsAndSaysSo() throws IOException, InterruptedException {
    jdk("25", "javac");
    Ran first = run("--port", "0");
    assertThat(first.out()).contains("pinion: building (first run) ...\n")
        .containsPattern("pinion: built in [0-9]+ s\njava ")
        .endsWith(" dev.pinion.cli.PinionCommand --port 0\n");
    assertThat(maven()).singleElement().asString().contains("-Pcommand").contains("-pl cli,lambda -am package");
    assertThat(run().out()).startsWith("java ").contains("-XX:AOTCache=").endsWith(" dev.pinion.cli.PinionCommand\n");
    assertThat(maven()).hasSize(1);
  }

  @Test
  void aCheckoutThatWasMovedIsPreparedAnew() throws IOException, InterruptedException {
    jdk("25", "javac");
    run();
    Path moved = Files.createDirectories(folder.resolve("moved " + "x".repeat(240)));
    for (String each : List.of("pinion", "cli")) Files.move(folder.resolve(each), moved.resolve(each));
    Files.delete(folder.resolve("link"));
    Files.createSymbolicLink(folder.resolve("link"), moved.resolve("pinion"));
    assertThat(run().out()).startsWith("pinion: preparing fast starts").contains("-XX:AOTCache=" + moved);
    assertThat(run().out()).startsWith("java ");
  }

  @Test
  void aReleaseRunsFromItsFolderAndIsPreparedInTheUsersCache() throws IOException, InterruptedException {
    jdk("25", "javac");
    Path home = folder.resolve("opt/pinion 1");
    write("opt/pinion 1/lib/pinion.jar", "");
    write("opt/pinion 1/lib/training/Training.java", "");
    script("opt/pinion 1/bin/pinion", Files.readString(folder.resolve("pinion")));
    Files.delete(folder.resolve("link"));
    Files.createSymbolicLink(folder.resolve("link"), home.resolve("bin/pinion"));
    String cache = "XDG_CACHE_HOME=" + folder.resolve("cache");
    Ran first = run(cache);
    assertThat(first.out()).contains("pinion: preparing fast starts with Java x")
        .contains("-Dpinion.home=" + home + " ", "-Dpinion.function=" + home + "/function ");
    assertThat(folder.resolve("cache/pinion/command")).isDirectoryContaining("glob:**.aot");
    assertThat(run(cache).out()).startsWith("java ").contains("-XX:AOTCache=");
    Files.setLastModifiedTime(home.resolve("lib"), FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run(cache).out()).startsWith("pinion: preparing");
    assertThat(folder.resolve("maven")).doesNotExist();
  }

  @Test
  void aJarOfOldClassesIsMadeNewer() throws IOException, InterruptedException {
    jdk("25", "javac");
    run();
    assertThat(folder.resolve("cli/target/command/lib/picocli-1.jar")).hasContent("new");
  }

  @Test
  void aJarThatCannotBeMadeNewerIsKept() throws IOException, InterruptedException {
    jdk("25", "javac");
    write("broken", "");
    assertThat(run("--port", "0").out()).endsWith(" dev.pinion.cli.PinionCommand --port 0\n");
    assertThat(folder.resolve("cli/target/command/lib/picocli-1.jar")).hasContent("old");
  }

  @Test
  void changedSourcesAreBuiltAnew() throws IOException, InterruptedException {
    jdk("25", "javac");
    run();
    Files.setLastModifiedTime(folder.resolve("cli/src/main/java/Main.java"),
        FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run().out()).contains("pinion: building (its sources have changed) ...");
    assertThat(maven()).hasSize(2);
  }

  @Test
  void twoFirstRunsBuildOnce() throws IOException, InterruptedException {
    jdk("25", "javac");
    gate();
    try (Child one = start("one")) {
      one.await("pinion: building");
      try (Child two = start("two")) {
        assertThat(two.await("pinion: waiting for process ")).startsWith(one.pid() + ", which is building Pinion");
        answer("go on");
        assertThat(one.end().out()).endsWith(" one\n");
        assertThat(two.end().out()).startsWith("java ").endsWith(" two\n");
      }
    }
    assertThat(maven()).hasSize(1);
    assertThat(locks()).isEmpty();
  }

  @Test
  void theLockOfARunThatDiedIsTakenOver() throws IOException, InterruptedException {
    jdk("25", "javac");
    gate();
    try (Child one = start("one")) {
      one.await("pinion: building");
      try (Writer gate = Files.newBufferedWriter(folder.resolve("gate"))) { // opens once Maven waits
        one.signal("KILL");
        assertThat(one.end().code()).isEqualTo(128 + 9);
        gate.write("go on\n");
      }
    }
    assertThat(locks()).hasSize(1);
    Files.delete(folder.resolve("gate"));
    assertThat(run("two").out()).startsWith("pinion: building").endsWith(" two\n");
    assertThat(locks()).isEmpty();
  }

  @Test
  void aRunThatIsEndedEndsMavenAndItsLock() throws IOException, InterruptedException {
    jdk("25", "javac");
    gate();
    try (Child one = start("one")) {
      one.await("pinion: building");
      one.signal("TERM");
      assertThat(one.end().code()).isEqualTo(128 + 15);
    }
    assertThat(locks()).isEmpty();
  }

  @Test
  void aBuildThatFailsIsShownAndTriedAgain() throws IOException, InterruptedException {
    jdk("25", "javac");
    gate();
    try (Child one = start("one")) {
      one.await("pinion: building");
      answer("fail");
      Ran ran = one.end();
      assertThat(ran.out()).isEqualTo("[ERROR] no network\npinion: build failed; see Maven's output above\n");
      assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    }
    Files.delete(folder.resolve("gate"));
    assertThat(run("two").out()).contains("(first run)").endsWith(" two\n");
  }

  @Test
  void javasOptionsArePassedOn() throws IOException, InterruptedException {
    jdk("25", "javac");
    assertThat(run("PINION_JAVA_OPTS=-Xmx100m -Da=b", "x").out())
        .containsPattern("(?s)-Xmx100m -Da=b .*PinionCommand x\n");
  }

  @Test
  void theJvmOfAnAppThatIsDebuggedHasTheAgentAndNoCache() throws IOException, InterruptedException {
    jdk("25", "javac");
    run();
    String agent = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=";
    assertThat(run("run", "x").out()).contains("-XX:AOTCache=").doesNotContain("jdwp");
    assertThat(run("run", "x", "--debug").out())
        .containsPattern("^java .* dev.pinion.cli.DebugPort 5005\njava ")
        .contains(agent + "n,address=127.0.0.1:5005 -Dpinion.debug=true ")
        .doesNotContain(" -XX:AOTCache=")
        .endsWith(" dev.pinion.cli.PinionCommand run x --debug\n");
    assertThat(run("run", "--debug=0", "--suspend", "x").out()).contains(agent + "y,address=127.0.0.1:0 ");
    assertThat(run("run", "--debug=five", "x").out()).doesNotContain("jdwp");
    assertThat(run("explain", "--debug", "x").out()).doesNotContain("jdwp");
  }

  @Test
  void whatIsNoJdkIsNamed() throws IOException, InterruptedException {
    Path old = jdk("17", "javac");
    Path jre = jdk("25", "keytool");
    Ran ran = run("JAVA_HOME=" + old, "x");
    assertThat(ran.out())
        .startsWith("pinion: needs a JDK 25 or newer, including the compiler. Found on this machine:\n")
        .contains("\n  Java 17, in " + old, "\n  Java 25, a JRE without a compiler, in " + jre)
        .contains("install one, such as Eclipse Temurin 25");
    assertThat(ran.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    Ran told = run("PINION_JAVA_HOME=" + jre, "x");
    assertThat(told.out()).contains("PINION_JAVA_HOME must be the folder of a JDK 25 or newer, but is " + jre)
        .contains("Java 25, a JRE without a compiler");
    assertThat(told.code()).isEqualTo(PinionCommand.USER_MISTAKE);
    assertThat(folder.resolve("maven")).doesNotExist();
  }

  private Path jdk(String version, String tool) throws IOException {
    Path home = folder.resolve("jdks/" + version + tool);
    write("jdks/" + version + tool + "/release", "JAVA_VERSION=\"" + version + ".0.1\"\nJAVA_RUNTIME_VERSION=\"x\"\n");
    script("jdks/" + version + tool + "/bin/java", JAVA);
    script("jdks/" + version + tool + "/bin/" + tool, "");
    return home;
  }

  /// Maven waits for an answer from now on.
  private void gate() throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", folder.resolve("gate").toString()).start().waitFor()).isZero();
  }

  private void answer(String text) throws IOException {
    Files.writeString(folder.resolve("gate"), text + "\n");
  }

  private List<String> maven() throws IOException {
    return Files.readAllLines(folder.resolve("maven"));
  }

  private List<Path> locks() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cli/target"))) {
      return files.filter(file -> String.valueOf(file.getFileName()).startsWith("building")).toList();
    }
  }

  private Ran run(String... arguments) throws IOException, InterruptedException {
    try (Child child = start(arguments)) {
      return child.end();
    }
  }

  /// The script, through a link, with its errors among its output. Arguments such as `A=b` before others are its
  /// environment.
  private Child start(String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", "-i", "PATH=" + folder.resolve("bin") + ":/usr/bin:/bin"));
    List<String> environment = Stream.of(arguments).takeWhile(each -> each.contains("=")).toList();
    command.addAll(environment);
    command.addAll(List.of("sh", "-c", "exec \"$@\" 2>&1", "sh", folder.resolve("link").toString()));
    command.addAll(List.of(arguments).subList(environment.size(), arguments.length));
    return Child.start(command, folder, Map.of());
  }

  private void script(String name, String text) throws IOException {
    write(name, text);
    assertThat(folder.resolve(name).toFile().setExecutable(true)).isTrue();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
