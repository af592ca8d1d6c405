package dev.pinion.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of {@code deploy}, {@code diff} and {@code destroy}.
 *
 * @param target the target; null for the one whose folder exists
 * @param out the folder of the target; null for a folder in {@code target} next to the program
 * @param stack the name of the stack, for CDK; null for the name of the app's class
 * @param approved whether the tool is not to ask
 * @param settings the tool's arguments that set variables
 * @param tool the tool; null for the first one on the PATH
 * @param more further arguments for the tool
 */
record DeployOptions(
    Action action, ProgramOptions program, @Nullable String target, @Nullable Path out, @Nullable String stack,
    boolean approved, Settings settings, @Nullable String tool, List<String> more) {
  private static final String VAR = "--var";
  private static final String VAR_FILE = "--var-file";
  private static final String PARAMETERS = "--parameters";

  /** What is done. */
  enum Action {
    DEPLOY("Compile an app and deploy it with your own tofu, terraform or cdk."),
    DIFF("Compile an app and show what a deployment would change."),
    DESTROY("Delete what was deployed, including tables and their rows.");

    private final String description;

    Action(String description) {
      this.description = description;
    }

    /** Returns the command's name. */
    String command() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Values that a deployment is given.
   *
   * @param variables NAME=VALUE, for Terraform
   * @param files files with variables, for Terraform
   * @param parameters NAME=VALUE, for CDK
   */
  record Settings(List<String> variables, List<Path> files, List<String> parameters) {}

  /** Returns the options in picocli's model. */
  static CommandSpec spec(Action action) {
    CommandSpec spec = ProgramOptions.addTo(Commands.create(action.description))
        .addOption(
            option("The target: tf-aws or awscdk. Default: the one that was compiled last time; tf-aws the first time.",
                "TARGET", "-t", "--target").type(String.class).build())
        .addOption(
            option("The target's folder. Default: target/TARGET next to the program.", "DIR", "--out").type(Path.class)
                .build())
        .addOption(
            option("The name of the stack; for awscdk only. Default: the name of the app's class.", "NAME", "--stack")
                .type(String.class).build());
    if (action != Action.DIFF) {
      spec.addOption(
          OptionSpec.builder("--auto-approve").type(boolean.class).description(
              "Do not ask before anything changes: -auto-approve of tofu and terraform, "
                  + (action == Action.DEPLOY ? "--require-approval never" : "--force") + " of cdk.")
              .build());
    }
    return spec
        .addOption(
            option("Set a variable, such as config_greeting=Welcome; for tf-aws. Repeatable.", "NAME=VALUE", VAR)
                .type(List.class).auxiliaryTypes(String.class).build())
        .addOption(
            option("Set the variables in a file; for tf-aws. Repeatable.", "FILE", VAR_FILE).type(List.class)
                .auxiliaryTypes(Path.class).build())
        .addOption(
            option("Set a parameter of the stack, such as ConfigGreeting=Welcome; for awscdk. Repeatable.",
                "NAME=VALUE", PARAMETERS).type(List.class).auxiliaryTypes(String.class).build())
        .addOption(
            option("The command to use, or its file. Default: tofu, or else terraform, or for awscdk cdk, as on the"
                + " PATH.", "TOOL", "--tool").type(String.class).build())
        .addPositional(
            PositionalParamSpec.builder().index("1..*").arity("0..*").paramLabel("-- ARGUMENT").type(List.class)
                .auxiliaryTypes(String.class).description("Further arguments for the tool, behind --.").build());
  }

  private static OptionSpec.Builder option(String description, String label, String... names) {
    return OptionSpec.builder(names[0], List.of(names).subList(1, names.length).toArray(String[]::new))
        .paramLabel(label).description(description);
  }

  /**
   * Reads the parsed arguments.
   *
   * @throws UserException if arguments for the tool stand before {@code --}
   */
  static DeployOptions of(Action action, ParseResult parsed) {
    List<String> more = parsed.matchedPositionalValue(1, List.<String>of());
    List<String> all = parsed.originalArgs();
    if (!more.isEmpty() && !all.subList(0, all.size() - more.size()).contains("--")) {
      throw new UserException(
          "error: unexpected argument '" + more.getFirst() + "': arguments for the tool stand behind --");
    }
    return new DeployOptions(
        action, ProgramOptions.of(parsed), parsed.<@Nullable String>matchedOptionValue("--target", null),
        parsed.<@Nullable Path>matchedOptionValue("--out", null),
        parsed.<@Nullable String>matchedOptionValue("--stack", null),
        action != Action.DIFF && parsed.matchedOptionValue("--auto-approve", false),
        new Settings(
            parsed.matchedOptionValue(VAR, List.<String>of()), parsed.matchedOptionValue(VAR_FILE, List.<Path>of()),
            parsed.matchedOptionValue(PARAMETERS, List.<String>of())),
        parsed.<@Nullable String>matchedOptionValue("--tool", null), more);
  }

  /**
   * Checks that the values are for a target.
   *
   * @throws UserException if they are not
   */
  void check(String chosen) {
    boolean cdk = chosen.equals(CompileOptions.AWSCDK);
    if (cdk && !(settings.variables.isEmpty() && settings.files.isEmpty())) {
      throw new UserException(
          "error: --var and --var-file work with tf-aws only: set a parameter of the stack with " + PARAMETERS
              + " NAME=VALUE");
    }
    if (!cdk && !settings.parameters.isEmpty()) {
      throw new UserException("error: " + PARAMETERS + " works with awscdk only: set a variable with --var NAME=VALUE");
    }
  }
}
