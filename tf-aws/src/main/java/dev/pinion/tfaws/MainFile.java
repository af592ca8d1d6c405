package dev.pinion.tfaws;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.TablePlan;
import dev.pinion.aws.WebSocketPlan;
import java.util.List;

/** Writes {@code main.tf.json}: every resource, by type and then in the order of declaration. */
final class MainFile {
  private static final List<String> TYPES = List.of(
      "aws_dynamodb_table",
      "aws_cloudwatch_log_group",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_lambda_function",
      "aws_lambda_alias",
      "aws_lambda_permission",
      "aws_apigatewayv2_api",
      "aws_apigatewayv2_integration",
      "aws_apigatewayv2_route",
      "aws_apigatewayv2_route_response",
      "aws_apigatewayv2_deployment",
      "aws_apigatewayv2_stage");

  private MainFile() {}

  static Block of(Plan plan, String comment) {
    Hcl hcl = new Hcl(plan);
    Block main = new Block().put("//", comment);
    main.put(
        "data",
        new Block().put("aws_partition", new Block().put("current", new Block()))
            .put("aws_region", new Block().put("current", new Block())));
    Block locals = main.in("locals");
    Block resources = new Block();
    FunctionResources functions = new FunctionResources(hcl, resources, locals);
    ApiResources apis = new ApiResources(hcl, resources);
    plan.tables().forEach(table -> table(hcl, resources, table));
    for (FunctionPlan function : plan.functions()) {
      functions.add(function);
    }
    for (WebSocketPlan webSocket : plan.webSockets()) {
      apis.add(webSocket);
    }
    Block sorted = main.in("resource");
    TYPES.stream().filter(resources::has).forEach(type -> sorted.put(type, resources.in(type)));
    return main;
  }

  private static void table(Hcl hcl, Block resources, TablePlan table) {
    Block block = resources.in("aws_dynamodb_table").in(hcl.label(table.path()))
        .put("name", hcl.name(table.path()))
        .put("billing_mode", "PAY_PER_REQUEST")
        .put("hash_key", Hcl.escape(table.hashKey().name()));
    table.rangeKey().ifPresent(key -> block.put("range_key", Hcl.escape(key.name())));
    block.blocks("attribute", table.attributes().stream()
        .map(each -> new Block().put("name", Hcl.escape(each.name())).put("type", each.type().code()))
        .toList());
    block.blocks("global_secondary_index", table.indexes().stream().map(index -> {
      Block keys = new Block().put("name", index.name()).put("hash_key", Hcl.escape(index.hashKey().name()));
      index.rangeKey().ifPresent(key -> keys.put("range_key", Hcl.escape(key.name())));
      return keys.put("projection_type", "ALL");
    }).toList());
    table.timeToLive().ifPresent(
        name -> block.put("ttl", new Block().put("attribute_name", Hcl.escape(name)).put("enabled", true)));
    block.put("point_in_time_recovery", new Block().put("enabled", table.pointInTimeRecovery()))
        .put("deletion_protection_enabled", table.deletionProtection())
        .put("tags", "${var.tags}");
  }
}
