package dev.pinion.workspace;

import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Named;
import javax.inject.Singleton;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.jspecify.annotations.Nullable;

/**
 * Provides Maven with the jars and poms of Pinion that the command itself runs on, whichever version a project
 * declares.
 *
 * <p>The command adds this class to Maven with {@code -Dmaven.ext.class.path}. Maven looks for an artifact in the
 * modules of the build, then in the workspace named "ide", then in repositories. The system property {@code pinion.lib}
 * names the folder with the artifacts.
 */
@Named("ide")
@Singleton
public final class PinionWorkspace implements WorkspaceReader {
  private final WorkspaceRepository repository = new WorkspaceRepository("pinion");
  private final File lib = new File(System.getProperty("pinion.lib", ""));

  @Override
  public WorkspaceRepository getRepository() {
    return repository;
  }

  @Override
  public @Nullable File findArtifact(Artifact artifact) {
    return find(artifact).orElse(null);
  }

  @Override
  public List<String> findVersions(Artifact artifact) {
    return find(artifact).map(file -> List.of(artifact.getVersion())).orElse(List.of());
  }

  /** Finds the file {@code artifactId-version.extension}, with any version. */
  private Optional<File> find(Artifact artifact) {
    if (!artifact.getGroupId().equals("dev.pinion") || !artifact.getClassifier().isEmpty()) return Optional.empty();
    String start = artifact.getArtifactId() + "-";
    String end = "." + artifact.getExtension();
    String @Nullable [] names = lib.list(
        (folder, name) -> name.startsWith(start) && name.endsWith(end)
            && Character.isDigit(name.charAt(start.length())));
    return names == null ? Optional.empty() : Stream.of(names).findFirst().map(name -> new File(lib, name));
  }
}
