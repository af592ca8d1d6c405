package dev.pinion.cli;

import java.nio.file.Path;
import java.util.Optional;
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
        Commands.create("Put the command on the PATH, and Pinion's artifacts into the local Maven repository."),
        "The folder for bin/pinion and lib/pinion. Default: ~/.local.")
        .addOption(
            OptionSpec.builder("--repository")
                .paramLabel("FOLDER")
                .description("The local Maven repository. Default: the one that Maven uses.")
                .type(Path.class)
                .build());
  }

  /** Returns the options of {@code uninstall} in picocli's model. */
  static CommandSpec uninstall() {
    return prefix(
        Commands.create("Remove everything that install has written."),
        "The folder with bin/pinion and lib/pinion. Default: that of this command if it is installed, or else"
            + " ~/.local.");
  }

  private static CommandSpec prefix(CommandSpec spec, String description) {
    return spec.addOption(
        OptionSpec.builder("--prefix")
            .paramLabel("FOLDER")
            .description(description)
            .type(Path.class)
            .build());
  }

  /** Reads the parsed arguments. */
  static InstallOptions of(ParseResult parsed) {
    @Nullable Path prefix = parsed.<@Nullable Path>matchedOptionValue("--prefix", null);
    boolean installs = parsed.commandSpec().findOption("--repository") != null;
    @Nullable Path repository =
        installs ? parsed.<@Nullable Path>matchedOptionValue("--repository", null) : null;
    Path usual = Path.of(System.getProperty("user.home"), ".local");
    return new InstallOptions(
        (prefix != null ? prefix : installs ? usual : own().orElse(usual)).toAbsolutePath().normalize(),
        (repository == null ? MavenRepository.local() : repository).toAbsolutePath().normalize());
  }

  /** The prefix of the installation that this command belongs to. */
  private static Optional<Path> own() {
    return Installation.home().filter(home -> home.endsWith("lib/pinion")).map(home -> home.resolve("../.."));
  }
}
