package dev.pinion.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A folder that `pinion compile -t tf-aws` wrote, as it would be deployed: functions' variables and tables as the
/// Terraform has them, with what AWS and a user would fill in.
final class CompiledModule {
  private static final String API_HOST = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com";
  static final String API = "https://" + API_HOST;
  static final String SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:given-AbCdEf";
  private static final Pattern INNER = Pattern.compile("\\$\\{([^${}]+)}");
  private static final Pattern BARE = Pattern.compile("(?<![\\w\".])((?:aws_\\w+|var)\\.[\\w.-]+)");
  private static final Pattern SHOWN = Pattern.compile("nonsensitive\\(([^()]+)\\)");
  private static final Pattern GENERATION =
      Pattern.compile("\\$\\{(lookup\\(var\\.table_generations, [^)]*\\)) == 1 \\? \"\" : \"\\.\\$\\{\\1}\"}");

  private final Path folder;
  private final JsonObject resources;

  CompiledModule(Path folder) throws IOException {
    this.folder = folder;
    resources = JsonParser.parseString(Files.readString(folder.resolve("main.tf.json"))).getAsJsonObject()
        .getAsJsonObject("resource");
  }

  /// The variables of a handler's function, or of one that handlers share, by its name.
  Map<String, String> environment(String handler) {
    for (JsonElement function : resources.getAsJsonObject("aws_lambda_function").asMap().values()) {
      Map<String, String> variables = new LinkedHashMap<>();
      function.getAsJsonObject().getAsJsonObject("environment").getAsJsonObject("variables").asMap()
          .forEach((name, value) -> variables.put(name, text(value.getAsString())));
      if (handler.equals(variables.get("PINION_HANDLER"))) return variables;
      if (handler.equals(variables.get("PINION_FUNCTION"))) return variables;
    }
    throw new AssertionError("no function of " + handler + " in " + folder);
  }

  /// The tables, as DynamoDB's CreateTable takes them.
  List<JsonObject> tables() {
    List<JsonObject> tables = new ArrayList<>();
    if (!resources.has("aws_dynamodb_table")) return tables;
    for (JsonElement each : resources.getAsJsonObject("aws_dynamodb_table").asMap().values()) {
      JsonObject table = each.getAsJsonObject();
      JsonObject create = new JsonObject();
      create.addProperty("TableName", text(table.get("name").getAsString()));
      create.add("BillingMode", table.get("billing_mode"));
      create.add("KeySchema", keySchema(table));
      JsonArray attributes = new JsonArray();
      table.getAsJsonArray("attribute").forEach(attribute -> {
        JsonObject definition = new JsonObject();
        definition.add("AttributeName", attribute.getAsJsonObject().get("name"));
        definition.add("AttributeType", attribute.getAsJsonObject().get("type"));
        attributes.add(definition);
      });
      create.add("AttributeDefinitions", attributes);
      if (table.has("global_secondary_index")) create.add("GlobalSecondaryIndexes", indexes(table));
      tables.add(create);
    }
    return tables;
  }

  private static JsonArray indexes(JsonObject table) {
    JsonArray indexes = new JsonArray();
    table.getAsJsonArray("global_secondary_index").forEach(each -> {
      JsonObject index = new JsonObject();
      index.add("IndexName", each.getAsJsonObject().get("name"));
      index.add("KeySchema", keySchema(each.getAsJsonObject()));
      JsonObject projection = new JsonObject();
      projection.add("ProjectionType", each.getAsJsonObject().get("projection_type"));
      index.add("Projection", projection);
      indexes.add(index);
    });
    return indexes;
  }

  private static JsonArray keySchema(JsonObject of) {
    JsonArray schema = new JsonArray();
    Map.of("hash_key", "HASH", "range_key", "RANGE").entrySet().stream().sorted(Map.Entry.comparingByKey())
        .filter(key -> of.has(key.getKey()))
        .forEach(key -> {
          JsonObject element = new JsonObject();
          element.add("AttributeName", of.get(key.getKey()));
          element.addProperty("KeyType", key.getValue());
          schema.add(element);
        });
    return schema;
  }

  /// A template's text, once it is deployed.
  private String text(String written) {
    String template = SHOWN.matcher(GENERATION.matcher(written).replaceAll("")).replaceAll("$1");
    if (!template.startsWith("${jsonencode(")) return references(INNER, template, "");
    String object = template.substring("${jsonencode(".length(), template.length() - ")}".length());
    return references(BARE, references(INNER, object, ""), "\"").replace("\" = ", "\": ");
  }

  private String references(Pattern pattern, String text, String quote) {
    return pattern.matcher(text)
        .replaceAll((MatchResult found) -> Matcher.quoteReplacement(quote + value(found.group(1)) + quote));
  }

  private String value(String reference) {
    if (reference.startsWith("trimprefix(aws_apigatewayv2_api.")) return API_HOST;
    if (reference.startsWith("split(") && reference.endsWith("[1]")) return "aws";
    if (reference.startsWith("split(") && reference.endsWith("[4]")) return "111122223333";
    String[] steps = reference.split("\\.", -1);
    return switch (steps[0]) {
      case "var" -> steps[1].startsWith("secret_") ? SECRET_ARN : "given-" + steps[1];
      case "aws_dynamodb_table" -> text(
          resources.getAsJsonObject(steps[0]).getAsJsonObject(steps[1]).get("name").getAsString());
      case "aws_cloudwatch_log_group" -> "eu-west-1";
      case "aws_iam_role" -> "arn:aws:iam::111122223333:role/" + steps[1];
      case "aws_sqs_queue" -> "arn:aws:sqs:eu-west-1:111122223333:" + steps[1];
      case "aws_scheduler_schedule_group" -> steps[1];
      case "local" -> "given-prefix-";
      default -> throw new AssertionError("what is " + reference + "?");
    };
  }

  /// Unpacks the functions' zip.
  Path unpack(Path to) {
    try (ZipFile zip = new ZipFile(folder.resolve("function.zip").toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        Path file = to.resolve(entry.getName());
        Files.createDirectories(file.resolve("..").normalize());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to;
  }
}
