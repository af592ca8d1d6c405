package dev.pinion.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments that name a program, which several commands take.
 *
 * @param path the file or folder; with {@code classes}, the name of the app's class,
 *     which may be empty
 * @param classes folders with compiled classes, if any other build than Maven makes the program
 * @param classPath jars and folders that the classes need
 * @param cached whether what is known of an unchanged program is used
 */
record ProgramOptions(Path path, List<Path> classes, List<String> classPath, boolean cached) {
  private static final String CLASSES = "--classes";
  private static final String CLASS_PATH = "--class-path";
  private static final String NO_CACHE = "--no-cache";

  ProgramOptions {
    classes = List.copyOf(classes);
    classPath = List.copyOf(classPath);
  }

  /** Adds the arguments to a command, in picocli's model. */
  static CommandSpec addTo(CommandSpec spec) {
    return spec
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("PROGRAM")
                .arity("0..1")
                .type(Path.class)
                .description("A Java file, a Maven or Gradle project (a folder with a pom.xml or build.gradle), or a"
                    + " folder of Java files. With --classes: the name of the app's class, which is only needed if"
                    + " there are several.")
                .build())
        .addOption(
            OptionSpec.builder(CLASSES)
                .paramLabel("FOLDERS")
                .description("Folders with the compiled classes and resources of a program that any other build has"
                    + " made, separated by '" + File.pathSeparator + "'. Repeatable.")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build())
        .addOption(
            OptionSpec.builder(CLASS_PATH)
                .paramLabel("PATH")
                .description("The jars that these classes need, separated by '" + File.pathSeparator
                    + "'; FOLDER/* stands for all jars in a folder. Pinion itself is not needed.")
                .type(String.class)
                .build())
        .addOption(
            OptionSpec.builder(NO_CACHE)
                .description("Compile and inspect the program even if it has not changed since the last time.")
                .type(boolean.class)
                .build());
  }

  /** Reads the parsed arguments. */
  static ProgramOptions of(ParseResult parsed) {
    List<String> classes = parsed.matchedOptionValue(CLASSES, List.<String>of());
    @Nullable String path = parsed.<@Nullable String>matchedOptionValue(CLASS_PATH, null);
    if (path != null && classes.isEmpty()) {
      throw new UserException("error: --class-path works together with --classes only");
    }
    @Nullable Path program = parsed.<@Nullable Path>matchedPositionalValue(0, null);
    if (program == null && classes.isEmpty()) {
      CommandSpec spec = parsed.commandSpec();
      throw new MissingParameterException(
          spec.commandLine(), spec.positionalParameters().getFirst(), "Missing required parameter: 'PROGRAM'");
    }
    return new ProgramOptions(
        program == null ? Path.of("") : program,
        classes.stream().flatMap(ProgramOptions::split).map(Path::of).toList(),
        path == null ? List.of() : split(path).toList(),
        !parsed.matchedOptionValue(NO_CACHE, false));
  }

  /**
   * Returns the cache that the command uses.
   *
   * @param notes receives a line when it cannot be written
   */
  RunCache cache(Consumer<String> notes) {
    return cached ? RunCache.of(notes) : RunCache.none();
  }

  private static Stream<String> split(String path) {
    return Stream.of(path.split(File.pathSeparator, -1)).filter(each -> !each.isEmpty());
  }
}
