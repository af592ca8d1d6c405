package dev.pinion.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled Terraform module, deployed by the user's own tofu or terraform. */
final class TerraformDeployment {
  private final Path folder;
  private final UserTool tool;
  private final PrintStream out;
  private final PrintStream err;

  TerraformDeployment(Path folder, @Nullable String tool, PrintStream out, PrintStream err) {
    this.folder = folder;
    this.tool = tool == null ? found(folder) : UserTool.named(tool);
    this.out = out;
    this.err = err;
  }

  /** Finds the tool that has initialized a folder, or else the first one on the PATH. */
  private static UserTool found(Path folder) {
    List<String> names = isTerraforms(folder) ? List.of("terraform", "tofu") : List.of("tofu", "terraform");
    return UserTool.find(names).orElseThrow(() -> new UserException(
        "error: deploying with tf-aws needs OpenTofu or Terraform, but there is no tofu and no terraform on the PATH:"
            + " install OpenTofu 1.6 or newer (https://opentofu.org/docs/intro/install) or Terraform 1.5 or newer, or"
            + " name its file with --tool"));
  }

  private static boolean isTerraforms(Path folder) {
    try {
      return Files.readString(folder.resolve(".terraform.lock.hcl")).contains("\"registry.terraform.io/");
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs the tool for an action, and returns its exit code. */
  int run(DeployOptions options) throws InterruptedException {
    out.println("using " + tool.command() + " in " + folder);
    out.flush();
    int initialized = tool.run(folder, List.of("init", "-input=false"));
    if (initialized != PinionCommand.OK) return initialized;
    TerraformState state = TerraformState.of(folder);
    out.println("state: " + state.text());
    if (state.disposable() && options.action() == DeployOptions.Action.DEPLOY) {
      err.println("warning: this state is in a folder that builds delete; whoever deletes it can no longer update or"
          + " destroy what is deployed: to keep it elsewhere, see docs/deploy-terraform.md#where-the-state-is-kept");
    }
    out.flush();
    int code = tool.run(folder, arguments(options));
    if (code == PinionCommand.OK && options.action() == DeployOptions.Action.DEPLOY) announce();
    return code;
  }

  /** What is deployed stays so, whatever becomes of its outputs. */
  private void announce() throws InterruptedException {
    try {
      outputs().announce(out);
    } catch (UserException e) {
      err.println("warning: the app is deployed, but its URLs are not known: "
          + String.valueOf(e.getMessage()).replaceFirst("^error: ", ""));
    }
  }

  private static List<String> arguments(DeployOptions options) {
    List<String> all = new ArrayList<>();
    all.add(switch (options.action()) {
      case DEPLOY -> "apply";
      case DIFF -> "plan";
      case DESTROY -> "destroy";
    });
    if (options.approved()) all.add("-auto-approve");
    options.settings().variables().forEach(each -> all.add("-var=" + each));
    options.settings().files().forEach(each -> all.add("-var-file=" + each.toAbsolutePath()));
    all.addAll(options.more());
    return all;
  }

  /**
   * Returns what the state says is deployed.
   *
   * @throws UserException if the state cannot be read
   */
  DeployedApp outputs() throws InterruptedException {
    UserTool.Printed printed = tool.read(folder, List.of("output", "-json"));
    if (printed.code() != PinionCommand.OK) {
      throw new UserException("error: " + tool.name() + " output exited with " + printed.code() + ": "
          + printed.err().strip());
    }
    return MessagePattern.json(printed.out()).filter(each -> each instanceof Map<?, ?>)
        .map(each -> DeployedApp.ofTerraform((Map<?, ?>) each)).orElseThrow(
            () -> new UserException("error: " + tool.name() + " output -json printed no JSON object"));
  }
}
