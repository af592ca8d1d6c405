package dev.pinion.maven;

import java.util.List;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Compiles the project and shows the permissions of each handler on AWS, as {@code pinion explain} does. */
@Mojo(name = "explain", requiresDependencyResolution = ResolutionScope.RUNTIME)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public final class ExplainMojo extends CommandMojo {
  @Override
  List<String> command() {
    return List.of("explain");
  }
}
