package dev.pinion.tfaws;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.AttributeType;
import dev.pinion.aws.KnownTable;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.TableHistory;
import dev.pinion.aws.TablePlan;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Keeps the tables of a module, and those that earlier compilations had, in the locals of {@code main.tf.json}. The
 * rest that is known of a table is read from its resource.
 */
final class ModuleHistory {
  private static final String TABLES = "tables";
  private static final String REMOVED = "removed_tables";

  private ModuleHistory() {}

  static void write(Block locals, Plan plan, TableHistory history) {
    write(locals, TABLES, TableHistory.of(plan).keys());
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
      Map<String, KnownTable> tables = new TreeMap<>();
      read(locals, TABLES).forEach((id, keys) -> tables.put(id, table(keys, written(file, id))));
      return new TableHistory(tables, read(locals, REMOVED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the resource of a table in the file of a compilation. */
  private static JsonObject written(JsonObject file, String id) {
    return file.getAsJsonObject("resource").getAsJsonObject("aws_dynamodb_table")
        .getAsJsonObject(Hcl.label(new Reference(Kind.TABLE, id)));
  }

  private static KnownTable table(String keys, JsonObject written) {
    Optional<String> timeToLive = written.has("ttl")
        ? Optional.of(text(written.getAsJsonObject("ttl"), "attribute_name"))
        : Optional.empty();
    Map<String, AttributeType> types = new HashMap<>();
    for (JsonElement each : written.getAsJsonArray("attribute")) {
      JsonObject attribute = each.getAsJsonObject();
      types.put(text(attribute, "name"), type(text(attribute, "type")));
    }
    SortedMap<String, String> indexes = new TreeMap<>();
    if (written.has("global_secondary_index")) {
      for (JsonElement each : written.getAsJsonArray("global_secondary_index")) {
        JsonObject index = each.getAsJsonObject();
        Optional<KeyAttribute> range = index.has("range_key")
            ? Optional.of(key(index, "range_key", types))
            : Optional.empty();
        indexes.put(text(index, "name"), TablePlan.keys(key(index, "hash_key", types), range));
      }
    }
    return new KnownTable(keys, timeToLive, indexes);
  }

  private static KeyAttribute key(JsonObject index, String member, Map<String, AttributeType> types) {
    String name = text(index, member);
    return new KeyAttribute(name, requireNonNull(types.get(name), name));
  }

  private static AttributeType type(String code) {
    return Stream.of(AttributeType.values()).filter(each -> each.code().equals(code)).findFirst().orElseThrow();
  }

  private static String text(JsonObject object, String member) {
    return Hcl.unescape(object.get(member).getAsString());
  }

  private static Map<String, String> read(JsonObject locals, String name) {
    Map<String, String> tables = new TreeMap<>();
    if (locals.get(name) instanceof JsonObject all) {
      for (Map.Entry<String, JsonElement> each : all.entrySet()) {
        tables.put(Hcl.unescape(each.getKey()), Hcl.unescape(each.getValue().getAsString()));
      }
    }
    return tables;
  }
}
