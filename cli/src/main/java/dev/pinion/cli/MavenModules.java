package dev.pinion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The modules that Maven's project files list. */
final class MavenModules {
  private static final String POM = "pom.xml";

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

  /** Returns the modules that the project in a folder lists, without {@code pom.xml} at their end. */
  static List<Path> of(Path folder) {
    Path pom = folder.resolve(POM);
    if (!Files.isRegularFile(pom)) return List.of();
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // which prints nothing
      NodeList modules = builder.parse(pom.toFile()).getElementsByTagName("module");
      return IntStream.range(0, modules.getLength())
          .mapToObj(i -> Path.of(modules.item(i).getTextContent().strip()))
          .map(module -> module.endsWith(POM) ? Optional.ofNullable(module.getParent()).orElse(Path.of("")) : module)
          .toList();
    } catch (SAXException notReadable) {
      return List.of(); // Maven says what is wrong with the file, if it is part of the build
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
