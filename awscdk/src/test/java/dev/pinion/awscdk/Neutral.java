package dev.pinion.awscdk;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What is deployed, in words of neither tool: each property of each resource as a line such as
/// `function ws/$connect memory_size` with its value. Names of other resources are `<kind path>`.
final class Neutral {
  private static final Map<String, String> RENAMED = Map.ofEntries(
      Map.entry("integration timeout_milliseconds", "timeout"),
      Map.entry("integration timeout_in_millis", "timeout"),
      Map.entry("queue message_retention_seconds", "message_retention_period"),
      Map.entry("stage stage_name", "name"),
      Map.entry("authorizer identity_source", "identity_sources"),
      Map.entry("queue visibility_timeout_seconds", "visibility_timeout"),
      Map.entry("queue max_message_size", "maximum_message_size"),
      Map.entry("source destination_config on_failure destination_arn", "destination_config on_failure destination"),
      Map.entry("logs log_group_name", "name"),
      Map.entry("alarm okactions", "ok_actions"),
      Map.entry("domain domain_name_configurations", "domain_name_configuration"),
      Map.entry("record zone_id", "hosted_zone_id"),
      Map.entry("record alias", "alias_target"),
      Map.entry("record alias_target name", "alias_target dnsname"),
      Map.entry("record alias_target zone_id", "alias_target hosted_zone_id"));

  private final SortedMap<String, String> lines = new TreeMap<>();
  private final UnaryOperator<String> text;

  Neutral(UnaryOperator<String> text) {
    this.text = text;
  }

  SortedMap<String, String> lines() {
    return lines;
  }

  /// Adds a line for each value below; the order of a list's elements counts, that of an object's members does not.
  void add(String resource, String name, JsonElement value) {
    String kind = resource.substring(0, resource.indexOf(' '));
    String renamed = RENAMED.getOrDefault(kind + " " + name, name);
    if (value instanceof JsonObject object) {
      object.asMap().forEach((member, inner) -> add(resource, renamed + " " + snake(member), inner));
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        add(resource, renamed + " " + i, array.get(i));
      }
    } else {
      put(resource, renamed, text.apply(((JsonPrimitive) value).getAsString()));
    }
  }

  void addAll(String resource, JsonObject properties) {
    properties.asMap().forEach((name, value) -> add(resource, snake(name), value));
  }

  void put(String resource, String name, String value) {
    lines.put(resource + " " + name, value.startsWith("{") ? sorted(JsonParser.parseString(value)).toString() : value);
  }

  /// The same JSON whatever the order of its members was.
  private static JsonElement sorted(JsonElement json) {
    if (!(json instanceof JsonObject object)) return json;
    JsonObject sorted = new JsonObject();
    object.keySet().stream().sorted().forEach(name -> sorted.add(name, sorted(object.get(name))));
    return sorted;
  }

  /// The statements of a policy: effect, sorted actions and resources of each.
  void policy(String resource, String name, JsonArray statements) {
    for (int i = 0; i < statements.size(); i++) {
      JsonObject statement = statements.get(i).getAsJsonObject();
      List<String> members = new ArrayList<>(statement.keySet());
      members.sort(null);
      for (String member : members) {
        List<String> values = values(statement.get(member));
        put(resource, name + " " + i + " " + member.toLowerCase(Locale.ROOT), String.join(", ", values));
      }
    }
  }

  private List<String> values(JsonElement value) {
    return switch (value) {
      case JsonArray array -> array.asList().stream().flatMap(each -> values(each).stream()).sorted().toList();
      case JsonObject object -> object.asMap().entrySet().stream()
          .flatMap(each -> values(each.getValue()).stream().map(inner -> each.getKey() + " " + inner))
          .toList();
      default -> List.of(text.apply(value.getAsString()));
    };
  }

  /// A path that can stand in JSON as it is.
  static String path(String path) {
    return path.replace('"', '\'').replace('\\', '|');
  }

  static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
