package dev.pinion.tfaws;

import dev.pinion.aws.OutputFolder;
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

  private ModuleFolder() {}

  /**
   * Writes a module. Other files in the folder are kept.
   *
   * @param warn receives a warning for each change of the last compilation's tables that needs care
   * @return the names of those other files that Terraform does not make itself
   * @throws dev.pinion.aws.OutputFolderException if the folder has files, but none of an earlier compilation; then
   *     nothing is written
   */
  public static List<String> write(Path folder, Plan plan, byte[] zip, Consumer<String> warn) {
    Path main = folder.resolve("main.tf.json");
    boolean ours = isOurs(main);
    TableHistory history = ours ? ModuleHistory.read(main) : TableHistory.NONE;
    Map<String, byte[]> files = new LinkedHashMap<>();
    String versioned = TerraformModule.versionedZip(zip);
    TerraformModule.files(plan, history).forEach((name, text) -> files.put(name, text.getBytes(UTF_8)));
    files.put(TerraformModule.ZIP, zip);
    files.put(versioned, zip);
    Set<String> own = ours ? own(folder, files.keySet()) : Set.of();
    List<String> others = new OutputFolder(folder, own, TERRAFORMS).write(files);
    history.warnings(
        plan,
        "a plan is refused until the variable table_generations asks for an empty table in its place",
        "a plan is refused until the variable destroyed_tables names it, as its rows would be lost",
        false)
        .forEach(warn);
    return others;
  }

  private static Set<String> own(Path folder, Set<String> written) {
    Set<String> own = new HashSet<>(written);
    try (Stream<Path> files = Files.list(folder)) {
      files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.matches(TerraformModule.VERSIONED))
          .forEach(own::add);
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
