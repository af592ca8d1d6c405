package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The Java files of a folder, by which an app finds the program that it was compiled from if nothing else tells.
 *
 * @param program the file that the user has named
 */
record AppFiles(Path program) {
  private static final Pattern APP = Pattern.compile("\\bimplements\\b[^{]*\\bApp\\b");

  /** Returns whether one of two programs is a file in the other one, a folder, where it alone has an app. */
  static boolean isOnlyApp(Path one, Path other) {
    Path file = other.startsWith(one) ? other : one;
    Path folder = other.startsWith(one) ? one : other;
    if (!file.startsWith(folder) || !Files.isRegularFile(file) || !Files.isDirectory(folder)) return false;
    return Program.files(folder, ".java").stream().filter(each -> APP.matcher(code(each)).find())
        .map(MavenBuild::real).toList().equals(List.of(file));
  }

  /** Returns whether one program is the other one in another checkout: it has the same name, and the app's class. */
  static boolean isCheckout(Path one, Path other, String name) {
    if (!String.valueOf(one.getFileName()).equals(String.valueOf(other.getFileName()))) return false;
    List<Path> files = Files.isDirectory(one) ? Program.files(one, ".java") : List.of(one);
    return files.stream().anyMatch(each -> declares(each, simple(name)));
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1).replaceFirst("(?<=.)\\$.*", "");
  }

  /**
   * Returns the file beside the program that has a class, if the program has it not, nor uses it as its app. There is
   * none if the class has been renamed.
   *
   * @param name the class's binary name
   */
  Optional<Path> other(String name) {
    if (!Files.isRegularFile(program)) return Optional.empty();
    String simple = simple(name);
    if (declares(program, simple)) return Optional.empty();
    Path self = MavenBuild.real(program);
    Path folder = requireNonNull(program.toAbsolutePath().getParent());
    List<Path> own = APP.matcher(code(program)).find() ? List.of()
        : NeighborSources.of(program).stream().map(MavenBuild::real).toList();
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> each.toString().endsWith(".java")).map(MavenBuild::real).sorted()
          .filter(each -> !each.equals(self) && !own.contains(each) && declares(each, simple)).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean declares(Path file, String simple) {
    Pattern declared = Pattern.compile("\\b(?:class|record|enum)\\s+" + Pattern.quote(simple)
        + "(?!\\p{javaJavaIdentifierPart})");
    return file.endsWith(simple + ".java") || declared.matcher(code(file)).find();
  }

  private static String code(Path file) {
    try {
      return Files.isRegularFile(file) ? JavaText.withoutTexts(Files.readString(file)) : "";
    } catch (IOException e) {
      return ""; // the compiler says what is wrong with it
    }
  }
}
