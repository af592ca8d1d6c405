package dev.pinion.awscdk;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.pinion.aws.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/// What a cloud assembly deploys.
final class TemplateReading {
  private static final Pattern HANDLERS =
      Pattern.compile("([^/]+)/Handlers/([^/]+)/(Function|Role|Logs|Alias|Policy)/?(.*)");
  private static final Pattern SHARED =
      Pattern.compile("%46unctions/([^/]+)/(Function|Role|Logs|Alias|Policy)(?:-on-([^/]+))?/?(.*)");
  private static final Pattern SCHEDULES = Pattern.compile(
      "([^/]+?)(/Changes)?/(Schedule|Function|Role|Logs|Alias|Policy|Schedule(?:Role|Policy|Group)|DeadLetters"
          + "|EventInvokeConfig|Queue|Source)"
          + "(?:/(CurrentVersion/)?Resource)?");
  private static final Pattern ROUTES = Pattern.compile("([^/]+)/Api/([^/]+)-Route/(.*)");
  private static final Pattern INTEGRATIONS = Pattern.compile("[^/]+/Api/([^/]+)-Integration/Resource");
  private static final Pattern AUTHORIZERS = Pattern.compile("([^/]+)/Api/Authorizer");
  private static final Pattern LOGS = Pattern.compile("([^/]+)/(Access|Execution)Logs/Resource");
  private static final Pattern DOMAINS = Pattern.compile("([^/]+)/(Domain|Mapping|Record)(A{0,4})");
  private static final Pattern ALARMS = Pattern.compile("%2FAlarms/(.+)");
  private static final Pattern OTHERS =
      Pattern.compile("([^/]+)/(?:(Api|Stage|Deployment)(?:WithoutEndpoint)?/?)?(Resource)?");
  private static final Set<String> TABLE = Set.of(
      "StreamSpecification", "AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes", "KeySchema", "Replicas",
      "TimeToLiveSpecification");

  private final JsonObject template;
  private final Map<String, String> names = new HashMap<>();
  private final Neutral neutral = new Neutral(text -> text);

  private TemplateReading(Path assembly, String stack, Optional<Map<String, String>> given) throws IOException {
    String start = "/" + stack + "/App/";
    parse(assembly.resolve(stack + ".metadata.json")).asMap().forEach((path, entries) -> {
      for (JsonElement entry : entries.getAsJsonArray()) {
        if (string(entry.getAsJsonObject(), "type").equals("aws:cdk:logicalId") && path.startsWith(start)) {
          names.put(string(entry.getAsJsonObject(), "data"), name(path.substring(start.length())));
        }
      }
    });
    JsonObject whole = named(parse(assembly.resolve(stack + ".template.json")));
    template = given.isPresent() ? TemplateChoices.made(whole, given.get()) : whole;
  }

  /// The template, in which functions that have a name of their own have Terraform's.
  private JsonObject named(JsonObject given) {
    String text = given.toString();
    for (Map.Entry<String, JsonElement> each : given.getAsJsonObject("Resources").asMap().entrySet()) {
      JsonObject properties = each.getValue().getAsJsonObject().getAsJsonObject("Properties");
      if (properties == null || !(properties.get("FunctionName") instanceof JsonPrimitive name)) continue;
      if (!string(each.getValue().getAsJsonObject(), "Type").equals("AWS::Lambda::Function")) continue;
      String path = requireNonNull(names.get(each.getKey())).replaceFirst("function ", "")
          .replace('\'', '"').replace('|', '\\');
      text = text.replace(name.getAsString(), "<prefix>" + new Reference(Reference.Kind.FUNCTION, path).slug());
    }
    return JsonParser.parseString(text).getAsJsonObject();
  }

  /// Whatever the parameters are.
  static SortedMap<String, String> of(Path assembly, String stack) throws IOException {
    return new TemplateReading(assembly, stack, Optional.empty()).read();
  }

  /// With some parameters; the others have their defaults.
  static SortedMap<String, String> of(Path assembly, String stack, Map<String, String> parameters)
      throws IOException {
    return new TemplateReading(assembly, stack, Optional.of(parameters)).read();
  }

