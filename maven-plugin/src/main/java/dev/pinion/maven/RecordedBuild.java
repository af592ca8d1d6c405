package dev.pinion.maven;

import dev.pinion.workspace.RecordedGoal;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/** How the modules of this build are compiled, for the command, which compiles them again after a save. */
final class RecordedBuild {
  private final MavenSession session;
  private final LifecycleExecutor lifecycle;

  RecordedBuild(MavenSession session, LifecycleExecutor lifecycle) {
    this.session = session;
    this.lifecycle = lifecycle;
  }

  /** Returns the lines of all goals; none if Maven does not tell them, so that the command watches classes only. */
  List<String> lines() {
    MavenProject before = session.getCurrentProject();
    List<String> lines = new ArrayList<>();
    try {
      for (MavenProject project : session.getProjects()) {
        session.setCurrentProject(project);
        for (MojoExecution each : lifecycle.calculateExecutionPlan(session, "process-classes").getMojoExecutions()) {
          lines.addAll(new RecordedGoal(session, project, each, null).lines());
        }
      }
      return lines;
    } catch (Exception | LinkageError e) {
      return List.of();
    } finally {
      session.setCurrentProject(before);
    }
  }
}
