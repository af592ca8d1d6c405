package dev.pinion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How Maven compiles a project, from what the command's extension of Maven has recorded.
 *
 * @param modules the modules that the program needs, in the order in which Maven compiles them
 * @param poms the project files
 * @param unsure why the sources cannot be compiled here in the same way; empty if they can
 */
record MavenBuild(List<Module> modules, Set<Path> poms, List<String> unsure) {
  /** Plugins that change neither the classes nor the resources of a module, or that are known here. */
  private static final Set<String> KNOWN = Set.of("maven-compiler-plugin", "maven-resources-plugin",
      "maven-dependency-plugin", "maven-enforcer-plugin", "maven-clean-plugin", "build-helper-maven-plugin",
      "flatten-maven-plugin", "jacoco-maven-plugin", "spotless-maven-plugin", "maven-checkstyle-plugin",
      "pinion-maven-plugin");

  /** Nothing is known of the project. */
  static final MavenBuild UNKNOWN = new MavenBuild(List.of(), Set.of(), List.of("nothing is known of how Maven compiles it"));

  MavenBuild {
    modules = List.copyOf(modules);
    poms = Set.copyOf(poms);
    unsure = List.copyOf(unsure);
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
   */
  record Module(Path folder, Path output, List<Path> roots, List<Path> resources, List<Path> filtered,
      List<Path> classPath, List<String> options, boolean processed) {
    /** Returns the sources that it has at this moment. */
    SourceSet sources() {
      List<Path> files = roots.stream().filter(Files::isDirectory)
          .flatMap(root -> Program.files(root, ".java").stream()).distinct().toList();
      return new SourceSet(files, options, classPath, processed);
    }
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
    Set<Path> poms = new TreeSet<>();
    List<String> unsure = new ArrayList<>();
    List<Module> compiled = new ArrayList<>();
    modules.forEach((folder, all) -> {
      Recorded recorded = new Recorded(all);
      recorded.paths("pom").forEach(poms::add);
      unsure.addAll(recorded.values("unsure"));
      recorded.values("goal").stream().filter(goal -> !KNOWN.contains(goal.replaceFirst(":.*", "")))
          .forEach(goal -> unsure.add("it runs " + goal));
      List<Path> output = recorded.paths("output");
      if (output.size() > 1) unsure.add("it compiles " + folder + " in several steps");
      if (output.size() == 1) compiled.add(recorded.module(Path.of(folder), output.getFirst()));
    });
    return compiled.isEmpty() ? UNKNOWN : new MavenBuild(compiled, poms, unsure.stream().distinct().toList());
  }

  /** Returns the folders of classes that are compiled from sources. */
  Set<Path> outputs() {
    return modules.stream().map(Module::output).collect(Collectors.toSet());
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

    Module module(Path folder, Path output) {
      List<Path> generated = paths("generated");
      List<Path> roots = paths("source").stream().filter(each -> !generated.contains(each)).toList();
      List<Path> path = paths("path").stream().filter(each -> !each.equals(output)).toList();
      List<String> options = new ArrayList<>(options());
      boolean processed = !values("processed").isEmpty();
      if (processed && !generated.isEmpty()) options.addAll(List.of("-s", generated.getFirst().toString()));
      return new Module(folder, output, roots, paths("resources"), paths("filtered"), path, options, processed);
    }
  }
}