  private static JsonObject parse(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  /// What a construct is, by where it is in the app.
  private static String name(String path) {
    Matcher handler = HANDLERS.matcher(path);
    if (handler.matches()) {
      String kind = switch (handler.group(4)) {
        case "CurrentVersion/Resource" -> "version";
        case "ApiGateway" -> "permission";
        default -> handler.group(3).toLowerCase(java.util.Locale.ROOT);
      };
      return kind + " " + plain(handler.group(1)) + "/" + plain(handler.group(2));
    }
    Matcher shared = SHARED.matcher(path);
    if (shared.matches()) return shared(shared);
    Matcher route = ROUTES.matcher(path);
    if (route.matches()) {
      String kind = switch (route.group(3)) {
        case "Integration/Resource" -> "integration";
        case "Response" -> "response";
        default -> "route";
      };
      return kind + " " + plain(route.group(1)) + "/" + plain(route.group(2));
    }
    Matcher integration = INTEGRATIONS.matcher(path);
    if (integration.matches()) return "integration " + plain(integration.group(1));
    Matcher logs = LOGS.matcher(path);
    if (logs.matches()) return "logs " + plain(logs.group(1)) + "/" + Neutral.snake(logs.group(2));
    Matcher domain = DOMAINS.matcher(path);
    if (domain.matches()) {
      return (Neutral.snake(domain.group(2)) + " " + plain(domain.group(1)) + " " + domain.group(3)).strip();
    }
    Matcher alarm = ALARMS.matcher(path);
    if (alarm.matches()) return "alarm " + plain(alarm.group(1));
    Matcher authorizer = AUTHORIZERS.matcher(path);
    if (authorizer.matches()) return "authorizer " + plain(authorizer.group(1)) + "/$authorize";
    Matcher schedule = SCHEDULES.matcher(path);
    if (schedule.matches()) return schedule(schedule);
    Matcher other = OTHERS.matcher(path);
    if (!other.matches()) return path;
    return (other.group(2) == null ? "table" : Neutral.snake(other.group(2))) + " " + plain(other.group(1));
  }

  private static String shared(Matcher shared) {
    String kind = switch (shared.group(4)) {
      case "CurrentVersion/Resource" -> "version";
      case "ApiGateway" -> "permission";
      default -> shared.group(2).toLowerCase(java.util.Locale.ROOT);
    };
    return kind + " " + shared.group(1) + (shared.group(3) == null ? "" : "/" + shared.group(3));
  }

  private static String schedule(Matcher schedule) {
    String id = plain(schedule.group(1)) + (schedule.group(2) == null ? "" : "/changes");
    return switch (schedule.group(3)) {
      case "DeadLetters" -> "queue " + id + "/dead letters";
      case "ScheduleRole" -> "role " + id + "/schedule";
      case "SchedulePolicy" -> "policy " + id + "/schedule";
      default -> (schedule.group(4) == null ? Neutral.snake(schedule.group(3)) : "version") + " " + id;
    };
  }

  private static String plain(String id) {
    return Neutral.path(id.replace("%2F", "/").replace("%25", "%"));
  }

  private SortedMap<String, String> read() {
    template.getAsJsonObject("Resources").asMap()
        .forEach((id, each) -> resource(requireNonNull(names.get(id), id), each.getAsJsonObject()));
    return neutral.lines();
  }

  private void resource(String name, JsonObject resource) {
    JsonObject properties = resource.has("Properties") ? resource.getAsJsonObject("Properties") : new JsonObject();
    if (resource.has("DeletionPolicy")) neutral.put(name, "deletion policy", string(resource, "DeletionPolicy"));
    if (resource.has("DependsOn")) neutral.add(name, "depends_on", dependencies(resource));
    switch (name.substring(0, name.indexOf(' '))) {
      case "table" -> table(name, properties);
      case "role" -> {
        neutral.policy(name, "trust", statements(properties.remove("AssumeRolePolicyDocument")));
        neutral.addAll(name, properties);
      }
      case "alarm" -> {
        JsonObject dimensions = new JsonObject();
        objects(properties, "Dimensions").forEach(each -> dimensions.add(string(each, "Name"), each.get("Value")));
        properties.add("Dimensions", dimensions);
        neutral.addAll(name, evaluated(properties).getAsJsonObject());
      }
      case "policy" -> policy(name.replaceFirst("policy", "role"), properties);
      default -> neutral.addAll(name, evaluated(properties).getAsJsonObject());
    }
  }

  private void policy(String role, JsonObject properties) {
    neutral.put(role, "policy name", string(properties, "PolicyName").replaceFirst("-[0-9a-f]{12}$", ""));
    JsonArray statements = new JsonArray();
    for (JsonElement each : properties.getAsJsonObject("PolicyDocument").getAsJsonArray("Statement")) {
      if (each.getAsJsonObject().has("Fn::If")) {
        JsonObject decrypt = each.getAsJsonObject().getAsJsonArray("Fn::If").get(1).getAsJsonObject();
        assert decrypt.get("Action").toString().equals("[\"kms:Decrypt\"]") : decrypt;
        neutral.put(role, "decrypts with", evaluated(decrypt.getAsJsonArray("Resource").get(0)).getAsString());
      } else {
        statements.add(evaluated(each));
      }
    }
    neutral.policy(role, "policy", statements);
  }

  /// In the order of their names, as a list of dependencies has none.
  private JsonArray dependencies(JsonObject resource) {
    JsonArray all = new JsonArray();
    resource.getAsJsonArray("DependsOn").asList().stream()
        .map(each -> "<" + requireNonNull(names.get(each.getAsString())) + ">")
        .sorted()
        .forEach(all::add);
    return all;
  }

  private JsonArray statements(JsonElement document) {
    return evaluated(document).getAsJsonObject().getAsJsonArray("Statement");
  }

  private void table(String table, JsonObject all) {
    assert TABLE.containsAll(all.keySet()) : all.keySet();
    neutral.put(table, "billing", string(all, "BillingMode"));
    neutral.put(table, "keys", keys(all));
    objects(all, "AttributeDefinitions").forEach(
        each -> neutral.put(table, "attribute " + string(each, "AttributeName"), string(each, "AttributeType")));
    objects(all, "GlobalSecondaryIndexes").forEach(
        each -> neutral.put(
            table,
            "index " + string(each, "IndexName"),
            keys(each) + " " + string(each.getAsJsonObject("Projection"), "ProjectionType")));
    JsonObject ttl = all.getAsJsonObject("TimeToLiveSpecification");
    neutral.put(table, "ttl", ttl.get("Enabled").getAsBoolean() ? string(ttl, "AttributeName") : "(disabled)");
    if (all.has("StreamSpecification")) {
      neutral.put(table, "stream", string(all.getAsJsonObject("StreamSpecification"), "StreamViewType"));
    }
    List<JsonObject> replicas = objects(all, "Replicas");
    assert replicas.size() == 1 : replicas;
    JsonObject replica = replicas.getFirst();
    neutral.put(table, "replica", evaluated(replica.get("Region")).getAsString());
    neutral.put(
        table,
        "point in time recovery",
        string(replica.getAsJsonObject("PointInTimeRecoverySpecification"), "PointInTimeRecoveryEnabled"));
    neutral.put(table, "deletion protection", string(replica, "DeletionProtectionEnabled"));
    List<String> indexes =
        objects(all, "GlobalSecondaryIndexes").stream().map(each -> string(each, "IndexName")).toList();
    List<String> replicated =
        objects(replica, "GlobalSecondaryIndexes").stream().map(each -> string(each, "IndexName")).toList();
    assert replicated.equals(indexes) && replica.size() == (indexes.isEmpty() ? 3 : 4) : replica;
  }

  private static String keys(JsonObject all) {
    return objects(all, "KeySchema").stream()
        .map(each -> string(each, "KeyType") + " " + string(each, "AttributeName"))
        .collect(Collectors.joining(" "));
  }

  private static List<JsonObject> objects(JsonObject all, String name) {
    return all.has(name) ? all.getAsJsonArray(name).asList().stream().map(JsonElement::getAsJsonObject).toList()
        : List.of();
  }

  private static String string(JsonObject object, String name) {
    return object.get(name).getAsString();
  }

  /// The same with a text for each call of CloudFormation's functions.
  private JsonElement evaluated(JsonElement value) {
    if (value instanceof JsonArray array) {
      JsonArray all = new JsonArray();
      array.forEach(each -> all.add(evaluated(each)));
      return all;
    }
    if (!(value instanceof JsonObject object)) return value;
    if (object.size() == 1 && object.keySet().iterator().next().matches("Ref|Fn::.*")) {
      return new JsonPrimitive(called(object));
    }
    JsonObject all = new JsonObject();
    object.asMap().forEach((name, each) -> all.add(name, evaluated(each)));
    return all;
  }

  private String called(JsonObject call) {
    String function = call.keySet().iterator().next();
    JsonElement arguments = call.get(function);
    return switch (function) {
      case "Ref" -> reference(arguments.getAsString());
      case "Fn::Sub" -> arguments.getAsString();
      case "Fn::Join" -> joined(arguments.getAsJsonArray().get(1));
      case "Fn::Select" -> "<part of " + joined(arguments.getAsJsonArray().get(1)) + ">";
      case "Fn::GetAtt" -> {
        String name = requireNonNull(names.get(arguments.getAsJsonArray().get(0).getAsString()));
        String attribute = Neutral.snake(arguments.getAsJsonArray().get(1).getAsString());
        String named = attribute.equals("queue_name") ? "name" : attribute;
        yield "<" + name.replaceFirst("^version", "function") + " " + named + ">";
      }
      case "Fn::If" -> reading(arguments.getAsJsonArray());
      default -> throw new AssertionError(call);
    };
  }

  /// A text that is split at a character to be joined with another one is that text, for a value without the character.
  private String joined(JsonElement parts) {
    if (parts instanceof JsonObject split) {
      return evaluated(split.getAsJsonArray("Fn::Split").get(1)).getAsString();
    }
    return parts.getAsJsonArray().asList().stream().map(each -> evaluated(each).getAsString())
        .collect(Collectors.joining());
  }

  private String reading(JsonArray choice) {
    if (choice.get(1).toString().equals("{\"Ref\":\"AWS::NoValue\"}")) {
      return evaluated(choice.get(2)).getAsString() + " unless a parameter";
    }
    if (choice.get(1).isJsonObject()) return "<either part>";
    assert choice.get(1).getAsString().equals("ssm:GetParameter") : choice;
    assert choice.get(2).getAsString().equals("secretsmanager:GetSecretValue") : choice;
    JsonElement condition = template.getAsJsonObject("Conditions").get(choice.get(0).getAsString());
    Matcher parts = Pattern.compile(
        "\\{\"Fn::Equals\":\\[\\{\"Fn::Select\":\\[2,\\{\"Fn::Split\":\\[\":\",\\{\"Ref\":\"(\\w+)\"}]}]},\"ssm\"]}")
        .matcher(condition.toString());
    assert parts.matches() : condition;
    return "<how " + reference(requireNonNull(parts.group(1))) + " is read>";
  }

  private String reference(String id) {
    return switch (id) {
      case "AWS::Region" -> "<region>";
      case "AWS::Partition" -> "<partition>";
      case "AWS::AccountId" -> "<account>";
      case "AWS::URLSuffix" -> "<dns suffix>";
      default -> {
        String name = names.get(id);
        if (name == null) yield "<" + Neutral.snake(id) + ">";
        yield "<" + name + switch (name.substring(0, name.indexOf(' '))) {
          case "table", "logs", "function", "role", "schedule_group" -> " name>";
          case "queue" -> " url>";
          case "alias" -> " arn>";
          default -> " id>";
        };
      }
    };
  }
}
