package dev.pinion.awscdk;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Optional;

/// A template as it is with values of its parameters: conditions are decided, and parameters are their values.
final class TemplateChoices {
  private final JsonObject template;
  private final Map<String, String> given;

  private TemplateChoices(JsonObject template, Map<String, String> given) {
    this.template = template;
    this.given = given;
  }

  static JsonObject made(JsonObject template, Map<String, String> given) {
    assert template.getAsJsonObject("Parameters").keySet().containsAll(given.keySet()) : given.keySet();
    TemplateChoices choices = new TemplateChoices(template, given);
    JsonObject resources = new JsonObject();
    template.getAsJsonObject("Resources").asMap().forEach((id, each) -> {
      JsonObject resource = each.getAsJsonObject();
      if (resource.has("Condition") && !choices.holds(resource.remove("Condition").getAsString())) return;
      resources.add(id, choices.chosen(resource).orElseThrow());
    });
    JsonObject made = template.deepCopy();
    made.add("Resources", resources);
    return made;
  }

  private boolean holds(String condition) {
    return holds(template.getAsJsonObject("Conditions").get(condition));
  }

  private boolean holds(JsonElement condition) {
    JsonObject call = condition.getAsJsonObject();
    String function = call.keySet().iterator().next();
    JsonElement arguments = call.get(function);
    return switch (function) {
      case "Condition" -> holds(arguments.getAsString());
      case "Fn::Not" -> !holds(arguments.getAsJsonArray().get(0));
      case "Fn::And" -> arguments.getAsJsonArray().asList().stream().allMatch(this::holds);
      case "Fn::Equals" ->
          chosen(arguments.getAsJsonArray().get(0)).equals(chosen(arguments.getAsJsonArray().get(1)));
      default -> throw new AssertionError(condition);
    };
  }

  /// The same with decisions made; nothing for no value.
  private Optional<JsonElement> chosen(JsonElement value) {
    if (value instanceof JsonArray array) {
      JsonArray all = new JsonArray();
      array.forEach(each -> chosen(each).ifPresent(all::add));
      return Optional.of(all);
    }
    if (!(value instanceof JsonObject object)) return Optional.of(value);
    if (object.has("Fn::If")) {
      JsonArray choice = object.getAsJsonArray("Fn::If");
      return chosen(choice.get(holds(choice.get(0).getAsString()) ? 1 : 2));
    }
    if (object.has("Fn::Select") && object.getAsJsonArray("Fn::Select").get(1) instanceof JsonArray of) {
      return chosen(of.get(object.getAsJsonArray("Fn::Select").get(0).getAsInt()));
    }
    if (object.has("Ref")) return referred(object);
    JsonObject all = new JsonObject();
    object.asMap().forEach((name, each) -> chosen(each).ifPresent(inner -> all.add(name, inner)));
    return Optional.of(all);
  }

  private Optional<JsonElement> referred(JsonObject reference) {
    String id = reference.get("Ref").getAsString();
    if (id.equals("AWS::NoValue")) return Optional.empty();
    JsonObject parameters = template.getAsJsonObject("Parameters");
    if (!parameters.has(id)) return Optional.of(reference);
    String value = given.get(id);
    return Optional.of(value == null ? parameters.getAsJsonObject(id).get("Default") : new JsonPrimitive(value));
  }
}
