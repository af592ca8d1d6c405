package dev.pinion.tfaws;

import dev.pinion.aws.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The folder that a module is written to. */
public final class ModuleFolder {
  /** The comment at the beginning of each file, by which a later compilation knows its own. */
  static final String MARK = "Written by pinion compile: change the program, not this file.";

  /** What Terraform and its users keep beside a configuration. */
  private static final String TERRAFORMS =
      "\\.terraform|\\.terraform\\.lock\\.hcl|\\.terraform\\.tfstate\\.lock\\.info|(.*\\.)?tfstate(\\..*)?|.*\\.tfvars"
          + "(\\.json)?|.*\\.tfplan|.*_override\\.tf(\\.json)?|(backend|providers?)\\.tf(\\.json)?";

  private ModuleFolder() {}

  /**
   * Writes a module. Other files in the folder stay as they are.
   *
   * @return the names of those other files that Terraform does not make itself
   * @throws ModuleFolderException when the folder has files and none of an earlier compilation; nothing is written
   */
  public static List<String> write(Path folder, Plan plan, byte[] zip) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    TerraformModule.files(plan).forEach((name, text) -> files.put(name, text.getBytes(UTF_8)));
    files.put(TerraformModule.ZIP, zip);
    try {
      List<String> foreign = foreign(folder, files);
      Files.createDirectories(folder);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
      return foreign;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> foreign(Path folder, Map<String, byte[]> files) throws IOException {
    if (!Files.exists(folder)) return List.of();
    if (!Files.isDirectory(folder)) throw new ModuleFolderException(folder + " is a file: name a folder");
    List<String> there;
    try (Stream<Path> all = Files.list(folder)) {
      there = all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
    boolean ours = isOurs(folder.resolve("main.tf.json"));
    List<String> foreign = there.stream()
        .filter(name -> !(ours && files.containsKey(name)) && !name.matches(TERRAFORMS))
        .toList();
    if (!ours && !foreign.isEmpty()) {
      throw new ModuleFolderException(
          folder + " has files that no compilation wrote: "
              + foreign.stream().limit(10).collect(Collectors.joining(", "))
              + (foreign.size() > 10 ? " and " + (foreign.size() - 10) + " more" : "")
              + "; nothing was written. Name an empty or new folder");
    }
    return foreign;
  }

  private static boolean isOurs(Path main) throws IOException {
    return Files.isRegularFile(main) && Files.readString(main).contains("\"//\": \"" + MARK + "\"");
  }
}
