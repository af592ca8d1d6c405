package dev.pinion.awscdk;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.aws.AlarmPlan;
import dev.pinion.aws.AliasPlan;
import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Slugs;
import dev.pinion.tfaws.TerraformModule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/// What a plan's Terraform module deploys.
final class TerraformReading {
  private static final Map<String, String> KINDS = Map.ofEntries(
      Map.entry("aws_dynamodb_table", "table"),
      Map.entry("aws_cloudwatch_log_group", "logs"),
      Map.entry("aws_iam_role", "role"),
      Map.entry("aws_iam_role_policy", "policy"),
      Map.entry("aws_lambda_function", "function"),
      Map.entry("aws_lambda_alias", "alias"),
      Map.entry("aws_lambda_provisioned_concurrency_config", "provisioned"),
      Map.entry("aws_lambda_permission", "permission"),
      Map.entry("aws_lambda_function_event_invoke_config", "event_invoke_config"),
      Map.entry("aws_lambda_function_recursion_config", "recursion"),
      Map.entry("aws_scheduler_schedule", "schedule"),
      Map.entry("aws_scheduler_schedule_group", "schedule_group"),
      Map.entry("aws_sqs_queue", "queue"),
      Map.entry("aws_lambda_event_source_mapping", "source"),
      Map.entry("aws_apigatewayv2_api", "api"),
      Map.entry("aws_apigatewayv2_authorizer", "authorizer"),
      Map.entry("aws_apigatewayv2_integration", "integration"),
      Map.entry("aws_apigatewayv2_route", "route"),
      Map.entry("aws_apigatewayv2_route_response", "response"),
      Map.entry("aws_apigatewayv2_deployment", "deployment"),
      Map.entry("aws_apigatewayv2_stage", "stage"),
      Map.entry("aws_apigatewayv2_domain_name", "domain"),
      Map.entry("aws_apigatewayv2_api_mapping", "mapping"),
      Map.entry("aws_route53_record", "record"),
      Map.entry("aws_cloudwatch_metric_alarm", "alarm"));
  private static final String DEAD_LETTERS = "--dead-letters";
  private static final Pattern REDRIVE =
      Pattern.compile("\\$\\{jsonencode\\(\\{deadLetterTargetArn = (.*), maxReceiveCount = (\\d+)}\\)}");
  private static final Pattern KEY = Pattern.compile("compact\\(\\[var\\.(\\w+)]\\)");
  private static final Set<String> TABLE = Set.of(
      "name", "billing_mode", "hash_key", "range_key", "attribute", "global_secondary_index", "ttl", "dynamic",
      "lifecycle", "stream_enabled", "stream_view_type",
      "point_in_time_recovery", "deletion_protection_enabled", "tags");

  private final Map<String, Object> given;
  private final TerraformSettings settings;
  private final JsonObject main;
  private final JsonObject variables;
  private final Map<String, String> paths = new HashMap<>();
  /// By a handler of a function that others share: its alias, which has one permission.
  private final Map<String, String> permitted = new HashMap<>();
  private final Map<String, AliasPlan> aliases = new HashMap<>();
  /// By the path of an alias: the function's.
  private final Map<String, String> functions = new HashMap<>();
  private final Neutral neutral = new Neutral(this::text);

  private TerraformReading(Plan plan, Map<String, Object> given) {
    this.given = given;
    main = parse(plan, "main.tf.json");
    variables = parse(plan, "variables.tf.json").getAsJsonObject("variable");
    Stream.of(
        plan.tables().stream().map(each -> new Reference(Kind.TABLE, each.path())),
        plan.functions().stream().map(each -> new Reference(Kind.FUNCTION, each.path())),
        plan.functions().stream().flatMap(each -> each.handlers().stream())
            .map(each -> new Reference(Kind.ROUTE, each)),
        plan.functions().stream().flatMap(each -> each.aliases().stream())
            .map(each -> new Reference(Kind.ALIAS, each.path())),
        plan.queues().stream().map(each -> new Reference(Kind.QUEUE, each.path())),
        plan.schedules().stream().map(each -> new Reference(Kind.SCHEDULE, each.path())),
        plan.tasks().stream().map(each -> new Reference(Kind.SCHEDULE, each.path())),
        plan.webSockets().stream().map(each -> new Reference(Kind.API, each.path())),
        plan.httpApis().stream().flatMap(each -> each.authorizer().stream())
            .map(each -> new Reference(Kind.AUTHORIZER, each.path())),
        plan.httpApis().stream().map(each -> new Reference(Kind.HTTP_API, each.path())))
        .flatMap(each -> each)
        .forEach(reference -> paths.put(kind(reference) + label(reference), Neutral.path(reference.path())));
    for (FunctionPlan function : plan.functions()) {
      function.aliases().forEach(each -> aliases.put(Neutral.path(each.path()), each));
      function.aliases().forEach(each -> functions.put(Neutral.path(each.path()), Neutral.path(function.path())));
    }
    plan.functions().stream().filter(FunctionPlan::shared).flatMap(each -> each.aliases().stream())
        .forEach(each -> each.handlers().forEach(handler -> permitted.put(handler, each.path())));
    plan.alarms().forEach(this::name);
    settings = new TerraformSettings(plan, main, given, this::reference);
  }

