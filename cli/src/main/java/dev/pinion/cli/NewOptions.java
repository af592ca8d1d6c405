package dev.pinion.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of {@code new}.
 *
 * @param folder the folder of the new project
 * @param name the name of the project, which is the folder's
 * @param packageName the package of its classes
 * @param template what it begins with
 */
record NewOptions(Path folder, String name, String packageName, String template) {
  /** The templates. */
  static final Set<String> TEMPLATES = Set.of("chat", "rooms", "empty");

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*");

  /** Returns the options in picocli's model. */
  static CommandSpec spec() {
    return Commands.create("Create a Maven project with an app and its test.")
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("NAME")
                .arity("1")
                .required(true)
                .type(Path.class)
                .description("The name of the project, and the folder that is created.")
                .build())
        .addOption(
            OptionSpec.builder("--package")
                .paramLabel("PACKAGE")
                .description("The package of its classes, such as com.example.chat. Default: the name without hyphens."
                    + " The groupId is the package, without a last part that repeats a word of the name.")
                .type(String.class)
                .build())
        .addOption(
            OptionSpec.builder("--template")
                .paramLabel("TEMPLATE")
                .description("What it begins with: chat, rooms (routes, typed messages, an index) or empty. Default:"
                    + " chat.")
                .type(String.class)
                .build());
  }

  /**
   * Reads the parsed arguments.
   *
   * @throws UserException for a name, package or template that cannot be used
   */
  static NewOptions of(ParseResult parsed) {
    Path folder = parsed.<Path>matchedPositionalValue(0, Path.of("")).toAbsolutePath().normalize();
    String name = String.valueOf(folder.getFileName());
    if (!NAME.matcher(name).matches()) {
      throw new UserException(
          "error: '" + name + "' cannot be the name of a project: use letters, digits and hyphens, beginning with a"
              + " letter, such as my-chat");
    }
    @Nullable String given = parsed.<@Nullable String>matchedOptionValue("--package", null);
    String packageName = given == null ? defaultPackage(name) : given;
    if (!SourceVersion.isName(packageName)) {
      throw new UserException(
          "error: '" + packageName
              + "' is not the name of a package: name one with --package, such as com.example.chat");
    }
    String template = parsed.matchedOptionValue("--template", "chat");
    if (!TEMPLATES.contains(template)) {
      throw new UserException("error: unknown template '" + template + "': use chat, rooms or empty");
    }
    return new NewOptions(folder, name, packageName, template);
  }

  /**
   * Returns the groupId of the project: its package, without a last part that the artifactId repeats, such as {@code
   * com.example} for {@code com.example.chat} and {@code my-chat}.
   */
  String groupId() {
    int dot = packageName.lastIndexOf('.');
    String plain = name.toLowerCase(Locale.ROOT);
    Set<String> words = new HashSet<>(List.of(plain.split("[-_.]", -1)));
    words.add(plain.replaceAll("[-_.]", ""));
    boolean repeats = dot > 0 && words.contains(packageName.substring(dot + 1).toLowerCase(Locale.ROOT));
    return repeats ? packageName.substring(0, dot) : packageName;
  }

  private static String defaultPackage(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    return SourceVersion.isName(plain) ? plain : plain + "app";
  }
}
