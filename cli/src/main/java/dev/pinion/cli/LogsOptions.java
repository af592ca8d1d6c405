package dev.pinion.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The arguments of {@code logs}.
 *
 * @param handler the path of a handler; null for all handlers
 * @param follow whether to wait for more
 * @param program the program whose deployed app is asked; null for an app that runs on this machine
 * @param port the port of the app that runs on this machine
 * @param target the target of the deployed app; null for the one that is compiled
 * @param out its folder; null for the usual one
 * @param since how far back the log of a deployed app is shown
 * @param all whether Lambda's own lines are shown
 */
record LogsOptions(
    @Nullable String handler, boolean follow, @Nullable Path program, int port, @Nullable String target,
    @Nullable Path out, Duration since, boolean all) {
  private static final int DEFAULT_PORT = 8080;
  private static final int LAST_PORT = 65_535;

  /** Returns the options in picocli's model. */
  static CommandSpec spec() {
    return Commands.create("Show the log of an app that runs on this machine, or of a deployed one.")
        .addPositional(
            PositionalParamSpec.builder().paramLabel("HANDLER").arity("0..1").type(String.class)
                .description("A handler as pinion explain names it, such as 'chat/$connect'. Default: all of them.")
                .build())
        .addOption(flag("Wait for more, until Ctrl-C.", "-f", "--follow"))
        .addOption(
            option("The app that pinion run runs on this port. Default: 8080.", "N", "--port").type(Integer.class)
                .converters(new PortConverter()).build())
        .addOption(
            option("The deployed app of this program: its log in CloudWatch Logs, by your own AWS CLI.", "PROGRAM",
                "--program").type(Path.class).build())
        .addOption(
            option("The target that the program was deployed with: tf-aws or awscdk. Default: the one that it is"
                + " compiled for.", "TARGET", "-t", "--target").type(String.class).build())
        .addOption(
            option("The target's folder. Default: target/TARGET next to the program.", "DIR", "--out").type(Path.class)
                .build())
        .addOption(
            option("How far back to look in the log of a deployed app, such as 30s, 10m, 2h or 1d. Default: 10m.",
                "TIME", "--since").type(Duration.class).converters(new AgeConverter()).build())
        .addOption(flag("Show Lambda's own lines, too, such as START and REPORT.", "--all"));
  }

  private static OptionSpec.Builder option(String description, String label, String name, String... more) {
    return OptionSpec.builder(name, more).paramLabel(label).description(description);
  }

  private static OptionSpec flag(String description, String name, String... more) {
    return OptionSpec.builder(name, more).type(boolean.class).description(description).build();
  }

  /** Reads the parsed arguments. */
  static LogsOptions of(ParseResult parsed) {
    @Nullable Path program = parsed.<@Nullable Path>matchedOptionValue("--program", null);
    if (program == null) {
      for (String each : new String[] {"--target", "--out", "--since", "--all"}) {
        if (parsed.hasMatchedOption(each)) {
          throw new UserException("error: " + each + " is about a deployed app: name its program with --program");
        }
      }
    }
    return new LogsOptions(
        parsed.<@Nullable String>matchedPositionalValue(0, null), parsed.matchedOptionValue("--follow", false),
        program, parsed.matchedOptionValue("--port", DEFAULT_PORT),
        parsed.<@Nullable String>matchedOptionValue("--target", null),
        parsed.<@Nullable Path>matchedOptionValue("--out", null),
        parsed.matchedOptionValue("--since", Duration.ofMinutes(10)), parsed.matchedOptionValue("--all", false));
  }

  /** Reads a port that something listens on. */
  private static final class PortConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      int port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
      if (port >= 1 && port <= LAST_PORT) return port;
      throw new TypeConversionException("'" + value + "' is not a valid port: use 1 to 65535");
    }
  }

  /** Reads a time in the past. */
  private static final class AgeConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      if (!value.matches("[0-9]{1,6}[smhd]")) {
        throw new TypeConversionException("'" + value + "' is not a time: use a number with s, m, h or d, such as 10m");
      }
      long amount = Long.parseLong(value.substring(0, value.length() - 1));
      return switch (value.charAt(value.length() - 1)) {
        case 's' -> Duration.ofSeconds(amount);
        case 'm' -> Duration.ofMinutes(amount);
        case 'h' -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
  }
}
