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
 * names the folder with the artifacts, side by side or in the layout of a Maven repository; {@code pinion.bom} names
 * the file of the BOM, if the folder does not have it.
 */
@Named("ide")
@Singleton
public final class PinionWorkspace implements WorkspaceReader {
  private final WorkspaceRepository repository = new WorkspaceRepository("pinion");
  private final File lib = new File(System.getProperty("pinion.lib", ""));
  private final File bom = new File(System.getProperty("pinion.bom", ""));

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
    if (artifact.getArtifactId().equals("pinion-bom") && bom.isFile()) {
      return artifact.getExtension().equals("pom") ? Optional.of(bom) : Optional.empty();
    }
    Optional<File> flat = find(lib, artifact);
    if (flat.isPresent()) return flat;
    File @Nullable [] versions = new File(lib, "dev/pinion/" + artifact.getArtifactId()).listFiles(File::isDirectory);
    return versions == null ? Optional.empty()
        : Stream.of(versions).flatMap(folder -> find(folder, artifact).stream()).findFirst();
  }

  private static Optional<File> find(File folder, Artifact artifact) {
    String start = artifact.getArtifactId() + "-";
    String end = "." + artifact.getExtension();
    String @Nullable [] names = folder.list(
        (at, name) -> name.startsWith(start) && name.endsWith(end) && !isAddition(name)
            && Character.isDigit(name.charAt(start.length())));
    return names == null ? Optional.empty() : Stream.of(names).findFirst().map(name -> new File(folder, name));
  }

  private static boolean isAddition(String name) {
    return name.endsWith("-sources.jar") || name.endsWith("-javadoc.jar");
  }
}
