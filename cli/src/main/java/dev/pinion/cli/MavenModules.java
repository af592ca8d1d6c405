package dev.pinion.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The modules that Maven's project files list. */
final class MavenModules {
  private static final String POM = "pom.xml";
  private static final String PINION = "dev.pinion";

  private MavenModules() {}

  /** Returns the outermost folder whose project has this folder as a module, or as a module of a module. */
  static Path root(Path folder) {
    Path root = folder;
    for (@Nullable Path above = folder.getParent(); above != null; above = above.getParent()) {
      if (has(above, root)) root = above;
    }
    return root;
  }

  private static boolean has(Path project, Path module) {
    return of(project).stream().anyMatch(each -> project.resolve(each).normalize().equals(module));
  }

  /**
   * Returns whether a project depends on another module of the build that it is part of, by itself or through a project
   * above it. Pinion's own artifacts do not count, as the command provides them.
   */
  static boolean usesModules(Path root, Path folder) {
    Set<String> built = new HashSet<>();
    addArtifacts(root, built);
    for (@Nullable Path each = folder; each != null && each.startsWith(root); each = each.getParent()) {
      if (elements(each, "dependency").stream().anyMatch(dependency -> isBuilt(dependency, built))) return true;
    }
    return false;
  }

  private static boolean isBuilt(Element dependency, Set<String> built) {
    return !XmlFile.child(dependency, "groupId").equals(PINION)
        && built.contains(XmlFile.child(dependency, "artifactId"));
  }

  private static void addArtifacts(Path folder, Set<String> built) {
    elements(folder, "project").stream().findFirst()
        .ifPresent(project -> built.add(XmlFile.child(project, "artifactId")));
    of(folder).forEach(module -> addArtifacts(folder.resolve(module).normalize(), built));
  }

  /** Returns the modules that the project in a folder lists, without {@code pom.xml} at their end. */
  static List<Path> of(Path folder) {
    return elements(folder, "module").stream()
        .map(module -> Path.of(module.getTextContent().strip()))
        .map(module -> module.endsWith(POM) ? Optional.ofNullable(module.getParent()).orElse(Path.of("")) : module)
        .toList();
  }

  /** Returns all elements of a name in a project's file; none if there is no file that can be read. */
  private static List<Element> elements(Path folder, String name) {
    Path pom = folder.resolve(POM);
    if (!Files.isRegularFile(pom)) return List.of();
    try {
      return XmlFile.elements(pom, name);
    } catch (SAXException notReadable) {
      return List.of(); // Maven says what is wrong with the file, if it is part of the build
    }
  }
}
