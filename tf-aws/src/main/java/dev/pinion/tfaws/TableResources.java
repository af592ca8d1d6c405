package dev.pinion.tfaws;

import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.TablePlan;
import dev.pinion.spi.TableModel.IndexModel;
import java.util.List;
import java.util.Map;

/**
 * Writes tables, and what keeps their rows.
 *
 * <p>Terraform's state remembers each table's name and keys in a {@code terraform_data} that ignores changes. A plan
 * that would replace the table fails, unless the variable {@code table_generations} asks for another table, and so does
 * one from which that variable's entry has gone. What an earlier compilation had and this one has not must be named in
 * the variable {@code destroyed_tables}.
 */
final class TableResources {
  private static final String REMEMBERED = "terraform_data";

  private final Block resources;

  TableResources(Block resources) {
    this.resources = resources;
  }

  void add(TablePlan table) {
    Reference reference = new Reference(Kind.TABLE, table.path());
    String label = Hcl.label(reference);
    String id = Hcl.quoted(table.path());
    Block block = resources.in("aws_dynamodb_table").in(label)
        .put("name", Hcl.name(reference) + "${" + generation(id) + " == 1 ? \"\" : \".${" + generation(id) + "}\"}")
        .put("billing_mode", "PAY_PER_REQUEST")
        .put("hash_key", Hcl.escape(table.hashKey().name()));
    table.rangeKey().ifPresent(key -> block.put("range_key", Hcl.escape(key.name())));
    block.blocks("attribute", table.attributes().stream()
        .map(each -> new Block().put("name", Hcl.escape(each.name())).put("type", each.type().code()))
        .toList());
    block.blocks("global_secondary_index", table.indexes().stream().map(TableResources::index).toList());
    if (table.changes().isPresent()) {
      block.put("stream_enabled", true).put("stream_view_type", TablePlan.STREAM_VIEW);
    }
    timeToLive(table, block, "time_to_live_" + label);
    block.put("point_in_time_recovery", new Block().put("enabled", table.pointInTimeRecovery()));
    if (table.deletionProtection()) {
      block.put("deletion_protection_enabled", true);
    } else {
      block.put("deletion_protection_enabled", "${var.protect_tables}");
    }
    block.put("tags", "${var.tags}")
        // Another generation has another name. What functions use is replaced in this order anyway.
        .put("lifecycle", new Block().put("create_before_destroy", true));
    guard(table, label, Hcl.name(reference), id);
    guardGeneration(table, label, id);
  }

  private static Block index(IndexModel index) {
    Block keys = new Block().put("name", index.name()).put("hash_key", Hcl.escape(index.hashKey().name()));
    index.rangeKey().ifPresent(key -> keys.put("range_key", Hcl.escape(key.name())));
    return keys.put("projection_type", "ALL");
  }

  /** DynamoDB disables a time to live by the name of its attribute only, which is remembered for that. */
  private void timeToLive(TablePlan table, Block block, String memory) {
    Block remembered = resources.in(REMEMBERED).in(memory);
    table.timeToLive().ifPresentOrElse(
        name -> {
          block.put("ttl", new Block().put("attribute_name", Hcl.escape(name)).put("enabled", true));
          remembered.put("input", Hcl.escape(name));
        },
        () -> {
          Block ttl = new Block().put("attribute_name", "${ttl.value}").put("enabled", false);
          block.put("dynamic", new Block().put("ttl", new Block()
              .put("for_each", "${compact([" + REMEMBERED + "." + memory + ".input])}").put("content", ttl)));
          remembered.put("input", "").put("lifecycle", new Block().put("ignore_changes", List.of("input")));
        });
  }

  private static String generation(String id) {
    return "lookup(var.table_generations, " + id + ", 1)";
  }

  private void guard(TablePlan table, String label, String name, String id) {
    String identity = name + " (" + Hcl.escape(table.keys()) + ")";
    Block condition = new Block()
        .put("condition", "${self.input == \"" + name + Hcl.inQuotes(" (" + table.keys() + ")") + "\"}")
        .put("error_message", "Table '" + Hcl.escape(table.path()) + "' would be replaced by an empty one: it is"
            + " ${self.input}, and would be " + identity
            + ". DynamoDB changes neither the name nor the keys of a table."
            + " Give the new table another id and move the rows, or, to lose them, set table_generations = "
            + generations(id, generation(id) + " + 1") + ".");
    resources.in(REMEMBERED).in("table_" + label)
        .put("input", identity)
        .put("triggers_replace", "${" + generation(id) + "}")
        .put("lifecycle", new Block().put("ignore_changes", List.of("input"))
            .blocks("postcondition", List.of(condition)));
  }

  private static String generations(String id, String number) {
    return "${jsonencode(merge(var.table_generations, {" + id + " = " + number + "}))}";
  }

  /**
   * Refuses a plan that has forgotten the generation of a table, which would be replaced by an empty one under the name
   * of the first. The first generation began when the module's memory of the table did; if it begins later, there was
   * another one in between.
   */
  private void guardGeneration(TablePlan table, String label, String id) {
    String first = REMEMBERED + ".first_" + label;
    Block ignored = new Block().put("ignore_changes", List.of("input"));
    resources.in(REMEMBERED).in("first_" + label).put("input", "${plantimestamp()}").put("lifecycle", ignored);
    Block condition = new Block()
        .put("condition", "${contains(keys(var.table_generations), " + id + ") || self.input == " + first + ".input}")
        .put("error_message", "Table '" + Hcl.escape(table.path()) + "' would be replaced by an empty one:"
            + " table_generations no longer has its number. Keep the entry as long as the table exists. To lose its"
            + " rows, set table_generations = " + generations(id, "1") + ".");
    resources.in(REMEMBERED).in("generation_" + label)
        .put("for_each", "${toset([tostring(" + generation(id) + ")])}")
        .put("input", "${plantimestamp()}")
        .put("lifecycle", new Block().put("ignore_changes", List.of("input"))
            .blocks("postcondition", List.of(condition)));
  }

  /** Refuses every plan until a variable names the tables that an earlier compilation had. */
  void addRemoved(Map<String, String> removed) {
    if (removed.isEmpty()) return;
    List<Block> conditions = removed.keySet().stream()
        .map(id -> new Block()
            .put("condition", "${contains(var.destroyed_tables, " + Hcl.quoted(id) + ")}")
            .put("error_message", "Table '" + Hcl.escape(id) + "' is no longer in the program, and would be destroyed"
                + " with its rows. To lose them, set destroyed_tables = ${jsonencode(setunion(var.destroyed_tables, ["
                + Hcl.quoted(id) + "]))}."))
        .toList();
    resources.in(REMEMBERED).in("removed_tables").put("lifecycle", new Block().blocks("precondition", conditions));
  }
}
