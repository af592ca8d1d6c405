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
 */
record CompileOptions(Path program, String target, @Nullable Path out) {
  /** The one target that there is. */
  static final String TF_AWS = "tf-aws";

  /** What picocli is to accept and to explain. */
  static CommandSpec spec() {
    return Commands.create("Compile an app to what is deployed.").addPositional(RunOptions.programParameter())
        .addOption(
            OptionSpec.builder("-t", "--target")
                .paramLabel("TARGET")
                .description("What to compile to: tf-aws, a Terraform or OpenTofu module for AWS.")
                .type(String.class)
                .required(true)
                .build())
        .addOption(
            OptionSpec.builder("--out")
                .paramLabel("DIR")
                .description("The folder to write. target/TARGET beside the program unless told.")
                .type(Path.class)
                .build());
  }

  /** What the user wrote. */
  static CompileOptions of(ParseResult parsed) {
    CompileOptions options = new CompileOptions(
        parsed.<Path>matchedPositionalValue(0, Path.of("")),
        parsed.matchedOptionValue("--target", ""),
        parsed.<@Nullable Path>matchedOptionValue("--out", null));
    if (!options.target.equals(TF_AWS)) {
      throw new UserException("error: there is no target '" + options.target + "': use " + TF_AWS);
    }
    return options;
  }
}
