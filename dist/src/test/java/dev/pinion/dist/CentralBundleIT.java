package dev.pinion.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// The bundle has what Maven Central requires of each artifact, but for the signatures.
final class CentralBundleIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final List<String> JARS = List.of(".jar", "-sources.jar", "-javadoc.jar");
  private static final List<String> POM = List.of(
      "<name>", "<description>", "<url>", "<licenses>", "<developers>", "<scm");

  private static final Pattern DEPENDENCY = Pattern.compile(
      "<dependency>\\s*(?:<!--.*?-->\\s*)?<groupId>dev\\.pinion</groupId>\\s*<artifactId>([^<]+)<.*?</dependency>",
      Pattern.DOTALL);

  private static final Map<String, byte[]> BUNDLE = new TreeMap<>();

  @BeforeAll
  static void readBundle() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      Path zip = files.filter(file -> file.getFileName().toString().matches("central-bundle-.*\\.zip"))
          .findFirst()
          .orElseThrow();
      try (ZipFile bundle = new ZipFile(zip.toFile())) {
        for (ZipEntry entry : Collections.list(bundle.entries())) {
          try (InputStream content = bundle.getInputStream(entry)) {
            BUNDLE.put(entry.getName(), content.readAllBytes());
          }
        }
      }
    }
  }

  private static Set<String> poms() {
    Set<String> poms = new TreeSet<>(BUNDLE.keySet());
    poms.removeIf(name -> !name.endsWith(".pom"));
    return poms;
  }

  private static String text(String name) {
    return new String(BUNDLE.getOrDefault(name, new byte[0]), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void everyJarHasItsSourcesAndItsJavadoc() {
    assertThat(poms()).hasSizeGreaterThan(10);
    for (String pom : poms()) {
      if (text(pom).contains("<packaging>pom</packaging>")) continue;
      String name = pom.replaceFirst("\\.pom$", "");
      assertThat(BUNDLE).containsKeys(JARS.stream().map(kind -> name + kind).toArray(String[]::new));
      JARS.forEach(kind -> assertThat(BUNDLE.get(name + kind)).as(name + kind).startsWith('P', 'K'));
    }
  }

  @Test
  void everyPomSaysWhatTheProjectIs() {
    String parent =
        text(poms().stream().filter(name -> name.matches("dev/pinion/pinion/.*")).findFirst().orElseThrow());
    assertThat(parent).contains(POM);
    for (String pom : poms()) {
      String text = text(pom);
      assertThat(text).as(pom).contains("<name>");
      if (!text.contains("<artifactId>pinion</artifactId>")) assertThat(text).as(pom).contains(POM);
    }
  }

  @Test
  void noPomNeedsWhatIsNotPublished() {
    Set<String> published = new TreeSet<>();
    poms().forEach(pom -> published.add(pom.split("/", -1)[2]));
    for (String pom : poms()) {
      Matcher dependency =
          DEPENDENCY.matcher(text(pom).replaceAll("(?s)<dependencyManagement>.*</dependencyManagement>", ""));
      while (dependency.find()) {
        if (dependency.group().contains("<scope>test</scope>")) continue;
        assertThat(published).as("%s uses it", pom).contains(dependency.group(1));
      }
    }
  }

  @Test
  void everyFileHasItsChecksums() throws NoSuchAlgorithmException {
    for (Map.Entry<String, byte[]> file : BUNDLE.entrySet()) {
      if (file.getKey().matches(".*\\.(md5|sha1|sha256|sha512)")) continue;
      assertThat(text(file.getKey() + ".md5")).isEqualTo(hash("MD5", file.getValue()));
      assertThat(text(file.getKey() + ".sha1")).isEqualTo(hash("SHA-1", file.getValue()));
    }
  }

  private static String hash(String algorithm, byte[] content) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
  }
}
