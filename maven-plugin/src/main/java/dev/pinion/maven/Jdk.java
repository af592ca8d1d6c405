package dev.pinion.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/** The JDK for the command: the build's toolchain, Maven's own Java, or one in a usual place. */
final class Jdk {
  private static final int OLDEST = 25;
  private static final List<String> USUAL = List.of(
      "/usr/lib/jvm", "/opt", "/opt/java", "~/.sdkman/candidates/java", "~/.jdks", "~/.local/share/mise/installs/java",
      "/Library/Java/JavaVirtualMachines", "/opt/homebrew/opt");
  private static final List<String> WITHIN = List.of("", "Contents/Home", "libexec/openjdk.jdk/Contents/Home");

  private final ToolchainManager toolchains;
  private final MavenSession session;

  Jdk(ToolchainManager toolchains, MavenSession session) {
    this.toolchains = toolchains;
    this.session = session;
  }

  /**
   * Returns the executable file {@code java} of a JDK 25 or newer.
   *
   * @throws MojoFailureException if there is none
   */
  File java() throws MojoFailureException {
    List<Path> homes = new ArrayList<>();
    toolchain().ifPresent(homes::add);
    Stream.of(System.getenv("PINION_JAVA_HOME"), System.getProperty("java.home"), System.getenv("JAVA_HOME"))
        .filter(each -> each != null && !each.isEmpty())
        .map(Path::of)
        .forEach(homes::add);
    for (String place : USUAL) {
      homes.addAll(below(Path.of(place.replaceFirst("^~", System.getProperty("user.home")))));
    }
    return homes.stream()
        .filter(Jdk::fits)
        .map(home -> home.resolve("bin/java").toFile())
        .findFirst()
        .orElseThrow(() -> new MojoFailureException(
            "needs a JDK " + OLDEST + " or newer, including the compiler: install one, such as Eclipse Temurin "
                + OLDEST + ", or set JAVA_HOME to its folder"));
  }

  private Optional<Path> toolchain() {
    @Nullable Toolchain chosen = toolchains.getToolchainFromBuildContext("jdk", session);
    if (chosen == null) return Optional.empty();
    @Nullable String java = chosen.findTool("java");
    return Optional.ofNullable(java).map(Path::of).map(Path::getParent).map(Path::getParent);
  }

  private static List<Path> below(Path folder) {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> homes = new ArrayList<>();
      all.sorted().forEach(each -> WITHIN.forEach(part -> homes.add(each.resolve(part))));
      return homes;
    } catch (IOException notReadable) {
      return List.of();
    }
  }

  private static boolean fits(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(release)) return false;
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(release)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException notReadable) {
      return false;
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "").replaceFirst("[^0-9].*", "");
    return !version.isEmpty() && Integer.parseInt(version) >= OLDEST;
  }
}
