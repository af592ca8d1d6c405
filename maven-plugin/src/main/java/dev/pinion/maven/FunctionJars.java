package dev.pinion.maven;

import java.io.File;
import java.util.List;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** What runs inside a function besides the app: Pinion's artifact for it, and that artifact's libraries. */
@Named
@Singleton
class FunctionJars {
  private final RepositorySystem system;

  @Inject
  FunctionJars(RepositorySystem system) {
    this.system = system;
  }

  /** Resolves the jars with the repositories of a project's plugins. */
  List<File> of(MavenSession session, MavenProject project, List<Artifact> plugin) throws MojoExecutionException {
    String version = plugin.stream()
        .filter(each -> each.getArtifactId().equals("pinion-cli"))
        .map(Artifact::getBaseVersion)
        .findFirst()
        .orElseThrow(() -> new MojoExecutionException("the plugin has no dependency pinion-cli"));
    CollectRequest all = new CollectRequest(
        new Dependency(new DefaultArtifact("dev.pinion", "pinion-lambda", "jar", version), "runtime"),
        project.getRemotePluginRepositories());
    DependencyRequest request = new DependencyRequest(all, null); // what is collected is of scope compile or runtime
    try {
      return system.resolveDependencies(session.getRepositorySession(), request)
          .getArtifactResults()
          .stream()
          .map(result -> result.getArtifact().getFile())
          .collect(Collectors.toList());
    } catch (DependencyResolutionException e) {
      throw new MojoExecutionException(String.valueOf(e.getMessage()), e);
    }
  }
}