  private void name(AlarmPlan alarm) {
    String deadLetters = alarm.of().kind() == Kind.DEAD_LETTERS ? DEAD_LETTERS : "";
    paths.put("alarm " + label(alarm.of()) + deadLetters + "--" + alarm.what(),
        Neutral.path(alarm.of().path() + "--" + alarm.what()));
  }

  /// Without variables but those that have a default.
  static SortedMap<String, String> of(Plan plan) {
    return of(plan, Map.of());
  }

  static SortedMap<String, String> of(Plan plan, Map<String, Object> variables) {
    return new TerraformReading(plan, variables).read();
  }

  private static JsonObject parse(Plan plan, String file) {
    return JsonParser.parseString(requireNonNull(TerraformModule.files(plan).get(file))).getAsJsonObject();
  }

  /// Labels are unique among the resources of one kind.
  private static String kind(Reference reference) {
    return switch (reference.kind()) {
      case TABLE -> "table ";
      case API, HTTP_API -> "api ";
      case SCHEDULE -> "schedule ";
      case QUEUE -> "queue ";
      default -> "handler ";
    };
  }

  private static String label(Reference reference) {
    String slug = reference.slug();
    if (Character.isLetter(slug.charAt(0)) || slug.startsWith("_")) return slug;
    return "_" + slug + "-" + Slugs.digest(reference.path());
  }

  private String path(String kind, String label) {
    if (kind.equals("alarm")) return requireNonNull(paths.get("alarm " + label), label);
    if (label.contains(DEAD_LETTERS)) {
      String of = label.replace(DEAD_LETTERS, "");
      return path(paths.containsKey("queue " + of) ? "queue" : "handler", of) + "/dead letters";
    }
    if (label.endsWith("--access")) return path("api", label.replace("--access", "")) + "/access";
    if (label.endsWith("--execution")) return path("api", label.replace("--execution", "")) + "/execution";
    if (label.endsWith("--schedule")) return path("schedule", label.replace("--schedule", "")) + "/schedule";
    String of = switch (kind) {
      case "table" -> "table ";
      case "api", "deployment", "stage" -> "api ";
      case "schedule" -> "schedule ";
      case "queue" -> "queue ";
      default -> "handler ";
    };
    return requireNonNull(paths.get(of + label), kind + " " + label);
  }

  private SortedMap<String, String> read() {
    main.getAsJsonObject("resource").remove("terraform_data");
    main.getAsJsonObject("resource").asMap().forEach((type, all) -> all.getAsJsonObject().asMap()
        .forEach((label, each) -> resources(requireNonNull(KINDS.get(type), type), label, each.getAsJsonObject())));
    return neutral.lines();
  }

  private void resources(String kind, String label, JsonObject block) {
    JsonObject properties = block.deepCopy();
    if (block.has("count")) {
      properties.remove("count");
      if (settings.isThere(block)) resource(kind, label, properties);
    } else if (block.has("for_each") && Set.of("domain", "mapping", "record").contains(kind)) {
      properties.remove("for_each");
      settings.each(block).forEach((key, value) -> {
        settings.know("each.key", key);
        settings.know("each.value", value);
        operated(kind, key, value, properties.deepCopy());
      });
    } else {
      resource(kind, label, properties);
    }
  }

