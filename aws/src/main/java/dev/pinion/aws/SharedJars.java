package dev.pinion.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The libraries of a program beside those that Pinion's functions need. A function has one class path, so a library
 * that both have is there in one version, the newer one; the local run uses the same.
 *
 * @param jars the program's jars, each in the version that its functions get
 * @param notes what differs from what the program asks for, one line each
 * @param errors libraries that cannot be combined, and which version to choose, one line each
 */
public record SharedJars(List<Path> jars, List<String> notes, List<String> errors) {
  private static final Pattern NAME = Pattern.compile("(?<artifact>.+?)-(?<version>[0-9].*)\\.jar");
  private static final Pattern RELEASE = Pattern.compile("([0-9]+)\\.([0-9]+).*");

  public SharedJars {
    jars = List.copyOf(jars);
    notes = List.copyOf(notes);
    errors = List.copyOf(errors);
  }

  /** A library by Maven's coordinates. */
  private record Library(String group, String artifact, String version, Path jar) {
    String id() {
      return group + ":" + artifact;
    }
  }

  /** Returns the jars of a program with the versions that its functions get. */
  public static SharedJars of(Collection<Path> program, Collection<Path> functions) {
    if (program.isEmpty() || functions.isEmpty()) return new SharedJars(List.copyOf(program), List.of(), List.of());
    Map<String, Library> needed = new HashMap<>();
    Map<String, Path> names = new HashMap<>();
    functions.forEach(jar -> names.put(artifact(jar), jar));
    Map<Path, Library> own = new LinkedHashMap<>();
    for (Path jar : program) {
      library(jar).ifPresent(library -> own.put(jar, library));
    }
    TreeSet<String> groups = own.values().stream().map(Library::group).collect(Collectors.toCollection(TreeSet::new));
    names.forEach((artifact, jar) -> library(jar).filter(library -> groups.contains(library.group()))
        .ifPresent(library -> needed.put(library.id(), library)));
    return chosen(program, own, needed);
  }

  private static SharedJars chosen(Collection<Path> program, Map<Path, Library> own, Map<String, Library> needed) {
    List<Path> jars = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Path jar : program) {
      Library library = own.get(jar);
      Library other = library == null ? null : needed.get(library.id());
      if (library == null || other == null || Jars.compare(library.version(), other.version()) >= 0) {
        jars.add(jar);
        continue;
      }
      jars.add(other.jar());
      notes.add(
          "note: " + library.id() + " " + other.version() + " is used instead of " + library.version()
              + ", as Pinion's functions need it");
    }
    return new SharedJars(jars, notes, errors(own.values(), needed.values()));
  }

  /** Libraries of one group that were released together, and are wanted in different releases. */
  private static List<String> errors(Collection<Library> own, Collection<Library> needed) {
    List<String> errors = new ArrayList<>();
    Set<String> wanted = needed.stream().map(Library::id).collect(Collectors.toSet());
    TreeSet<String> shared = own.stream().filter(each -> wanted.contains(each.id())).map(Library::group)
        .collect(Collectors.toCollection(TreeSet::new));
    for (String group : shared) {
      Library mine = own.stream().filter(each -> each.group().equals(group)).findFirst().orElseThrow();
      Library theirs = needed.stream().filter(each -> each.group().equals(group)).findFirst().orElseThrow();
      if (release(mine.version()).equals(release(theirs.version())) || !mixed(group, own, needed)) continue;
      errors.add(
          "error: the program uses " + group + " " + mine.version() + ", and Pinion's functions use "
              + theirs.version() + "; a function has one class path, and these libraries work only in one version."
              + " Use " + theirs.version() + " for all libraries of " + group
              + ", in //DEPS or in dependencyManagement of the pom.xml");
    }
    return errors;
  }

  /** Whether a group has libraries that only one of both has, and which therefore keep their versions. */
  private static boolean mixed(String group, Collection<Library> own, Collection<Library> needed) {
    return !ids(group, own).equals(ids(group, needed));
  }

  private static TreeSet<String> ids(String group, Collection<Library> libraries) {
    return libraries.stream().filter(each -> each.group().equals(group)).map(Library::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String release(String version) {
    Matcher matcher = RELEASE.matcher(version);
    return matcher.matches() ? matcher.group(1) + "." + matcher.group(2) : version;
  }

  private static String artifact(Path jar) {
    String name = String.valueOf(jar.getFileName());
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? matcher.group("artifact") : name;
  }

  /** The library that a jar says it is; empty for a jar without Maven's description, or with several. */
  private static Optional<Library> library(Path jar) {
    Pattern description =
        Pattern.compile("META-INF/maven/([^/]+)/" + Pattern.quote(artifact(jar)) + "/pom\\.properties");
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Optional<? extends ZipEntry> found =
          zip.stream().filter(entry -> description.matcher(entry.getName()).matches()).findFirst();
      if (found.isEmpty()) return Optional.empty();
      Properties properties = new Properties();
      try (InputStream in = zip.getInputStream(found.get())) {
        properties.load(in);
      }
      Matcher group = description.matcher(found.get().getName());
      return group.matches() && properties.getProperty("version") != null
          ? Optional.of(new Library(group.group(1), artifact(jar), properties.getProperty("version"), jar))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar, e);
    }
  }
}
