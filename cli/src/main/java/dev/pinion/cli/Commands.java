package dev.pinion.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * All commands, in picocli's model. Only the requested ones are built, and without picocli's annotations: reading those
 * takes a tenth of the time to the first handshake.
 */
final class Commands {
  /** In the order in which the help lists them. */
  private static final List<String> NAMES =
      List.of(
          "run", "connect", "logs", "test", "compile", "deploy", "diff", "destroy", "explain", "new", "install",
          "uninstall", "cost", "help", "version");

  private Commands() {}

  /** Returns the command line: with the command that the first argument names, or with all of them if it names none. */
  static CommandSpec of(String version, String... arguments) {
    CommandSpec spec = create("WebSockets as a cloud resource, in Java.").name("pinion").version(version)
        .addOption(
            OptionSpec.builder("-V", "--version").versionHelp(true)
                .description("Print the versions of Pinion and Java and exit.")
                .build());
    spec.usageMessage().synopsisSubcommandLabel("COMMAND");
    String first = arguments.length == 0 ? "help" : arguments[0];
    boolean known = NAMES.contains(first) && !first.equals("help");
    for (String name : NAMES) {
      if (!known || name.equals(first)) spec.addSubcommand(name, new CommandLine(named(name)));
    }
    return spec;
  }

  private static CommandSpec named(String name) {
    return switch (name) {
      case "run" -> RunOptions.spec();
      case "connect" -> ConnectOptions.spec();
      case "logs" -> LogsOptions.spec();
      case "test" -> TestCommand.spec();
      case "compile" -> CompileOptions.spec();
      case "deploy" -> DeployOptions.spec(DeployOptions.Action.DEPLOY);
      case "diff" -> DeployOptions.spec(DeployOptions.Action.DIFF);
      case "destroy" -> DeployOptions.spec(DeployOptions.Action.DESTROY);
      case "explain" -> ExplainCommand.spec();
      case "new" -> NewOptions.spec();
      case "install" -> InstallOptions.install();
      case "uninstall" -> InstallOptions.uninstall();
      case "cost" -> CostOptions.spec();
      case "help" -> help();
      default -> create("Print the versions of Pinion and Java.");
    };
  }

  /** Creates a command with its description and a {@code --help} option. */
  static CommandSpec create(String description) {
    CommandSpec spec = CommandSpec.create().addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Print this help and exit.").build());
    spec.usageMessage().description(description).sortOptions(false);
    return spec;
  }

  private static CommandSpec help() {
    return create("Print help for pinion or for one of its commands.")
        .addPositional(
            PositionalParamSpec.builder().paramLabel("COMMAND").arity("0..1").type(String.class)
                .description("The command to describe.").build());
  }

  /** Prints the help that a {@code help} command requests. */
  static void showHelp(CommandLine all, ParseResult help) {
    @Nullable String name = help.<@Nullable String>matchedPositionalValue(0, null);
    @Nullable CommandLine of = name == null ? all : all.getSubcommands().get(name);
    if (of == null) throw new ParameterException(all, Misuse.noCommand(all, String.valueOf(name)));
    of.usage(all.getOut());
  }
}