  private void operated(String kind, String key, Object value, JsonObject properties) {
    switch (kind) {
      case "domain" -> {
        JsonArray configurations = new JsonArray();
        configurations.add(properties.remove("domain_name_configuration"));
        properties.add("domain_name_configuration", configurations);
        neutral.addAll("domain " + settings.owner(key), properties);
      }
      case "mapping" -> neutral.addAll("mapping " + key, properties);
      default -> {
        Map<?, ?> record = (Map<?, ?>) value;
        String owner = settings.owner((String) requireNonNull(record.get("name")));
        neutral.addAll("record " + owner + " " + record.get("type"), properties);
      }
    }
  }

  /// The blocks that follow a list, of which there is one or none.
  private void dynamic(JsonObject properties) {
    properties.remove("dynamic").getAsJsonObject().asMap().forEach((name, block) -> {
      String all = block.getAsJsonObject().get("for_each").getAsString();
      for (Object each : (List<?>) HclText.value(all, settings)) {
        settings.know(name + ".value", each);
        properties.add(name, block.getAsJsonObject().get("content"));
      }
    });
  }

  private void resource(String kind, String label, JsonObject properties) {
    String path = path(kind, label);
    switch (kind) {
      case "table" -> table("table " + path, properties);
      case "role" -> {
        properties.remove("assume_role_policy");
        neutral.policy("role " + path, "trust", statements("trust_" + label));
        neutral.addAll("role " + path, properties);
      }
      case "policy" -> {
        neutral.put("role " + path, "policy name", properties.get("name").getAsString().replaceFirst("-\\$\\{.*", ""));
        Matcher key = KEY.matcher(properties.get("policy").getAsString());
        while (key.find()) {
          neutral.put("role " + path, "decrypts with", "<" + key.group(1) + ">");
        }
        neutral.policy("role " + path, "policy", statements("policy_" + label));
      }
      case "provisioned" -> neutral.put(
          "alias " + path, "provisioned_concurrency_config provisioned_concurrent_executions",
          properties.get("provisioned_concurrent_executions").getAsString());
      case "permission" -> neutral.addAll("permission " + permitted.getOrDefault(path, path), properties);
      case "recursion" ->
          neutral.put("function " + path, "recursive_loop", properties.get("recursive_loop").getAsString());
      default -> {
        if (properties.has("dynamic")) dynamic(properties);
        withoutDefault(properties, "disable_execute_api_endpoint");
        if (kind.equals("stage")) {
          withoutDefault(properties.getAsJsonObject("default_route_settings"), "detailed_metrics_enabled");
        }
        if (properties.has("redrive_policy")) redrive(kind + " " + path, properties.remove("redrive_policy"));
        if (kind.equals("route") && !properties.has("authorization_type")) {
          properties.addProperty("authorization_type", "NONE"); // the default, which CDK writes
        }
        if (properties.has("depends_on")) dependencies(kind + " " + path, properties.remove("depends_on"));
        neutral.addAll(kind + " " + path, properties);
      }
    }
  }

  /// Removes what is not set, as CDK does not write it.
  private void withoutDefault(JsonObject properties, String flag) {
    if (properties.has(flag) && text(string(properties, flag)).equals("false")) properties.remove(flag);
  }

  private void redrive(String queue, JsonElement policy) {
    Matcher parts = REDRIVE.matcher(policy.getAsString());
    assert parts.matches() : policy;
    neutral.put(queue, "redrive_policy dead_letter_target_arn", text("${" + parts.group(1) + "}"));
    neutral.put(queue, "redrive_policy max_receive_count", requireNonNull(parts.group(2)));
  }

  /// In the order of their names, as a list of dependencies has none.
  private void dependencies(String resource, JsonElement addresses) {
    List<String> all =
        addresses.getAsJsonArray().asList().stream().map(JsonElement::getAsString)
            // CDK's stage refers to these, as conditions decide about them.
            .filter(each -> !each.startsWith("terraform_data.") && !each.endsWith("--execution"))
            .map(this::text).sorted().toList();
    for (int i = 0; i < all.size(); i++) {
      neutral.put(resource, "depends_on " + i, all.get(i));
    }
  }

  private JsonArray statements(String local) {
    return main.getAsJsonObject("locals").getAsJsonObject(local).getAsJsonArray("Statement");
  }

