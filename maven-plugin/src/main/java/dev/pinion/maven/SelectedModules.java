package dev.pinion.maven;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** The modules for which a goal is meant: those that -pl names, or else those whose classes use Pinion's App. */
final class SelectedModules {
  private static final String APP = "dev/pinion/App";

  private final MavenSession session;

  SelectedModules(MavenSession session) {
    this.session = session;
  }

  /** Tests whether the goal is meant for a project. */
  boolean includes(MavenProject project) {
    List<String> named = session.getRequest()
        .getSelectedProjects()
        .stream()
        .filter(each -> !each.startsWith("!") && !each.startsWith("-"))
        .collect(Collectors.toList());
    if (!named.isEmpty()) return named.stream().anyMatch(each -> names(each, project));
    return session.getProjects().size() == 1 || hasApp(Path.of(project.getBuild().getOutputDirectory()));
  }

  /** Tests a name of -pl: a folder, or [group]:artifact. */
  private boolean names(String name, MavenProject project) {
    String text = name.startsWith("+") || name.startsWith("?") ? name.substring(1) : name;
    if (text.contains(":")) {
      return text.equals(":" + project.getArtifactId())
          || text.equals(project.getGroupId() + ":" + project.getArtifactId());
    }
    Path folder = Path.of(session.getRequest().getBaseDirectory()).resolve(text).normalize();
    File own = project.getBasedir();
    return folder.equals(own.toPath().normalize());
  }

  private static boolean hasApp(Path classes) {
    if (!Files.isDirectory(classes)) return false;
    try (Stream<Path> files = Files.walk(classes)) {
      return files.filter(file -> file.toString().endsWith(".class")).anyMatch(SelectedModules::usesApp);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean usesApp(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(APP);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
