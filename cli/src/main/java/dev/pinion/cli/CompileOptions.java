package dev.pinion.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of {@code compile}.
 *
 * @param program the file or folder
 * @param target what to compile to
 * @param out the folder to write; null for {@code target} beside the program
 * @param stack the name of the stack, for CDK; null for the name of the app's class
 */
record CompileOptions(Path program, String target, @Nullable Path out, @Nullable String stack) {
  /** A Terraform module. */
  static final String TF_AWS = "tf-aws";
  /** A cloud assembly of the AWS CDK. */
  static final String AWSCDK = "awscdk";

  private static final String STACK = "[A-Za-z][A-Za-z0-9-]{0,127}";

  /** What picocli is to accept and to explain. */
  static CommandSpec spec() {
    return Commands.create("Compile an app to what is deployed.").addPositional(RunOptions.programParameter())
        .addOption(
            OptionSpec.builder("-t", "--target")
                .paramLabel("TARGET")
                .description("What to compile to: tf-aws, a Terraform or OpenTofu module for AWS; awscdk, a cloud"
                    + " assembly that cdk deploys.")
                .type(String.class)
                .required(true)
                .build())
        .addOption(
            OptionSpec.builder("--out")
                .paramLabel("DIR")
                .description("The folder to write. target/TARGET beside the program unless told.")
                .type(Path.class)
                .build())
        .addOption(
            OptionSpec.builder("--stack")
                .paramLabel("NAME")
                .description("The stack's name, for awscdk. The name of the app's class unless told.")
                .type(String.class)
                .build());
  }

  /** What the user wrote. */
  static CompileOptions of(ParseResult parsed) {
    CompileOptions options = new CompileOptions(
        parsed.<Path>matchedPositionalValue(0, Path.of("")),
        parsed.matchedOptionValue("--target", ""),
        parsed.<@Nullable Path>matchedOptionValue("--out", null),
        parsed.<@Nullable String>matchedOptionValue("--stack", null));
    if (!options.target.equals(TF_AWS) && !options.target.equals(AWSCDK)) {
      throw new UserException(
          "error: there is no target '" + options.target + "': use " + TF_AWS + " or " + AWSCDK);
    }
    if (options.stack != null && (!options.target.equals(AWSCDK) || !options.stack.matches(STACK))) {
      throw new UserException(
          "error: --stack is for the target awscdk, and takes 1 to 128 letters, digits and hyphens that begin with a"
              + " letter");
    }
    return options;
  }
}
