package dev.pinion.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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
  private static final Map<String, Supplier<CommandSpec>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("run", RunOptions::spec);
    ALL.put("test", TestCommand::spec);
    ALL.put("compile", CompileOptions::spec);
    ALL.put("explain", ExplainCommand::spec);
    ALL.put("new", NewOptions::spec);
    ALL.put("install", InstallOptions::install);
    ALL.put("uninstall", InstallOptions::uninstall);
    ALL.put("cost", CostOptions::spec);
    ALL.put("help", Commands::help);
    ALL.put("version", () -> create("Print the versions of Pinion and Java."));
  }

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
    boolean known = ALL.containsKey(first) && !first.equals("help");
    ALL.forEach((name, made) -> {
      if (!known || name.equals(first)) spec.addSubcommand(name, new CommandLine(made.get()));
    });
    return spec;
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