  private void table(String table, JsonObject all) {
    assert TABLE.containsAll(all.keySet()) : all.keySet();
    neutral.put(table, "billing", all.get("billing_mode").getAsString());
    neutral.put(table, "keys", keys(all));
    objects(all, "attribute")
        .forEach(each -> neutral.put(table, "attribute " + text(string(each, "name")), string(each, "type")));
    objects(all, "global_secondary_index").forEach(each -> {
      neutral.put(table, "index " + string(each, "name"), keys(each) + " " + string(each, "projection_type"));
    });
    neutral.put(
        table, "ttl", all.has("ttl") ? text(string(all.getAsJsonObject("ttl"), "attribute_name")) : "(disabled)");
    neutral.put(
        table, "point in time recovery", string(all.getAsJsonObject("point_in_time_recovery"), "enabled"));
    neutral.put(table, "deletion protection", text(string(all, "deletion_protection_enabled")));
    if (all.has("stream_view_type")) {
      assert string(all, "stream_enabled").equals("true") : all;
      neutral.put(table, "stream", string(all, "stream_view_type"));
    }
    neutral.put(table, "name", text(string(all, "name")));
    neutral.put(table, "tags", text(string(all, "tags")));
  }

  private String keys(JsonObject all) {
    String hash = "HASH " + text(string(all, "hash_key"));
    return all.has("range_key") ? hash + " RANGE " + text(string(all, "range_key")) : hash;
  }

  private static List<JsonObject> objects(JsonObject all, String name) {
    return all.has(name) ? all.getAsJsonArray(name).asList().stream().map(JsonElement::getAsJsonObject).toList()
        : List.of();
  }

  private static String string(JsonObject object, String name) {
    return object.get(name).getAsString();
  }

  private String text(String template) {
    String address = template.replaceFirst("\\..*", "");
    if (template.matches("aws_[a-z0-9_]+\\.[A-Za-z0-9_-]+") && KINDS.containsKey(address)) {
      String kind = requireNonNull(KINDS.get(address));
      String path = path(kind, template.substring(address.length() + 1));
      return "<" + kind + " " + (kind.equals("permission") ? permitted.getOrDefault(path, path) : path) + ">";
    }
    return HclText.of(template, settings);
  }

  private String reference(String name) {
    if (name.startsWith("var.")) return variable(name.substring("var.".length()));
    if (name.startsWith("aws_")) return attribute(name);
    return switch (name) {
      case "local.prefix" -> "<prefix>";
      case "local.package" -> "<package>";
      case "path.module" -> ".";
      case "null" -> "(none)";
      default -> throw new AssertionError(name);
    };
  }

  private String variable(String name) {
    if (given.get(name) instanceof String value) return value;
    JsonObject variable = variables.getAsJsonObject(name);
    boolean decided = variable.has("default") && variable.get("default").isJsonPrimitive() && !name.equals("prefix");
    return decided ? variable.get("default").getAsString() : "<" + name + ">";
  }

  private String scheme(String type, String label) {
    JsonObject api = main.getAsJsonObject("resource").getAsJsonObject(type).getAsJsonObject(label);
    return string(api, "protocol_type").equals("HTTP") ? "https" : "wss";
  }

  private String attribute(String name) {
    String[] parts = name.split("\\.", -1);
    String kind = requireNonNull(KINDS.get(parts[0]), name);
    String path = path(kind, parts[1]);
    return switch (kind + " " + parts[2]) {
      case "logs arn" -> "arn:<partition>:logs:<region>:<account>:log-group:<logs " + path + " name>";
      case "api execution_arn" -> "arn:<partition>:execute-api:<region>:<account>:<api " + path + " id>";
      case "alias invoke_arn" -> "arn:<partition>:apigateway:<region>:lambda:path/2015-03-31/functions/<alias " + path
          + " arn>/invocations";
      case "api api_endpoint" ->
          scheme(parts[0], parts[1]) + "://<api " + path + " id>.execute-api.<region>.<dns suffix>";
      case "alias name" -> requireNonNull(aliases.get(path)).name();
      case "alias function_name" -> "<function " + requireNonNull(functions.get(path)) + " name>";
      case "logs region" -> "<region>";
      case "schedule_group arn" ->
          "arn:<partition>:scheduler:<region>:<account>:schedule-group/<schedule_group " + path + " name>";
      case "function function_name" -> "<function " + path + " name>";
      default -> "<" + kind + " " + path + " " + parts[2] + ">";
    };
  }
}
