package dev.pinion.cli;

import dev.pinion.cli.DeployOptions.Action;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line of Pinion.
 *
 * <p>Exit codes: 0 for success, 2 for a user's mistake, which is explained without a stack trace, and 70 for a bug in
 * Pinion, which is printed with one.
 */
public final class PinionCommand {
  static final int OK = 0;
  static final int USER_MISTAKE = 2;
  static final int OUR_MISTAKE = 70;

  private final PrintStream out;
  private final PrintStream err;

  private PinionCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Executes a command line and exits. */
  public static void main(String... arguments) {
    System.exit(execute(System.out, System.err, arguments));
  }

  /** Executes a command line and returns the exit code. */
  static int execute(PrintStream out, PrintStream err, String... arguments) {
    return new PinionCommand(out, err).execute(arguments);
  }

  private int execute(String... arguments) {
    CommandLine line = new CommandLine(Commands.of(version(), arguments));
    line.registerConverter(Path.class, new PathConverter());
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((mistake, _) -> misused(mistake))
        .setExecutionStrategy(this::execute);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      return line.execute(DebugPort.complete(arguments));
    } finally {
      Thread.currentThread().setContextClassLoader(before); // commands set the program's
      out.flush();
      err.flush();
    }
  }

  private static String version() {
    return "pinion " + Installation.version() + ", Java " + Runtime.version();
  }

  @SuppressWarnings("CatchingUnchecked") // the last place where a bug of ours can be reported
  private int execute(ParseResult parsed) {
    @Nullable Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) return helped;
    CommandLine line = parsed.commandSpec().commandLine();
    if (!parsed.hasSubcommand()) return unnamed(line);
    try {
      return execute(line, parsed.subcommand());
    } catch (UserException mistake) {
      err.println(ErrorForm.of(String.valueOf(mistake.getMessage())));
      return USER_MISTAKE;
    } catch (ParameterException misuse) {
      throw misuse;
    } catch (Exception | Error thrown) {
      Optional<String> trouble = FileTrouble.of(thrown);
      if (trouble.isPresent()) {
        err.println("error: " + trouble.get());
        return USER_MISTAKE;
      }
      err.println("error: internal error in Pinion. Please report it with the following lines:");
      thrown.printStackTrace(err);
      return OUR_MISTAKE;
    }
  }

  private int execute(CommandLine line, ParseResult command) throws IOException, InterruptedException {
    return switch (command.commandSpec().name()) {
      case "run" -> new RunCommand(RunOptions.of(command), out, err).run();
      case "connect" -> new ConnectCommand(ConnectOptions.of(command), System.in, out, err).run();
      case "logs" -> new LogsCommand(LogsOptions.of(command), out, err).run();
      case "test" -> TestCommand.of(command, out, err).run();
      case "compile" -> new CompileCommand(CompileOptions.of(command), out, err).run();
      case "deploy" -> new DeployCommand(DeployOptions.of(Action.DEPLOY, command), out, err).run();
      case "diff" -> new DeployCommand(DeployOptions.of(Action.DIFF, command), out, err).run();
      case "destroy" -> new DeployCommand(DeployOptions.of(Action.DESTROY, command), out, err).run();
      case "explain" -> new ExplainCommand(command, out, err).run();
      case "new" -> new NewCommand(NewOptions.of(command), Installation.version(), out).run();
      case "install" -> new InstallCommand(InstallOptions.of(command), out, err).run();
      case "uninstall" -> new UninstallCommand(InstallOptions.of(command), out).run();
      case "cost" -> new CostCommand(CostOptions.of(command), out).run();
      case "help" -> {
        Commands.showHelp(line, command);
        yield OK;
      }
      default -> {
        line.printVersionHelp(line.getOut());
        yield OK;
      }
    };
  }

  /** Without a command, as scripts must notice, but with the usage, which is what people want to see. */
  private static int unnamed(CommandLine line) {
    line.getErr().println("error: no command given");
    line.usage(line.getErr());
    return USER_MISTAKE;
  }

  private int misused(ParameterException mistake) {
    CommandLine line = mistake.getCommandLine();
    err.println("error: " + Misuse.message(mistake));
    @Nullable CommandLine parent = line.getParent();
    err.println("See: pinion help" + (parent == null ? "" : " " + line.getCommandName()));
    return USER_MISTAKE;
  }
}
