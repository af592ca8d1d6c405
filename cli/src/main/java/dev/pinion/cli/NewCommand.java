package dev.pinion.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/** The command {@code new}: writes a Maven project with an app and its test. It never writes over a file. */
final class NewCommand {
  private final NewOptions options;
  private final String version;
  private final PrintStream out;

  NewCommand(NewOptions options, String version, PrintStream out) {
    this.options = options;
    this.version = version;
    this.out = out;
  }

  /** Writes the project and returns the exit code. */
  int run() throws IOException {
    Map<Path, String> files = files();
    checkFree(files);
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Files.createDirectories(requireNonNull(file.getKey().getParent()));
      Files.writeString(file.getKey(), file.getValue(), StandardOpenOption.CREATE_NEW);
    }
    Path shown = shown();
    out.println("created " + shown);
    files.keySet().forEach(file -> out.println("  " + options.folder().relativize(file)));
    out.println("next:");
    if (!shown.toString().equals(".")) out.println("  cd " + shown);
    out.println("  pinion run .");
    out.println("  mvn test");
    if (!Files.isDirectory(MavenRepository.local().resolve("dev/pinion/pinion-junit").resolve(version))) {
      out.println("note: mvn needs Pinion's artifacts in the local Maven repository: pinion install puts them there");
    }
    return PinionCommand.OK;
  }

  private Path shown() {
    Path here = Path.of("").toAbsolutePath();
    if (options.folder().equals(here)) return Path.of(".");
    return options.folder().startsWith(here) ? here.relativize(options.folder()) : options.folder();
  }

  private static void checkFree(Map<Path, String> files) {
    String there =
        files.keySet().stream().filter(Files::exists).map(file -> "  " + file).collect(Collectors.joining("\n"));
    if (!there.isEmpty()) {
      throw new UserException("error: these files exist, and nothing was written:\n" + there);
    }
  }

  private Map<Path, String> files() {
    Path folder = options.folder();
    String type = type();
    Path code = Path.of("java", options.packageName().split("\\.", -1));
    String source = options.template().equals("empty") ? "App" : type;
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(folder.resolve("pom.xml"), text("common/pom.xml"));
    files.put(folder.resolve("src/main").resolve(code).resolve(type + ".java"),
        text(options.template() + "/" + source + ".java"));
    files.put(folder.resolve("src/test").resolve(code).resolve(type + "Test.java"),
        text(options.template() + "/" + source + "Test.java"));
    files.put(folder.resolve("README.md"), text("common/README.md"));
    files.put(folder.resolve(".gitignore"), text("common/gitignore"));
    files.put(folder.resolve(".editorconfig"), text("common/editorconfig"));
    files.put(folder.resolve(".github/workflows/test.yml"), text("common/test.yml"));
    return files;
  }

  /** Returns the simple name of the app's class. */
  private String type() {
    if (!options.template().equals("empty")) return capitalized(options.template());
    return Stream.of(options.name().split("[-_.]", -1)).map(NewCommand::capitalized).collect(Collectors.joining())
        + "App";
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private String text(String template) {
    try (InputStream file = requireNonNull(getClass().getResourceAsStream("new/" + template), template)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("@name@", options.name())
          .replace("@package@", options.packageName())
          .replace("@group@", options.groupId())
          .replace("@class@", type())
          .replace("@version@", version)
          .replace("@junit@", TestCommand.JUNIT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
