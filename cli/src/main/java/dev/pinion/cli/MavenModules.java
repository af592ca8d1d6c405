package dev.pinion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

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
      NodeList dependencies = elements(each, "dependency");
      for (int i = 0; i < dependencies.getLength(); i++) {
        Element dependency = (Element) dependencies.item(i);
        if (!child(dependency, "groupId").equals(PINION) && built.contains(child(dependency, "artifactId")))
          return true;
      }
    }
    return false;
  }

  private static void addArtifacts(Path folder, Set<String> built) {
    NodeList projects = elements(folder, "project");
    if (projects.getLength() > 0) built.add(child((Element) projects.item(0), "artifactId"));
    of(folder).forEach(module -> addArtifacts(folder.resolve(module).normalize(), built));
  }

  private static String child(Element parent, String name) {
    NodeList children = parent.getChildNodes();
    return IntStream.range(0, children.getLength())
        .mapToObj(children::item)
        .filter(each -> each.getNodeName().equals(name))
        .map(each -> each.getTextContent().strip())
        .findFirst()
        .orElse("");
  }

  /** Returns the modules that the project in a folder lists, without {@code pom.xml} at their end. */
  static List<Path> of(Path folder) {
    NodeList modules = elements(folder, "module");
    return IntStream.range(0, modules.getLength())
        .mapToObj(i -> Path.of(modules.item(i).getTextContent().strip()))
        .map(module -> module.endsWith(POM) ? Optional.ofNullable(module.getParent()).orElse(Path.of("")) : module)
        .toList();
  }

  /** Returns all elements of a name in a project's file; none if there is no file that can be read. */
  private static NodeList elements(Path folder, String name) {
    Path pom = folder.resolve(POM);
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // which prints nothing
      if (!Files.isRegularFile(pom)) return builder.newDocument().getElementsByTagName(name);
      try {
        return builder.parse(pom.toFile()).getElementsByTagName(name);
      } catch (SAXException notReadable) {
        return builder.newDocument().getElementsByTagName(name); // Maven says what is wrong, if it is part of the build
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
