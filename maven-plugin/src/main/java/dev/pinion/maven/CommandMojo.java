package dev.pinion.maven;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/**
 * A goal that starts one of the commands for the classes of the project, in a separate JVM: Maven's may be too old, and
 * does not have the options that the command needs.
 */
abstract class CommandMojo extends AbstractMojo {
  /** The name of the app's class. Default: the only one that implements {@code App}. */
  @Parameter(property = "pinion.app", defaultValue = "") private @Nullable String app;

  /** More options of the command, separated by white space, such as {@code --port 9000}. */
  @Parameter(property = "pinion.options", defaultValue = "") private @Nullable String options;

  @Parameter(defaultValue = "${project}", readonly = true, required = true) private @Nullable MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true) private @Nullable MavenSession session;

  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true) private List<Artifact> artifacts =
      List.of();

  @Inject private @Nullable ToolchainManager toolchains;
  @Inject private @Nullable FunctionJars functionJars;

  /** Returns the command and the options that the goal itself sets. */
  abstract List<String> command();

  /** Returns options of the JVM that runs the command. */
  List<String> jvmOptions(MavenSession session) throws IOException {
    return List.of();
  }

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    MavenProject of = injected(project);
    if (!new SelectedModules(injected(session)).includes(of)) {
      getLog().info("no app in this module");
      return;
    }
    try {
      run(of);
    } catch (IOException e) {
      throw new MojoExecutionException("cannot start the command: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(MavenProject of) throws IOException, InterruptedException, MojoExecutionException,
      MojoFailureException {
    File java = new Jdk(injected(toolchains), injected(session)).java();
    List<String> line = new ArrayList<>(List.of(java.getPath()));
    List<File> jars = artifacts.stream().map(Artifact::getFile).collect(Collectors.toList());
    line.addAll(jvmOptions(injected(session)));
    line.addAll(new CommandJvm(jars, injected(functionJars).of(injected(session), of, artifacts)).arguments());
    line.addAll(command());
    line.addAll(program(of));
    Process process = new ProcessBuilder(line).directory(of.getBasedir()).inheritIO().start();
    Thread hook = new Thread(() -> end(process), "pinion-end");
    Runtime.getRuntime().addShutdownHook(hook);
    int code = process.waitFor();
    if (code != 0) throw new MojoFailureException("the command failed, for the reason above; its exit code is " + code);
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /** Ends the command with Maven. After Ctrl-C both have received the signal, and the command closes by itself. */
  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> program(MavenProject of) throws MojoExecutionException {
    String classes = of.getBuild().getOutputDirectory();
    List<String> program = new ArrayList<>(List.of("--classes", classes));
    try {
      String path = of.getRuntimeClasspathElements()
          .stream()
          .filter(each -> !each.equals(classes))
          .collect(Collectors.joining(File.pathSeparator));
      if (!path.isEmpty()) program.addAll(List.of("--class-path", path));
    } catch (DependencyResolutionRequiredException e) {
      throw new MojoExecutionException("Maven has not resolved the project's dependencies", e);
    }
    words(options).ifPresent(program::addAll);
    words(app).ifPresent(program::addAll);
    return program;
  }

  private static Optional<List<String>> words(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .map(each -> Arrays.asList(each.split("\\s+", -1)));
  }

  /** Returns the folder for what the build writes. */
  final File buildFolder() {
    return new File(injected(project).getBuild().getDirectory());
  }

  static <T> T injected(@Nullable T value) {
    if (value == null) throw new IllegalStateException("Maven has not set a parameter");
    return value;
  }
}
