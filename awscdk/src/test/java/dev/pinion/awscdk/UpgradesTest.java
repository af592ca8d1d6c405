package dev.pinion.awscdk;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// What CloudFormation does from one version of an app to the next. It creates and updates along the references, and
/// deletes in the end, when the update cannot fail any more: so what the old version needs must have another logical id
/// than what the new one needs.
@NeedsNode
@Tag("slow")
final class UpgradesTest {
  private static final String ON_MESSAGE = "ws.onMessage((c, body) -> orders.putItem(Item.of(\"id\", body)));";
  private static final String ADDED = "ws.onRoute(\"added\", (c, body) -> users.scan().toList());";
  private static final String SHOP = """
      import dev.pinion.*;
      import static dev.pinion.AttributeType.STRING;

      public final class Shop implements App {
        @Override
        public void define(Cloud cloud) {
          Table users = cloud.table("users").hashKey("id", STRING).create();
          Table orders = cloud.table("orders").hashKey("id", STRING).timeToLive("expires").create();
          WebSocket ws = cloud.webSocket("ws").create();
          %s
        }
      }
      """;

  @TempDir private Path folder = Path.of("");

  private final Map<String, JsonObject> templates = new HashMap<>();

  @Test
  void aHandlerThatDoesSomethingElseKeepsItsOldPolicyUntilTheEnd() throws IOException {
    JsonObject before = shop(SHOP, ON_MESSAGE);
    JsonObject after = shop(SHOP, "ws.onMessage((c, body) -> orders.deleteItem(Key.of(\"id\", body)));");
    assertThat(ids(before, "AWS::IAM::RolePolicy")).doesNotContainAnyElementsOf(ids(after, "AWS::IAM::RolePolicy"));
    assertThat(ids(before, "AWS::IAM::Role")).isEqualTo(ids(after, "AWS::IAM::Role"));
    String policy = ids(after, "AWS::IAM::RolePolicy").iterator().next();
    String function = ids(after, "AWS::Lambda::Function").iterator().next();
    assertThat(resources(after).getAsJsonObject(function).getAsJsonArray("DependsOn").toString()).contains(policy);
    assertThat(ids(before, "AWS::ApiGatewayV2::Deployment")).isEqualTo(ids(after, "AWS::ApiGatewayV2::Deployment"));
  }

  @Test
  void anAddedRouteIsPermittedBeforeTheStageHasIt() throws IOException {
    JsonObject before = shop(SHOP, ON_MESSAGE);
    JsonObject after = shop(SHOP, ON_MESSAGE + ADDED);
    assertThat(ids(before, "AWS::ApiGatewayV2::Deployment"))
        .doesNotContainAnyElementsOf(ids(after, "AWS::ApiGatewayV2::Deployment"));
    assertThat(resources(before).keySet().stream().filter(id -> !resources(after).has(id)))
        .containsExactlyElementsOf(ids(before, "AWS::ApiGatewayV2::Deployment"));
    String stage = ids(after, "AWS::ApiGatewayV2::Stage").iterator().next();
    assertThat(resources(after).getAsJsonObject(stage).getAsJsonArray("DependsOn").asList().stream()
        .map(JsonElement::getAsString)).containsAll(ids(after, "AWS::Lambda::Permission"));
  }

  @Test
  void aRemovedRouteIsOnlyDeletions() throws IOException {
    JsonObject before = shop(SHOP, ON_MESSAGE + ADDED);
    JsonObject after = shop(SHOP, ON_MESSAGE);
    Set<String> updated = resources(after).keySet().stream()
        .filter(id -> resources(before).has(id) && !resources(before).get(id).equals(resources(after).get(id)))
        .collect(Collectors.toSet());
    assertThat(updated).isEqualTo(ids(after, "AWS::ApiGatewayV2::Stage"));
  }

  @Test
  void otherKeysAreRefusedByTheRuleOfTheTable() throws IOException {
    JsonObject before = shop(SHOP, ON_MESSAGE);
    JsonObject after = shop(SHOP.replace("\"users\").hashKey(\"id\"", "\"users\").hashKey(\"name\""), ON_MESSAGE);
    Set<String> parameters = before.getAsJsonObject("Parameters").keySet();
    assertThat(after.getAsJsonObject("Parameters").keySet()).isEqualTo(parameters);
    String keys = parameters.stream().filter(name -> name.startsWith("Appusers")).findFirst().orElseThrow();
    assertThat(after.getAsJsonObject("Rules").toString())
        .contains("{\"Fn::Equals\":[{\"Ref\":\"" + keys + "\"},\"name S\"]}");
    assertThat(before.getAsJsonObject("Parameters").getAsJsonObject(keys).get("Default").getAsString())
        .isEqualTo("id S");
  }

  @Test
  void aTimeToLiveThatIsDroppedIsDisabled() throws IOException {
    JsonObject after = shop(SHOP.replace(".timeToLive(\"expires\")", ""), ON_MESSAGE);
    assertThat(ids(after, "AWS::DynamoDB::GlobalTable").stream()
        .map(id -> resources(after).getAsJsonObject(id).getAsJsonObject("Properties").get("TimeToLiveSpecification"))
        .map(String::valueOf)).containsOnly("{\"Enabled\":false}");
  }

  @Test
  void aTableThatLooksLikeAnotherLeavesThatAsItIs() throws IOException {
    JsonObject before = shop(SHOP.replace("\"users\"", "\"shop.users\""), ON_MESSAGE);
    JsonObject after = shop(
        SHOP.replace("\"users\"", "\"shop.users\""),
        "cloud.table(\"shop-users\").hashKey(\"id\", STRING).create();" + ON_MESSAGE);
    assertThat(resources(before).keySet()).allMatch(
        id -> resources(before).get(id).equals(resources(after).get(id)));
  }

  private JsonObject shop(String program, String handlers) throws IOException {
    String source = program.formatted(handlers);
    JsonObject known = templates.get(source);
    if (known != null) return known;
    Path file = Files.createDirectories(folder.resolve("v" + templates.size())).resolve("Shop.java");
    Path assembly = Program.compiled(Files.writeString(file, source)).assembly(file.resolveSibling("out"));
    JsonObject template =
        JsonParser.parseString(Files.readString(assembly.resolve("Shop.template.json"))).getAsJsonObject();
    templates.put(source, template);
    return template;
  }

  private static JsonObject resources(JsonObject template) {
    return template.getAsJsonObject("Resources");
  }

  private static Set<String> ids(JsonObject template, String type) {
    List<String> ids = resources(template).entrySet().stream()
        .filter(each -> each.getValue().getAsJsonObject().get("Type").getAsString().equals(type))
        .map(Map.Entry::getKey)
        .toList();
    return new TreeSet<>(ids);
  }
}
