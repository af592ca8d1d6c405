package dev.pinion.tfaws;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.aws.Plan;
import dev.pinion.aws.TableHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the tables of a module, and those that earlier compilations had, in the locals of {@code main.tf.json}. */
final class ModuleHistory {
  private static final String TABLES = "tables";
  private static final String REMOVED = "removed_tables";

  private ModuleHistory() {}

  static void write(Block locals, Plan plan, TableHistory history) {
    write(locals, TABLES, TableHistory.of(plan).tables());
    write(locals, REMOVED, history.removed(plan));
  }

  private static void write(Block locals, String name, Map<String, String> tables) {
    if (tables.isEmpty()) return;
    Block block = new Block();
    tables.forEach((id, keys) -> block.put(Hcl.escape(id), Hcl.escape(keys)));
    locals.put(name, block);
  }

  /** Reads the history from the file of an earlier compilation; it is empty if there is no such file. */
  static TableHistory read(Path main) {
    if (!Files.isRegularFile(main)) return TableHistory.NONE;
    try {
      JsonObject file = JsonParser.parseString(Files.readString(main)).getAsJsonObject();
      JsonObject locals = file.has("locals") ? file.getAsJsonObject("locals") : new JsonObject();
      return new TableHistory(read(locals, TABLES), read(locals, REMOVED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> read(JsonObject locals, String name) {
    Map<String, String> tables = new TreeMap<>();
    if (locals.get(name) instanceof JsonObject all) {
      for (Map.Entry<String, JsonElement> each : all.entrySet()) {
        tables.put(unescape(each.getKey()), unescape(each.getValue().getAsString()));
      }
    }
    return tables;
  }

  private static String unescape(String template) {
    return template.replace("$${", "${").replace("%%{", "%{");
  }
}
