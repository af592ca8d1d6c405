package dev.pinion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How Maven compiles a project, from what the command's extension of Maven has recorded.
 *
 * @param modules the modules, in the order in which Maven compiles them
 */
record MavenBuild(List<Module> modules) {
  /** Plugins that change neither the classes nor the resources of a module, or that are known here. */
  private static final Set<String> KNOWN = Set.of("maven-compiler-plugin", "maven-resources-plugin",
      "maven-dependency-plugin", "maven-enforcer-plugin", "maven-clean-plugin", "build-helper-maven-plugin",
      "flatten-maven-plugin", "jacoco-maven-plugin", "spotless-maven-plugin", "maven-checkstyle-plugin",
      "maven-toolchains-plugin", "pinion-maven-plugin");

  /** Nothing is known of the project. */
  static final MavenBuild UNKNOWN = new MavenBuild(List.of());

  MavenBuild {
    modules = List.copyOf(modules);
  }

  /**
   * A module that is compiled.
   *
   * @param folder its folder
   * @param output the folder of its classes
   * @param roots the folders of its sources
   * @param resources the folders that are copied as they are
   * @param filtered other folders of resources
   * @param classPath what its sources need
   * @param options the compiler's options
   * @param processed whether annotation processors run
   * @param poms the project files
   * @param unsure why the sources cannot be compiled here in the same way; empty if they can
   */
  record Module(Path folder, Path output, List<Path> roots, List<Path> resources, List<Path> filtered,
      List<Path> classPath, List<String> options, boolean processed, List<Path> poms, List<String> unsure) {
    /** Returns the sources that it has at this moment. */
    SourceSet sources() {
      List<Path> files = roots.stream().filter(Files::isDirectory)
          .flatMap(root -> Program.filesOfPackages(root, ".java").stream()).distinct().toList();
      SourceSet sources = new SourceSet(files, options, classPath, processed);
      boolean pinion = classPath.stream().anyMatch(each -> Files.exists(each) && ProgramLibraries.isCommands(each));
      return pinion ? sources.withApi() : sources;
    }

    /** Returns whether the classes of another module are on its class path, in their folder or packed beside that. */
    boolean sees(Module other) {
      Path classes = real(other.output);
      return classPath.stream().map(MavenBuild::real).anyMatch(each -> each.equals(classes)
          || String.valueOf(each.getParent()).equals(String.valueOf(classes.getParent())));
    }
  }

  /** Returns what Pinion's Maven plugin tells of the build that has started this command, if it has. */
  static MavenBuild ofPlugin() {
    String file = System.getProperty("pinion.build");
    return file == null ? UNKNOWN : read(Path.of(file));
  }

  /** Reads the file of a build; an empty one says nothing. */
  static MavenBuild read(Path file) {
    try {
      return of(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads lines: a word, the folder of the module, and a value, separated by tabs. */
  static MavenBuild of(List<String> lines) {
    Map<String, List<String[]>> modules = new LinkedHashMap<>();
    for (String line : lines) {
      String[] parts = line.split("\t", 3);
      if (parts.length == 3) modules.computeIfAbsent(parts[1], _ -> new ArrayList<>()).add(parts);
    }
    List<Module> compiled = new ArrayList<>();
    modules.forEach((folder, all) -> {
      Recorded recorded = new Recorded(all);
      if (!recorded.paths("output").isEmpty()) compiled.add(recorded.module(Path.of(folder)));
    });
    return new MavenBuild(compiled);
  }

  /** Returns the modules that have their classes in one of some folders: others are there for tests. */
  MavenBuild limitedTo(Collection<Path> outputs) {
    Set<Path> real = outputs.stream().map(MavenBuild::real).collect(Collectors.toSet());
    return new MavenBuild(modules.stream().filter(each -> real.contains(real(each.output))).toList());
  }

  /** Returns the name that the file system has for a file. */
  static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize(); // it does not exist yet
    }
  }

  /** Returns whether a source declares a module, with which Maven compiles in another way. */
  static boolean isOfModule(Path source) {
    return source.endsWith("module-info.java");
  }

  /** Returns the project files. */
  Set<Path> poms() {
    return modules.stream().flatMap(each -> each.poms().stream()).collect(Collectors.toSet());
  }

  /** Returns why the project cannot be compiled here as Maven compiles it; empty if it can. */
  Optional<String> doubt() {
    if (modules.isEmpty()) return Optional.of("it is not known how Maven compiles the project");
    return modules.stream().flatMap(each -> each.unsure().stream()).findFirst();
  }

  /** Returns the folders of classes that are compiled from sources. */
  Set<Path> outputs() {
    return modules.stream().map(each -> real(each.output)).collect(Collectors.toSet());
  }

  private record Recorded(List<String[]> lines) {
    List<String> values(String word) {
      return lines.stream().filter(each -> each[0].equals(word)).map(each -> each[2]).distinct().toList();
    }

    /** Options may occur several times. */
    private List<String> options() {
      return lines.stream().filter(each -> each[0].equals("option")).map(each -> each[2]).toList();
    }

    List<Path> paths(String word) {
      return values(word).stream().map(Path::of).toList();
    }

    Module module(Path folder) {
      List<Path> generated = paths("generated");
      List<Path> roots = paths("source").stream().filter(each -> !generated.contains(each)).toList();
      Path output = paths("output").getFirst();
      List<Path> path = paths("path").stream().filter(each -> !each.equals(output)).toList();
      List<String> options = new ArrayList<>(options());
      boolean processed = !values("processed").isEmpty();
      if (processed && !generated.isEmpty()) options.addAll(List.of("-s", generated.getFirst().toString()));
      return new Module(folder, output, roots, paths("resources"), paths("filtered"), path, options, processed,
          paths("pom"), unsure());
    }

    private List<String> unsure() {
      List<String> unsure = new ArrayList<>(values("unsure"));
      values("goal").stream().filter(goal -> !KNOWN.contains(goal.replaceFirst(":.*", "")))
          .forEach(goal -> unsure.add("the project runs " + goal));
      if (paths("source").stream().anyMatch(each -> Files.exists(each.resolve("module-info.java")))) {
        unsure.add("the project is a module of Java");
      }
      long compilations = lines.stream().filter(each -> each[0].equals("output")).count();
      if (compilations > 1) unsure.add("maven-compiler-plugin compiles several times");
      options().stream().filter(each -> each.startsWith("-Xplugin")).forEach(each -> unsure.add("javac has " + each));
      return unsure;
    }
  }
}
