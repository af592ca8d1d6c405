package dev.pinion.tfaws;

import dev.pinion.aws.PlanException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The files of the folder {@code aws} beside a program, which become part of the compiled module: resources of its
 * own, and override files, by which Terraform changes any attribute of any resource.
 *
 * @param folder the folder, as messages call it
 * @param texts the files by name; none if there is no such folder
 */
public record OperatorFiles(Path folder, SortedMap<String, String> texts) {
  /** The name of the folder. */
  public static final String FOLDER = "aws";

  /** No files. */
  static final OperatorFiles NONE = new OperatorFiles(Path.of(FOLDER), new TreeMap<>());

  private static final String TERRAFORM = "[^.].*\\.tf(\\.json)?";
  /** What OpenTofu, or either tool, would read in a folder of its own. */
  private static final String LEFT_OUT = "[^.].*\\.(tofu|tfvars)(\\.json)?";
  private static final String OVERRIDE = "(.*_)?override\\.tf(\\.json)?";

  /**
   * Reads the folder {@code aws} in a program's folder.
   *
   * @throws PlanException if a file is not UTF-8, as Terraform requires
   */
  public static OperatorFiles of(Path home) {
    Path folder = home.resolve(FOLDER);
    SortedMap<String, String> texts = new TreeMap<>();
    if (!Files.isDirectory(folder)) return new OperatorFiles(folder, texts);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.matches(TERRAFORM) && Files.isRegularFile(file)) texts.put(name, text(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new OperatorFiles(folder, texts);
  }

  /** Returns a warning for each file that somebody may take for a part of the module, and that is none. */
  public List<String> warnings() {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> String.valueOf(each.getFileName())).filter(each -> each.matches(LEFT_OUT)).sorted()
          .map(each -> folder.resolve(each) + ": warning: the file does not become part of the module: "
              + (each.contains(".tofu") ? "only *.tf and *.tf.json do"
                  : "pass it with --var-file, or write it to the module's folder"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new PlanException(List.of(file + ":1: error: the file is not UTF-8: save it as UTF-8"));
    }
  }

  /**
   * Checks the files against the generated ones.
   *
   * @param generated the texts of the generated files, by name
   * @throws PlanException if a file has the name of a generated one, declares what is already declared, or overrides
   *     what is not there; with all such places
   */
  void check(Map<String, String> generated) {
    List<String> problems = new ArrayList<>();
    Map<String, Address> declared = new LinkedHashMap<>();
    generated.forEach((name, text) -> read(name, text, problems).forEach(each -> declared.put(each.text(), each)));
    List<Address> overriding = new ArrayList<>();
    texts.forEach((name, text) -> {
      List<Address> addresses = read(name, text, problems);
      if (generated.containsKey(name)) {
        problems.add(problem(name, 1, "a generated file has this name: give this one another name, or, to change what"
            + " is generated, one that ends in _override.tf.json"));
      } else if (name.matches(OVERRIDE)) {
        overriding.addAll(addresses);
      } else {
        addresses.forEach(each -> declare(each, declared, generated, problems));
      }
    });
    overriding.forEach(each -> override(each, declared, problems));
    if (!problems.isEmpty()) throw new PlanException(problems);
  }

  private void declare(
      Address address, Map<String, Address> declared, Map<String, String> generated, List<String> problems) {
    Address earlier = declared.putIfAbsent(address.text(), address);
    // A provider may be configured once for each alias.
    if (earlier == null || address.text().startsWith("provider.")) return;
    problems.add(problem(address.file(), address.line(), generated.containsKey(earlier.file())
        ? address.text() + " is already in the generated " + earlier.file()
            + ": to change it, use a file whose name ends in _override.tf.json"
        : address.text() + " is already at " + folder.resolve(earlier.file()) + ":" + earlier.line()));
  }

  private void override(Address address, Map<String, Address> declared, List<String> problems) {
    if (declared.containsKey(address.text())) return;
    Optional<String> nearest = address.nearest(declared.keySet());
    problems.add(problem(address.file(), address.line(), address.text()
        + " is not in the compiled module, so there is nothing to override"
        + nearest.map(each -> ": did you mean " + each + "?").orElse("")));
  }

  private List<Address> read(String name, String text, List<String> problems) {
    try {
      return name.endsWith(".json") ? JsonAddresses.of(name, text) : HclAddresses.of(name, text);
    } catch (JsonAddresses.Malformed e) {
      problems.add(problem(name, e.line, String.valueOf(e.getMessage())));
      return List.of();
    }
  }

  private String problem(String name, int line, String message) {
    return folder.resolve(name) + ":" + line + ": error: " + message;
  }

  /** Returns the files' contents. */
  Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    texts.forEach((name, text) -> contents.put(name, text.getBytes(UTF_8)));
    return contents;
  }
}
