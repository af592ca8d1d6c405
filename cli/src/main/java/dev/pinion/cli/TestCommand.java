package dev.pinion.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command {@code test}: runs a program's tests. Those of a Maven project run in Maven; others are compiled with the
 * program, and run in a process of their own.
 */
final class TestCommand {
  /** The JUnit that tests without a build are compiled with. */
  static final String JUNIT = "6.1.3";
  private static final int FAILED = 1;

  private final Path path;
  private final List<String> properties;
  private final PrintStream out;
  private final PrintStream err;

  private TestCommand(Path path, List<String> properties, PrintStream out, PrintStream err) {
    this.path = path;
    this.properties = properties;
    this.out = out;
    this.err = err;
  }

  /** Returns the options in picocli's model. */
  static CommandSpec spec() {
    return Commands.create("Run an app's tests.")
        .addPositional(
            PositionalParamSpec.builder().paramLabel("PROGRAM").arity("0..1").type(Path.class)
                .description("A Java file, whose tests are in NAMETest.java beside it or in the folder test, a Maven"
                    + " project, or a folder of Java files. Default: the current folder.")
                .build())
        .addOption(
            OptionSpec.builder("--target").paramLabel("URL").type(String.class)
                .description("Run the tests against a deployed app, such as"
                    + " wss://abc.execute-api.eu-west-1.amazonaws.com/prod; with several WebSockets ID=URL,ID=URL.")
                .build())
        .addOption(
            OptionSpec.builder("--seed").paramLabel("N").type(Long.class)
                .description("The seed of faults that happen by chance, from the text of a failure.").build());
  }

  static TestCommand of(ParseResult parsed, PrintStream out, PrintStream err) {
    List<String> properties = new ArrayList<>();
    @Nullable String target = parsed.<@Nullable String>matchedOptionValue("--target", null);
    @Nullable Long seed = parsed.<@Nullable Long>matchedOptionValue("--seed", null);
    if (target != null) properties.add("-Dpinion.target=" + target);
    if (seed != null) properties.add("-Dpinion.seed=" + seed);
    return new TestCommand(parsed.<Path>matchedPositionalValue(0, Path.of(".")), properties, out, err);
  }

  /** Runs the tests. Returns 0 if all have passed, 1 if one has failed. */
  int run() {
    if (Files.exists(path.resolve("pom.xml"))) {
      return new MavenProject(path, err::println).test(properties, out::println) == 0 ? PinionCommand.OK : FAILED;
    }
    List<Path> sources = Files.isDirectory(path) ? ofFolder() : ofFile();
    try {
      Path classes = Files.createTempDirectory("pinion-test");
      try {
        return run(sources, classes);
      } finally {
        FileTree.delete(classes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> ofFolder() {
    List<Path> sources = Program.files(path, ".java");
    if (sources.stream().noneMatch(TestSources::isTest)) {
      throw new UserException("error: no tests in " + path + ": write ChatTest.java beside Chat.java");
    }
    return sources;
  }

  private List<Path> ofFile() {
    if (!Files.exists(path)) throw new UserException("error: no such file or folder: " + path);
    if (!Files.isRegularFile(path) || !path.toString().endsWith(".java")) {
      throw new UserException("error: " + path + " is neither a .java file nor a folder");
    }
    Path file = path.toAbsolutePath();
    String name = file.getFileName().toString();
    if (TestSources.isTest(file)) {
      String program = name.replaceFirst("Tests?\\.java$", ".java");
      return existing(file, List.of(file.resolveSibling(program), file.resolveSibling("../" + program)));
    }
    String test = name.replaceFirst("\\.java$", "Test.java");
    return existing(file, List.of(file.resolveSibling(test), file.resolveSibling("test/" + test)));
  }

  private List<Path> existing(Path file, List<Path> others) {
    return others.stream().filter(other -> Files.isRegularFile(other) && !other.equals(file)).findFirst()
        .map(other -> Stream.of(file, other.normalize()).flatMap(each -> NeighborSources.of(each).stream()).distinct()
            .toList())
        .orElseThrow(
            () -> new UserException(
                "error: " + path + " has no tests: write " + others.getFirst().getFileName() + " beside it"));
  }

  private int run(List<Path> sources, Path classes) throws IOException {
    List<Dependency> dependencies = new ArrayList<>(Dependency.in(sources));
    dependencies.removeIf(each -> each.group().startsWith("org.junit."));
    dependencies.add(new Dependency("org.junit.jupiter", "junit-jupiter", JUNIT, "tests"));
    dependencies.add(new Dependency("org.junit.platform", "junit-platform-launcher", JUNIT, "tests"));
    List<Path> libraries = new ArrayList<>(Installation.pinion());
    libraries.addAll(new Libraries(err::println).of(dependencies));
    Map<String, byte[]> compiled = SourceCompiler.compile(sources, libraries, err);
    for (Map.Entry<String, byte[]> each : compiled.entrySet()) {
      Path file = classes.resolve(each.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    return start(classes, libraries);
  }

  private int start(Path classes, List<Path> libraries) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
    command.addAll(properties);
    command.addAll(
        List.of(
            "-cp",
            Stream.concat(Stream.of(classes), libraries.stream()).map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)),
            "dev.pinion.junit.TestMain", classes.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(out::println);
    }
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Which source files are tests. */
  static final class TestSources {
    private static final Predicate<String> IMPORT =
        java.util.regex.Pattern.compile("^import (static )?(org\\.junit|dev\\.pinion\\.junit)\\.").asPredicate();

    private TestSources() {}

    /** Returns whether a file uses JUnit or Pinion's test kit. */
    static boolean isTest(Path file) {
      try (Stream<String> lines = Files.lines(file)) {
        return lines.anyMatch(IMPORT);
      } catch (IOException | UncheckedIOException e) {
        return false; // the compiler says what is wrong with it
      }
    }
  }
}
