package dev.pinion.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A deployed app.
 *
 * @param urls where clients connect to, by the ids of WebSockets and HTTP APIs
 * @param groups the log groups of the functions, by handler
 */
record DeployedApp(Map<String, String> urls, Map<String, String> groups) {
  /** Reads the outputs of a Terraform module. */
  static DeployedApp ofTerraform(Map<?, ?> outputs) {
    Map<String, String> urls = new LinkedHashMap<>();
    urls.putAll(field(outputs, "websockets", "url"));
    urls.putAll(field(outputs, "http_apis", "url"));
    Map<String, String> groups = new LinkedHashMap<>();
    field(outputs, "functions", "name").forEach((handler, name) -> groups.put(handler, "/aws/lambda/" + name));
    return new DeployedApp(urls, groups);
  }

  private static Map<String, String> field(Map<?, ?> outputs, String output, String field) {
    Map<String, String> found = new LinkedHashMap<>();
    if (outputs.get(output) instanceof Map<?, ?> one && one.get("value") instanceof Map<?, ?> all) {
      all.forEach((id, values) -> {
        if (values instanceof Map<?, ?> each && each.get(field) instanceof String text) {
          found.put(String.valueOf(id), text);
        }
      });
    }
    return found;
  }

  /** Prints the URLs, and how to use them. */
  void announce(PrintStream out) {
    if (urls.isEmpty()) return;
    int wide = urls.keySet().stream().mapToInt(String::length).max().orElse(0);
    out.println();
    urls.forEach((id, url) -> out.println(id + " ".repeat(wide - id.length()) + "  " + url));
    webSocket().ifPresent(url -> out.println("next: pinion connect " + url));
  }

  private Optional<String> webSocket() {
    return urls.values().stream().filter(each -> each.startsWith("wss://")).findFirst();
  }
}
