package dev.pinion.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of {@code compile}.
 *
 * @param program the program
 * @param target what to compile to
 * @param out the folder to write; null for a folder in {@code target} next to the program
 * @param stack the name of the stack, for CDK; null for the name of the app's class
 */
record CompileOptions(ProgramOptions program, String target, @Nullable Path out, @Nullable String stack) {
  /** A Terraform module. */
  static final String TF_AWS = "tf-aws";
  /** A cloud assembly of the AWS CDK. */
  static final String AWSCDK = "awscdk";

  private static final String STACK = "[A-Za-z][A-Za-z0-9-]{0,127}";

  /** Returns the options in picocli's model. */
  static CommandSpec spec() {
    return ProgramOptions.addTo(Commands.create("Compile an app for deployment."))
        .addOption(
            OptionSpec.builder("-t", "--target")
                .paramLabel("TARGET")
                .description("The target: tf-aws (a Terraform or OpenTofu module for AWS) or awscdk (a cloud"
                    + " assembly to deploy with cdk).")
                .type(String.class)
                .required(true)
                .build())
        .addOption(
            OptionSpec.builder("--out")
                .paramLabel("DIR")
                .description("The output folder. Default: target/TARGET next to the program.")
                .type(Path.class)
                .build())
        .addOption(
            OptionSpec.builder("--stack")
                .paramLabel("NAME")
                .description("The name of the stack; for awscdk only. Default: the name of the app's class.")
                .type(String.class)
                .build());
  }

  /** Reads the parsed arguments. */
  static CompileOptions of(ParseResult parsed) {
    return checked(
        ProgramOptions.of(parsed),
        parsed.matchedOptionValue("--target", ""),
        parsed.<@Nullable Path>matchedOptionValue("--out", null),
        parsed.<@Nullable String>matchedOptionValue("--stack", null));
  }

  /**
   * Returns options.
   *
   * @throws UserException if the target or the stack is not valid
   */
  static CompileOptions checked(ProgramOptions program, String target, @Nullable Path out, @Nullable String stack) {
    if (!target.equals(TF_AWS) && !target.equals(AWSCDK)) {
      throw new UserException("error: unknown target '" + target + "': use " + TF_AWS + " or " + AWSCDK);
    }
    if (stack != null && (!target.equals(AWSCDK) || !stack.matches(STACK))) {
      throw new UserException(
          "error: --stack works with the target awscdk only, and must be 1 to 128 letters, digits and hyphens,"
              + " starting with a letter");
    }
    return new CompileOptions(program, target, out, stack);
  }
}
