package dev.pinion.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the project and runs its app on this machine until Ctrl-C, as {@code pinion run} does. After a save, what
 * has changed is compiled in the way of this build.
 */
@Mojo(name = "run", requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public final class RunMojo extends CommandMojo {
  @Inject private @Nullable LifecycleExecutor lifecycle;

  @Override
  List<String> command() {
    return List.of("run");
  }

  @Override
  List<String> jvmOptions(MavenSession session) throws IOException {
    Path file = Files.createTempFile("pinion", ".build");
    file.toFile().deleteOnExit();
    Files.write(file, new RecordedBuild(session, injected(lifecycle)).lines(), StandardCharsets.UTF_8);
    return List.of("-Dpinion.build=" + file);
  }
}
