package dev.pinion.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The jars of a function. Lambda has one class path, so only the newest version of each library is kept. Different
 * libraries with the same file name get different names.
 */
final class Jars {
  private static final Pattern NAME = Pattern.compile("(?<artifact>.+?)-(?<version>[0-9].*)\\.jar");

  private final SortedMap<String, List<Jar>> byArtifact = new TreeMap<>();

  /** A jar of a library, and Maven's group and artifact, as the jar itself has them. */
  private static final class Jar {
    final String name;
    final String artifact;
    final String version;
    final byte[] bytes;
    final Path file;

    Jar(Path file) throws IOException {
      this.file = file;
      name = String.valueOf(file.getFileName());
      Matcher matcher = NAME.matcher(name);
      boolean versioned = matcher.matches();
      artifact = versioned ? matcher.group("artifact") : name;
      version = versioned ? matcher.group("version") : "";
      bytes = Files.readAllBytes(file);
    }

    boolean same(Jar other) {
      return Arrays.equals(bytes, other.bytes);
    }

    /** The version in Maven's description inside the jar. */
    Optional<String> declaredVersion() {
      Pattern description = Pattern.compile("META-INF/maven/[^/]+/" + Pattern.quote(artifact) + "/pom\\.properties");
      try (ZipFile zip = new ZipFile(file.toFile())) {
        Optional<? extends ZipEntry> entry =
            zip.stream().filter(each -> description.matcher(each.getName()).matches()).findFirst();
        if (entry.isEmpty()) return Optional.empty();
        Properties properties = new Properties();
        try (InputStream in = zip.getInputStream(entry.get())) {
          properties.load(in);
        }
        return Optional.ofNullable(properties.getProperty("version"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The names of its class files, without those of modules, which many jars have. */
    Set<String> classes() {
      try (ZipFile zip = new ZipFile(file.toFile())) {
        return zip.stream()
            .map(ZipEntry::getName)
            .filter(entry -> entry.endsWith(".class") && !entry.endsWith("module-info.class"))
            .collect(Collectors.toSet());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Optional<String> coordinate() {
      Pattern properties = Pattern.compile("META-INF/maven/([^/]+)/" + Pattern.quote(artifact) + "/pom\\.properties");
      try (ZipFile zip = new ZipFile(file.toFile())) {
        return zip.stream()
            .map(entry -> properties.matcher(entry.getName()))
            .filter(Matcher::matches)
            .map(found -> found.group(1) + ":" + artifact)
            .findFirst();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  void add(Path file) {
    try {
      Jar jar = new Jar(file);
      List<Jar> others = byArtifact.computeIfAbsent(jar.artifact, _ -> new ArrayList<>());
      if (others.stream().noneMatch(jar::same)) others.add(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jars to ship, by file name. */
  SortedMap<String, byte[]> chosen() {
    SortedMap<String, byte[]> chosen = new TreeMap<>();
    for (List<Jar> jars : byArtifact.values()) {
      for (Jar jar : oneLibrary(jars) ? List.of(newest(jars)) : jars) {
        chosen.put(chosen.containsKey(jar.name) ? another(jar, chosen) : jar.name, jar.bytes);
      }
    }
    return chosen;
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (List<Jar> jars : byArtifact.values()) {
      if (jars.size() > 1 && oneLibrary(jars)) {
        String newest = newest(jars).name;
        warnings.add(
            "warning: the functions get " + newest + ", and not "
                + String.join(", ", jars.stream().map(jar -> jar.name).filter(name -> !name.equals(newest)).toList())
                + ": of one library they can have one version only");
      }
    }
    return warnings;
  }

  /**
   * Whether jars of one artifact name are one library in several versions: by Maven's coordinates, or by their classes
   * where a jar has none. Jars of one version are not, such as those with native code for several systems.
   */
  private static boolean oneLibrary(List<Jar> jars) {
    if (jars.size() < 2) return false;
    if (jars.stream().anyMatch(jar -> jar.coordinate().isEmpty())) return shareClasses(jars);
    boolean oneVersion = jars.stream().map(Jar::declaredVersion).distinct().count() == 1
        && jars.getFirst().declaredVersion().isPresent();
    return !oneVersion && jars.stream().map(Jar::coordinate).distinct().count() == 1;
  }

  private static boolean shareClasses(List<Jar> jars) {
    Set<String> seen = new HashSet<>();
    return jars.stream().flatMap(jar -> jar.classes().stream()).anyMatch(name -> !seen.add(name));
  }

  private static Jar newest(List<Jar> jars) {
    return jars.stream().max(Comparator.comparing(jar -> jar.version, Jars::compare)).orElseThrow();
  }

  private static String another(Jar jar, SortedMap<String, byte[]> taken) {
    String start = jar.name.substring(0, jar.name.length() - ".jar".length());
    int number = 2;
    while (taken.containsKey(start + "-" + number + ".jar")) {
      number++;
    }
    return start + "-" + number + ".jar";
  }

  /** By Maven's order as far as versions are numbers; a qualifier comes before the version without it. */
  static int compare(String one, String other) {
    String[] left = one.split("[.-]", -1);
    String[] right = other.split("[.-]", -1);
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      int order = comparePart(i < left.length ? left[i] : "", i < right.length ? right[i] : "");
      if (order != 0) return order;
    }
    return 0;
  }

  private static int comparePart(String one, String other) {
    return Comparator.comparingInt(Jars::rank)
        .thenComparingInt(part -> rank(part) == 2 ? part.replaceFirst("^0+(?=.)", "").length() : 0)
        .thenComparing(part -> part.replaceFirst("^0+(?=.)", ""))
        .compare(one, other);
  }

  /** A qualifier, nothing, a number: in this order. */
  private static int rank(String part) {
    if (part.isEmpty()) return 1;
    return part.chars().allMatch(Character::isDigit) ? 2 : 0;
  }
}
