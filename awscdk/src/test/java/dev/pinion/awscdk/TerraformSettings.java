package dev.pinion.awscdk;

import com.google.gson.JsonObject;
import dev.pinion.aws.HttpApiPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.WebSocketPlan;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/// What operators set by a module's variables, as the module's templates find it.
final class TerraformSettings implements HclText.Names {
  private final Plan plan;
  private final JsonObject main;
  private final UnaryOperator<String> reference;
  private final Map<String, Object> known = new HashMap<>();

  TerraformSettings(Plan plan, JsonObject main, Map<String, Object> given, UnaryOperator<String> reference) {
    this.plan = plan;
    this.main = main;
    this.reference = reference;
    know("var.domains", given.getOrDefault("domains", Map.of()));
    JsonObject locals = main.getAsJsonObject("locals");
    if (locals.has("domains")) know("local.domains", HclText.value(locals.get("domains").getAsString(), this));
    Map<String, String> addresses = new HashMap<>();
    if (locals.has("addresses")) {
      locals.getAsJsonObject("addresses").asMap()
          .forEach((api, address) -> addresses.put(api, HclText.of(address.getAsString(), this)));
    }
    know("local.addresses", addresses);
  }

  /// Gives a name a value.
  void know(String name, Object value) {
    known.put(name, value);
  }

  @Override
  public Object value(String name) {
    return reference.apply(name);
  }

  @Override
  public Map<String, Object> known() {
    return Collections.unmodifiableMap(known);
  }

  @Override
  public Map<String, Object> attributes(String address, String attribute) {
    List<String> parts = List.of(address.split("\\.", -1));
    JsonObject block =
        main.getAsJsonObject("resource").getAsJsonObject(parts.getFirst()).getAsJsonObject(parts.getLast());
    Map<String, Object> attributes = new TreeMap<>();
    if (block.has("for_each")) {
      each(block).forEach((key, _) -> attributes.put(key, ofDomain(key, attribute)));
    } else if (isThere(block)) {
      attributes.put("0", reference.apply(address + "." + attribute));
    }
    return attributes;
  }

  private String ofDomain(String name, String attribute) {
    String regional = attribute.replace("domain_name_configuration.target_", "regional_")
        .replace("domain_name_configuration.hosted", "regional_hosted");
    return "<domain " + owner(name) + " " + regional + ">";
  }

  /// The first API with a domain.
  String owner(String domain) {
    Map<?, ?> domains = (Map<?, ?>) requireNonNull(known.get("var.domains"));
    return Stream.concat(
        plan.webSockets().stream().map(WebSocketPlan::path), plan.httpApis().stream().map(HttpApiPlan::path))
        .filter(api -> domains.get(api) instanceof Map<?, ?> of && domain.equals(of.get("domain_name")))
        .findFirst().orElseThrow();
  }

  /// Whether a resource with a count is there.
  boolean isThere(JsonObject block) {
    return !HclText.of(block.get("count").getAsString(), this).equals("0");
  }

  /// What the instances of a resource are made for, by their keys.
  Map<String, Object> each(JsonObject block) {
    Map<String, Object> all = new TreeMap<>();
    ((Map<?, ?>) HclText.value(block.get("for_each").getAsString(), this))
        .forEach((key, value) -> all.put((String) key, value));
    return all;
  }
}
