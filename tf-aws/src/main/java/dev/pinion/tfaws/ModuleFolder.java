package dev.pinion.tfaws;

import dev.pinion.aws.OutputFolder;
import dev.pinion.aws.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
   * @return the names of those other files that Terraform does not make itself
   * @throws dev.pinion.aws.OutputFolderException if the folder has files, but none of an earlier compilation; then
   *     nothing is written
   */
  public static List<String> write(Path folder, Plan plan, byte[] zip) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    TerraformModule.files(plan).forEach((name, text) -> files.put(name, text.getBytes(UTF_8)));
    files.put(TerraformModule.ZIP, zip);
    Set<String> own = isOurs(folder.resolve("main.tf.json")) ? files.keySet() : Set.of();
    return new OutputFolder(folder, own, TERRAFORMS).write(files);
  }

  private static boolean isOurs(Path main) {
    try {
      return Files.isRegularFile(main) && Files.readString(main).contains("\"//\": \"" + MARK + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
