package dev.pinion.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.execution.MojoExecutionEvent;
import org.apache.maven.execution.MojoExecutionListener;
import org.jspecify.annotations.Nullable;

/**
 * Records how Maven compiles a project, so that the command can compile it in the same way after a change. The system
 * property {@code pinion.build} names the file; without it, nothing is recorded.
 */
@Named
@Singleton
public final class BuildRecorder implements MojoExecutionListener {
  private final @Nullable String file = System.getProperty("pinion.build");

  @Override
  public void beforeMojoExecution(MojoExecutionEvent event) {
    // Nothing is known yet.
  }

  @Override
  public synchronized void afterMojoExecutionSuccess(MojoExecutionEvent event) {
    if (file == null) return;
    RecordedGoal goal =
        new RecordedGoal(event.getSession(), event.getProject(), event.getExecution(), event.getMojo());
    try {
      Files.write(
          Path.of(file), goal.lines(), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write " + file, e);
    }
  }

  @Override
  public void afterExecutionFailure(MojoExecutionEvent event) {
    // Maven reports it.
  }
}
