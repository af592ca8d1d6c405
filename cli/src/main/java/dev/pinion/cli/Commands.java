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
 * The commands that there are, as picocli sees them. Only those that are asked for are made, and none with picocli's
 * annotations: reading them takes a tenth of the time to the first handshake.
 */
final class Commands {
  private static final Map<String, Supplier<CommandSpec>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("run", RunOptions::spec);
    ALL.put("compile", CompileOptions::spec);
    ALL.put("explain", ExplainCommand::spec);
    ALL.put("cost", CostOptions::spec);
    ALL.put("help", Commands::help);
    ALL.put("version", () -> create("Show the version of Pinion and of Java."));
  }

  private Commands() {}

  /** The whole line: with the one command that the first argument names, or with all when it names none. */
  static CommandSpec of(String version, String... arguments) {
    CommandSpec spec = create("WebSockets as a cloud resource, in Java.").name("pinion").version(version)
        .addOption(
            OptionSpec.builder("-V", "--version").versionHelp(true).description("Print version information and exit.")
                .build());
    spec.usageMessage().synopsisSubcommandLabel("COMMAND");
    String first = arguments.length == 0 ? "help" : arguments[0];
    boolean known = ALL.containsKey(first) && !first.equals("help");
    ALL.forEach((name, made) -> {
      if (!known || name.equals(first)) spec.addSubcommand(name, new CommandLine(made.get()));
    });
    return spec;
  }

  /** A command that can be asked for its help, and what it does. */
  static CommandSpec create(String description) {
    CommandSpec spec = CommandSpec.create().addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help message and exit.").build());
    spec.usageMessage().description(description).sortOptions(false);
    return spec;
  }

  private static CommandSpec help() {
    return create("Show what pinion can do, or how to use one command.")
        .addPositional(
            PositionalParamSpec.builder().paramLabel("COMMAND").arity("0..1").type(String.class)
                .description("The command to explain.").build());
  }

  /** Prints the help that {@code help} asks for. */
  static void showHelp(CommandLine all, ParseResult help) {
    @Nullable String name = help.<@Nullable String>matchedPositionalValue(0, null);
    @Nullable CommandLine of = name == null ? all : all.getSubcommands().get(name);
    if (of == null) throw new ParameterException(all, Misuse.noCommand(all, String.valueOf(name)));
    of.usage(all.getOut());
  }
}
