package dev.pinion.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of {@code install} and {@code uninstall}.
 *
 * @param prefix the folder whose {@code bin} and {@code lib} get the command
 * @param repository the Maven repository that gets the artifacts
 */
record InstallOptions(Path prefix, Path repository) {
  /** Returns the options of {@code install} in picocli's model. */
  static CommandSpec install() {
    return prefix(
        Commands.create("Put the command on the PATH, and Pinion's artifacts into the local Maven repository."))
        .addOption(
            OptionSpec.builder("--repository")
                .paramLabel("FOLDER")
                .description("The local Maven repository. Default: the one that Maven uses.")
                .type(Path.class)
                .build());
  }

  /** Returns the options of {@code uninstall} in picocli's model. */
  static CommandSpec uninstall() {
    return prefix(Commands.create("Remove everything that install has written."));
  }

  private static CommandSpec prefix(CommandSpec spec) {
    return spec.addOption(
        OptionSpec.builder("--prefix")
            .paramLabel("FOLDER")
            .description("The folder for bin/pinion and lib/pinion. Default: ~/.local.")
            .type(Path.class)
            .build());
  }

  /** Reads the parsed arguments. */
  static InstallOptions of(ParseResult parsed) {
    @Nullable Path prefix = parsed.<@Nullable Path>matchedOptionValue("--prefix", null);
    @Nullable Path repository =
        parsed.commandSpec().findOption("--repository") == null ? null
            : parsed.<@Nullable Path>matchedOptionValue("--repository", null);
    return new InstallOptions(
        (prefix == null ? Path.of(System.getProperty("user.home"), ".local") : prefix).toAbsolutePath().normalize(),
        (repository == null ? MavenRepository.local() : repository).toAbsolutePath().normalize());
  }
}
