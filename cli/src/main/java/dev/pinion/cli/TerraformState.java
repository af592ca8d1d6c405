package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which state a folder of Terraform uses, once it is initialized.
 *
 * @param text backend, place and workspace
 * @param disposable whether it is in a folder that builds delete
 */
record TerraformState(String text, boolean disposable) {
  /** The settings of backends that say where a state is, none of which is a secret. */
  private static final List<String> PLACE = List.of(
      "path", "bucket", "key", "prefix", "region", "workspace_key_prefix", "container_name", "storage_account_name",
      "resource_group_name", "hostname", "organization", "schema_name", "secret_suffix", "namespace");
  private static final String LOCAL = "local";

  static TerraformState of(Path folder) {
    String workspace = workspace(folder);
    Map<?, ?> backend = backend(folder);
    String type = backend.get("type") instanceof String named ? named : LOCAL;
    Map<?, ?> config = backend.get("config") instanceof Map<?, ?> given ? given : Map.of();
    if (!type.equals(LOCAL)) {
      String place = PLACE.stream().filter(each -> config.get(each) instanceof String)
          .map(each -> each + " " + config.get(each)).collect(Collectors.joining(", "));
      String details = place.isEmpty() ? "" : " (" + place + ")";
      return new TerraformState("backend " + type + details + ", workspace " + workspace, false);
    }
    Path file = file(folder, config, workspace);
    String age = Files.exists(file) ? "" : ", new";
    boolean disposable = !config.containsKey("path") && folder.getParent() != null && folder.getParent()
        .endsWith("target");
    return new TerraformState("file " + file + ", workspace " + workspace + age, disposable);
  }

  private static Path file(Path folder, Map<?, ?> config, String workspace) {
    if (workspace.equals("default")) {
      return folder.resolve(config.get("path") instanceof String path ? path : "terraform.tfstate").normalize();
    }
    String folders = config.get("workspace_dir") instanceof String named ? named : "terraform.tfstate.d";
    return folder.resolve(folders).resolve(workspace).resolve("terraform.tfstate").normalize();
  }

  private static String workspace(Path folder) {
    String set = System.getenv("TF_WORKSPACE");
    if (set != null && !set.isBlank()) return set;
    return read(data(folder).resolve("environment")).map(String::strip).filter(each -> !each.isEmpty())
        .orElse("default");
  }

  private static Map<?, ?> backend(Path folder) {
    return read(data(folder).resolve("terraform.tfstate")).flatMap(MessagePattern::json)
        .filter(each -> each instanceof Map<?, ?> all && all.get("backend") instanceof Map<?, ?>)
        .<Map<?, ?>>map(each -> (Map<?, ?>) ((Map<?, ?>) each).get("backend")).orElse(Map.of());
  }

  private static Path data(Path folder) {
    String set = System.getenv("TF_DATA_DIR");
    return folder.resolve(set == null || set.isBlank() ? ".terraform" : set);
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
