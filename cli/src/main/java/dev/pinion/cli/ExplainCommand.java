package dev.pinion.cli;

import dev.pinion.inspect.Inspection;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AppModel;
import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command {@code explain}: says which handler of a program may do what, and which lines need it. */
final class ExplainCommand {
  private final ProgramOptions options;
  private final boolean json;
  private final PrintStream out;
  private final PrintStream err;

  ExplainCommand(ParseResult parsed, PrintStream out, PrintStream err) {
    this.options = ProgramOptions.of(parsed);
    this.json = parsed.matchedOptionValue("--json", false);
    this.out = out;
    this.err = err;
  }

  /** Returns the options in picocli's model. */
  static CommandSpec spec() {
    return ProgramOptions
        .addTo(Commands.create("Show the permissions of each handler on AWS and the lines that need them."))
        .addOption(OptionSpec.builder("--json").description("Print JSON.").type(boolean.class).build());
  }

  /** Prints the permissions and returns the exit code. */
  int run() {
    RunCache cache = options.cache(err::println);
    Program program = new ProgramReader(err::println).read(options).withSharedVersions(_ -> {});
    ProgramLoader loader = program.load(cache, err);
    Thread.currentThread().setContextClassLoader(loader);
    AppClass app = AppClass.of(loader, program);
    AppModel model = Inspections.define(loader, app);
    if (!Triggers.has(model)) err.println(Triggers.missing(app.name()).replaceFirst("^error", "warning"));
    Inspection inspection = new Inspections(cache).of(loader, app.name(), model);
    Explanation explanation = Explanation.of(inspection, model);
    out.print(json ? new RecordCodec().write(explanation) + "\n" : explanation.text());
    inspection.warnings().forEach(err::println);
    Inspections.check(inspection);
    return PinionCommand.OK;
  }
}
