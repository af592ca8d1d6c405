package dev.pinion.tfaws;

import dev.pinion.aws.OutputFolder;
import dev.pinion.aws.OutputFolderException;
import dev.pinion.aws.Plan;
import dev.pinion.aws.TableHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes a module to a folder. */
public final class ModuleFolder {
  /** The comment at the beginning of each file, by which a later compilation recognizes its own files. */
  static final String MARK = "Written by pinion compile: change the program, not this file.";

  /** The files that Terraform and its users keep beside a configuration. */
  private static final String TERRAFORMS =
      "\\.terraform|\\.terraform\\.lock\\.hcl|\\.terraform\\.tfstate\\.lock\\.info|(.*\\.)?tfstate(\\..*)?|.*\\.tfvars"
          + "(\\.json)?|.*\\.tfplan|.*_override\\.tf(\\.json)?|(backend|providers?)\\.tf(\\.json)?";

  /** The list of the files that came from the program's folder {@code aws}, if there are any. */
  private static final String LIST = "pinion.txt";

  private ModuleFolder() {}

  /** Writes a module of a program without files of its own; see the other method. */
  static List<String> write(Path folder, Plan plan, byte[] zip, Consumer<String> warn) {
    return write(folder, plan, OperatorFiles.NONE, zip, warn);
  }

  /**
   * Writes a module. Other files in the folder are kept.
   *
   * @param added the files that become part of it; those that the last compilation added and this one does not vanish
   * @param warn receives a warning for each change of the last compilation's tables that needs care
   * @return the names of those other files that Terraform does not make itself
   * @throws dev.pinion.aws.OutputFolderException if the folder has files, but none of an earlier compilation, or
   *     a file of its own where another would be added; then nothing is written
   * @throws dev.pinion.aws.PlanException if the added files do not fit the module; then nothing is written
   */
  public static List<String> write(
      Path folder, Plan plan, OperatorFiles added, byte[] zip, Consumer<String> warn) {
    Path main = folder.resolve("main.tf.json");
    boolean ours = isOurs(main);
    TableHistory history = ours ? ModuleHistory.read(main) : TableHistory.NONE;
    Map<String, byte[]> files = new LinkedHashMap<>();
    String versioned = TerraformModule.versionedZip(zip);
    Map<String, String> generated = TerraformModule.files(plan, history);
    added.check(generated);
    generated.forEach((name, text) -> files.put(name, text.getBytes(UTF_8)));
    files.put(TerraformModule.ZIP, zip);
    files.put(versioned, zip);
    Set<String> own = ours ? own(folder, files.keySet()) : Set.of();
    add(folder, added, own, files);
    List<String> others = new OutputFolder(folder, own, TERRAFORMS).write(files);
    history.warnings(
        plan,
        "a plan is refused until the variable table_generations asks for an empty table in its place",
        "a plan is refused until the variable destroyed_tables names it, as its rows would be lost",
        false)
        .forEach(warn);
    return others;
  }

  /** Adds the operator's files, and the list by which the next compilation knows them. */
  private static void add(Path folder, OperatorFiles added, Set<String> own, Map<String, byte[]> files) {
    if (added.texts().isEmpty()) return;
    for (String name : added.texts().keySet()) {
      if (!own.contains(name) && Files.exists(folder.resolve(name))) {
        throw new OutputFolderException(folder.resolve(name) + " is not from a compilation, and "
            + added.folder().resolve(name) + " would replace it; nothing was written. Remove it, or name a new folder");
      }
    }
    files.putAll(added.contents());
    files.put(LIST, (MARK + "\n" + String.join("\n", added.texts().keySet()) + "\n").getBytes(UTF_8));
  }

  private static Set<String> own(Path folder, Set<String> written) {
    Set<String> own = new HashSet<>(written);
    try (Stream<Path> files = Files.list(folder)) {
      files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.matches(TerraformModule.VERSIONED))
          .forEach(own::add);
      Path list = folder.resolve(LIST);
      List<String> lines = Files.isRegularFile(list) ? Files.readAllLines(list) : List.of();
      if (!lines.isEmpty() && lines.getFirst().equals(MARK)) {
        own.addAll(lines.subList(1, lines.size()));
        own.add(LIST);
      }
      return own;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(Path main) {
    try {
      return Files.isRegularFile(main) && Files.readString(main).contains("\"//\": \"" + MARK + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
