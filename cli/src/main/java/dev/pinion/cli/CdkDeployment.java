package dev.pinion.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled cloud assembly of one stack, deployed by the user's own cdk. */
final class CdkDeployment {
  private final Path folder;
  private final UserTool tool;
  private final PrintStream out;

  CdkDeployment(Path folder, @Nullable String tool, PrintStream out) {
    this.folder = folder;
    this.tool = tool != null ? UserTool.named(tool)
        : UserTool.find(List.of("cdk")).orElseThrow(() -> new UserException(
            "error: deploying with awscdk needs the AWS CDK's command line, but there is no cdk on the PATH: install it"
                + " with npm install -g aws-cdk, or name its file with --tool"));
    this.out = out;
  }

  /** Runs the tool for an action, and returns its exit code. */
  int run(DeployOptions options) throws InterruptedException {
    String stack = stack(folder);
    out.println("using " + tool.command() + " with " + folder);
    out.println("stack: " + stack + ", " + AwsAccount.of(options.more()).text());
    out.flush();
    Path outputs = temporary();
    try {
      int code = tool.run(Path.of("").toAbsolutePath(), arguments(options, stack, outputs));
      if (code == PinionCommand.OK && options.action() == DeployOptions.Action.DEPLOY) deployed(outputs).announce(out);
      return code;
    } finally {
      delete(outputs);
    }
  }

  private List<String> arguments(DeployOptions options, String stack, Path outputs) {
    List<String> all = new ArrayList<>(List.of(options.action().command(), "--app", folder.toString()));
    switch (options.action()) {
      case DEPLOY -> {
        all.addAll(List.of("--outputs-file", outputs.toString()));
        if (options.approved()) all.addAll(List.of("--require-approval", "never"));
        options.settings().parameters().forEach(each -> all.addAll(List.of("--parameters", each)));
      }
      case DESTROY -> {
        if (options.approved()) all.add("--force");
      }
      case DIFF -> {
      }
    }
    all.addAll(options.more());
    all.add(stack);
    return all;
  }

  /**
   * Returns the name of an assembly's stack.
   *
   * @throws UserException if there is none
   */
  static String stack(Path folder) {
    Map<?, ?> artifacts = map(map(read(folder.resolve("manifest.json"))).get("artifacts"));
    for (Map.Entry<?, ?> each : artifacts.entrySet()) {
      Map<?, ?> artifact = map(each.getValue());
      if (!"aws:cloudformation:stack".equals(artifact.get("type"))) continue;
      return map(artifact.get("properties")).get("stackName") instanceof String name ? name
          : String.valueOf(each.getKey());
    }
    throw new UserException("error: " + folder + " is not a cloud assembly with a stack: compile the program again");
  }

  /** Returns the ids of an assembly's log groups in its template, by handler, or by function if handlers share it. */
  static Map<String, String> logGroups(Path folder) {
    Map<String, String> groups = new LinkedHashMap<>();
    Path template = folder.resolve(stack(folder) + ".template.json");
    map(map(read(template)).get("Resources")).values().forEach(each -> {
      Map<?, ?> properties = map(map(each).get("Properties"));
      Map<?, ?> variables = map(map(properties.get("Environment")).get("Variables"));
      Object handler =
          variables.containsKey("PINION_HANDLER") ? variables.get("PINION_HANDLER") : variables.get("PINION_FUNCTION");
      Object group = map(map(properties.get("LoggingConfig")).get("LogGroup")).get("Ref");
      if (handler instanceof String path && group instanceof String id) groups.put(path, id);
    });
    return groups;
  }

  private DeployedApp deployed(Path outputs) {
    Map<Object, Object> all = new LinkedHashMap<>();
    map(read(outputs)).values().forEach(stack -> all.putAll(map(stack)));
    return StackOutputs.read(folder, all);
  }

  private static @Nullable Object read(Path file) {
    try {
      return MessagePattern.json(Files.readString(file)).orElse(null);
    } catch (IOException e) {
      return null;
    }
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> all ? all : Map.of();
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("pinion-outputs", ".json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
