package dev.pinion.cli;

import dev.pinion.cli.DeployOptions.Action;
import java.io.PrintStream;

/** The commands {@code deploy}, {@code diff} and {@code destroy}: drive the user's own tool on what is compiled. */
final class DeployCommand {
  private final DeployOptions options;
  private final PrintStream out;
  private final PrintStream err;

  DeployCommand(DeployOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /** Compiles the program, runs the tool, and returns the tool's exit code. */
  int run() throws InterruptedException {
    DeployFolder folder = DeployFolder.of(options.program(), options.target(), options.out());
    options.check(folder.target());
    boolean cdk = folder.target().equals(CompileOptions.AWSCDK);
    TerraformDeployment terraform = cdk ? null
        : new TerraformDeployment(folder.path(), options.tool(), out, err);
    CdkDeployment assembly = cdk ? new CdkDeployment(folder.path(), options.tool(), out) : null;
    if (options.action() == Action.DESTROY && folder.isCompiled()) {
      CompiledApp.in(folder).ifPresent(each -> each.mustBeOf(options.program(), "the folder with --out"));
      out.println("destroying what was compiled to " + folder.path());
    } else {
      CompileOptions compile =
          CompileOptions.checked(options.program(), folder.target(), folder.path(), options.stack());
      new CompileCommand(compile, out, err).compile();
    }
    if (terraform != null) return terraform.run(options);
    return assembly == null ? PinionCommand.OK : assembly.run(options);
  }
}
