package dev.pinion.awscdk;

import dev.pinion.App;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/// What of a class path functions get.
final class ClassPathTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void cdkAndPinionsToolsAreLeftOut() throws IOException, ClassNotFoundException {
    Path library = jar("lib.jar", "org/example/Library.class", "");
    Path core = jar("pinion-core.jar", "dev/pinion/App.class", "");
    Path lambda = jar("pinion-lambda.jar", "dev/pinion/lambda/Function.class", "");
    Path cdk = jar("aws-cdk-lib.jar", "software/amazon/awscdk/App.class", "");
    Path constructs = jar("constructs.jar", "software/constructs/Construct.class", "");
    Path aws = jar("pinion-aws.jar", "dev/pinion/aws/Plan.class", "");
    Path stacks = jar("stacks.jar", "org/example/ChatStack.class", "software/amazon/awscdk/Stack");
    Path home = Program.example("Echo").folder();
    ClassPath read =
        read("Echo", home, library, core, lambda, cdk, constructs, aws, stacks, folder.resolve("missing.jar"));
    assertThat(read.shipped()).containsExactly(home, library, core, lambda);
    assertThat(read.program()).containsExactly(home, library);
    assertThat(read.own()).containsExactly("Echo");
  }

  @Test
  void whatComesWithCdkIsShippedIfTheAppUsesIt() throws IOException, ClassNotFoundException {
    Path home = Program.example("Echo").folder();
    Path core = jar("jackson-core.jar", "com/fasterxml/jackson/core/JsonParser.class", "");
    Path databind = jar(
        "jackson-databind.jar", "com/fasterxml/jackson/databind/ObjectMapper.class",
        "com/fasterxml/jackson/core/JsonParser");
    Path dates = jar("jackson-dates.jar", "com/fasterxml/jackson/datatype/jsr310/Module.class", "");
    Path user = jar("user.jar", "org/example/User.class", "Lcom/fasterxml/jackson/databind/ObjectMapper;");
    assertThat(read("Echo", home, core, databind, dates).shipped()).containsExactly(home);
    assertThat(read("Echo", home, core, databind, dates, user).shipped()).containsExactly(home, user, databind, core);
  }

  @Test
  void aJarOfTheAppHasTheFilesOfItsClassFolder() throws IOException {
    byte[] file = Files.readAllBytes(Program.example("Echo").folder().resolve("Echo.class"));
    Path jar = folder.resolve("echo.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar), new Manifest())) {
      for (String name : List.of("META-INF/maven/a/pom.xml", "Echo.class")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(file);
      }
    }
    assertThat(Entry.of(jar).files()).containsOnlyKeys("Echo.class").containsEntry("Echo.class", file);
  }

  @Test
  void theManifestOfAThinJarNamesMoreOfTheClassPath() throws IOException, ClassNotFoundException {
    Path library = jar("lib/library.jar", "org/example/Library.class", "");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "lib/library.jar lib/missing.jar");
    Path thin = folder.resolve("thin.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(thin), manifest)) {
      out.putNextEntry(new ZipEntry("Echo.class"));
      out.write(Files.readAllBytes(Program.example("Echo").folder().resolve("Echo.class")));
    }
    assertThat(read("Echo", thin).shipped()).containsExactly(thin, library);
  }

  @Test
  void aJarThatIsOlderThanItsSourcesIsWarnedOf() throws IOException {
    Path jar = jar("repository/chat-1.0.jar", "Chat.class", "");
    Path source = Files.createDirectories(folder.resolve("work/chat/src/main/java")).resolve("Chat.java");
    Files.writeString(source, "class Chat {}");
    Files.writeString(folder.resolve("work/chat/pom.xml"),
        "<project><parent><artifactId>all</artifactId></parent><artifactId>chat</artifactId></project>");
    Path deployment = Files.createDirectories(folder.resolve("work/deployment"));
    Files.setLastModifiedTime(jar, FileTime.fromMillis(2000));
    Files.setLastModifiedTime(source, FileTime.fromMillis(1000));
    assertThat(StaleJar.warning(jar, deployment)).isEmpty();
    Files.setLastModifiedTime(source, FileTime.fromMillis(3000));
    assertThat(StaleJar.warning(jar, deployment)).hasValueSatisfying(
        warning -> assertThat(warning).contains("chat-1.0.jar, which is older than", "Chat.java"));
    assertThat(StaleJar.warning(jar("repository/other-1.0.jar", "Other.class", ""), deployment)).isEmpty();
  }

  private static ClassPath read(String app, Path... entries) throws IOException, ClassNotFoundException {
    URL[] urls = Stream.of(entries).map(ClassPath::url).toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(urls, App.class.getClassLoader())) {
      return ClassPath.of(Class.forName(app, false, loader).asSubclass(App.class));
    }
  }

  private Path jar(String name, String entry, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(requireNonNull(file.getParent()));
    try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new ZipEntry(entry));
      jar.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
