package app;

import dev.pinion.App;
import dev.pinion.Arn;
import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.PhaseException;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.ValueModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/** What an app declares, and every mistake it can make there. In a user's package, so that lines are found. */
class DefinitionTest {

  private static List<String> problems(App app) {
    DefinitionException mistakes = catchThrowableOfType(DefinitionException.class, () -> Definition.of(app));
    return mistakes.problems().stream().map(DefinitionException.Problem::message).toList();
  }

  @Test
  void batchesOfChangesAreChecked() {
    assertThat(problems(cloud -> {
      cloud.table("size").hashKey("id", STRING).changeBatchSize(0).create().onChange(_ -> {});
      cloud.table("window").hashKey("id", STRING).changeBatchingWindow(Duration.ofSeconds(-1)).create()
          .onChange(_ -> {});
      cloud.table("nobody").hashKey("id", STRING).changeBatchSize(100).create();
      cloud.table("fits").hashKey("id", STRING).changeBatchSize(10_000).changeBatchingWindow(Duration.ofMinutes(5))
          .create().onChange(_ -> {});
    })).satisfiesExactly(
        first -> assertThat(first).contains("table 'size' has a batch size of 0: use 1 to 10000"),
        second -> assertThat(second).contains("table 'window' has a batching window of PT-1S: use whole seconds"),
        third -> assertThat(third).contains("table 'nobody' has a batch size or a batching window of changes"));
  }

  @Test
  void onlyNamesActionsOfTheAppsOwnResources() {
    AtomicReference<Table> before = new AtomicReference<>();
    App app = cloud -> {
      Table rows = cloud.table("rows").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      var options = ws.onMessage((c, body) -> {})
          .only(rows, "dynamodb:Scan", "scan", "dynamodb:*")
          .only(ws, "POST", "PUT")
          .only(cloud.secret("key"))
          .only(rows);
      Table other = before.getAndSet(rows);
      if (other != null) options.only(other, "dynamodb:Scan");
    };
    String rows = "dynamodb:BatchGetItem, dynamodb:BatchWriteItem, dynamodb:ConditionCheckItem, dynamodb:DeleteItem,"
        + " dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:Scan, dynamodb:UpdateItem";
    List<String> wrong = List.of(
        "handler 'ws/$default' is limited to 'scan' of table 'rows', which is not such an action: write dynamodb:Scan",
        "handler 'ws/$default' is limited to 'dynamodb:*' of table 'rows', which is not such an action: use " + rows,
        "handler 'ws/$default' is limited to 'PUT' of webSocket 'ws', which is not such an action: use DELETE, GET,"
            + " POST",
        "handler 'ws/$default' is limited to no action of table 'rows': name some of " + rows
            + ", or omit this only if another one says what the handler may do");
    assertThat(problems(app)).isEqualTo(wrong);
    assertThat(problems(app)).startsWith(wrong.toArray(String[]::new)).last().asString()
        .isEqualTo("handler 'ws/$default' is limited to table 'rows', which belongs to another app or to another run"
            + " of define: use what this define's cloud returned");
  }

  @Test
  void allowNamesActionsOfTheAppsOwnResources() {
    assertThat(problems(cloud -> {
      Table rows = cloud.table("rows").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onMessage((c, body) -> {}).allow(rows, "PutItem").allow(ws).allow(cloud.secret("key"))
          .allow("s3:GetObject", Arn.of("arn:aws:s3:::", cloud.secret("bucket")))
          .allow("s3:GetObject", Arn.of("arn:aws:s3:::", 1))
          .allow("s3:GetObject", Arn.of());
    })).containsExactly(
        "handler 'ws/$default' is allowed 'PutItem' of table 'rows', which is not such an action: write"
            + " dynamodb:PutItem",
        "handler 'ws/$default' is allowed no action of webSocket 'ws': name some of DELETE, GET, POST",
        "handler 'ws/$default' is allowed an ARN with the value of secret 'bucket', which would be readable in the"
            + " role: use a config",
        "handler 'ws/$default' is allowed an ARN with a java.lang.Integer: use strings and configs",
        "handler 'ws/$default' is allowed something on '': use an ARN");
  }

  @Test
  void theModelHoldsWhatIsAllowed() {
    AppModel model = Definition.of(cloud -> {
      Table rows = cloud.table("rows").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onMessage((c, body) -> {}).allow(rows, "dynamodb:PutItem").allow(ws, "POST", "GET").allow(cloud.secret("key"))
          .allow("s3:GetObject", Arn.of("arn:aws:s3:::", cloud.config("bucket"), "/*"));
    }).model();
    FunctionModel options = model.webSockets().getFirst().routes().getFirst().options();
    assertThat(options.granted()).extracting(FunctionModel.Grant::resource).containsExactly("rows", "ws", "key");
    assertThat(options.granted()).extracting(FunctionModel.Grant::actions)
        .containsExactly(List.of("dynamodb:PutItem"), List.of("POST", "GET"), List.of());
    assertThat(options.allowed().getFirst().arn()).hasSize(3).element(1)
        .isEqualTo(new FunctionModel.ArnPart.ConfigValue("bucket"));
    assertThat(options.allowed().getFirst().arnText()).isEqualTo("arn:aws:s3:::${bucket}/*");
  }

  @Test
  void theModelHoldsWhatIsDeclared() {
    AppModel model = Definition.of(cloud -> {
      Table rows = cloud.table("rows")
          .hashKey("room", STRING)
          .rangeKey("id", STRING)
          .attribute("user", STRING)
          .index("byUser", "user", "id")
          .timeToLive("expires")
          .create();
      WebSocket ws = cloud.webSocket("ws").name("Ws").stage("test").ordered().create();
      ws.onConnect(c -> rows.putItem(Item.of("room", "r", "id", c.id())));
      ws.onMessage((c, body) -> ws.sendMessage(c.id(), body)).memory(1024).timeout(Duration.ofSeconds(5));
      ws.onRequest("ask", (c, body) -> body);
    }).model();

    assertThat(model.tables().getFirst().index("byUser")).isPresent();
    assertThat(model.tables().getFirst().timeToLive()).contains("expires");
    var ws = model.webSockets().getFirst();
    assertThat(ws.name()).isEqualTo("Ws");
    assertThat(ws.ordered()).isTrue();
    assertThat(ws.routes()).extracting(RouteModel::path).containsExactly("ws/$connect", "ws/$default", "ws/ask");
    assertThat(ws.route("ask").orElseThrow().responds()).isTrue();
    assertThat(ws.route("$default").orElseThrow().options().memory()).isEqualTo(1024);
    assertThat(ws.location().file()).isEqualTo("DefinitionTest.java");
    assertThat(ws.location().line()).isPositive();
  }

  @Test
  void allMistakesAreReportedAtOnce() {
    assertThat(problems(cloud -> {
      cloud.table("one").hashKey("id", STRING).create();
      cloud.table("one").create();
      cloud.table("").hashKey("id", STRING).index("byUser", "user").create();
      WebSocket ws = cloud.webSocket("ws").name("").stage("no stage").create();
      ws.onRoute("join", (c, body) -> {});
      ws.onRoute("join", (c, body) -> {});
      ws.onRoute("$default", (c, body) -> {});
      ws.onRoute("", (c, body) -> {});
      cloud.table("begun").hashKey("id", STRING);
    })).satisfiesExactly(
        first -> assertThat(first)
            .contains("table 'one' has the same id as the resource declared at DefinitionTest.java:"),
        second -> assertThat(second).contains("table 'one' has no hash key"),
        third -> assertThat(third).contains("a table has an empty id"),
        fourth -> assertThat(fourth).contains("on the attribute 'user', which is not declared"),
        fifth -> assertThat(fifth).contains("webSocket 'ws' has the name ''"),
        sixth -> assertThat(sixth).contains("has the stage 'no stage'"),
        seventh -> assertThat(seventh).contains("declares the route 'join' twice, first at DefinitionTest.java:"),
        eighth -> assertThat(eighth).contains("'$default', but keys that begin with '$' are API Gateway's own"),
        ninth -> assertThat(ninth).contains("a route with the key ''"),
        tenth -> assertThat(tenth).contains("table 'begun' was declared without .create()"));
  }

  private static int line() {
    return StackWalker.getInstance().walk(frames -> frames.skip(1).findFirst()).orElseThrow().getLineNumber();
  }

  @Test
  void everyMistakeHasItsFileAndLine() {
    int start = line();
    DefinitionException mistakes = catchThrowableOfType(DefinitionException.class, () -> Definition.of(cloud -> {
      cloud.table("rows").hashKey("id", STRING).create();
      cloud.webSocket("rows").create();
      cloud.table("more")
          .hashKey("id", STRING)
          .index("byUser", "user")
          .attribute("", STRING)
          .create();
      var ws = cloud.webSocket("ws").create();
      ws.onRoute("join", (c, body) -> {});
      ws.onRoute("join", (c, body) -> {});
      cloud.table("").hashKey("id", STRING).create();
    }));
    assertThat(mistakes.problems()).extracting(each -> each.location().line() - start).containsExactly(3, 7, 6, 8, 11,
        12);
    assertThat(mistakes.problems()).extracting(each -> each.location().file()).containsOnly("DefinitionTest.java");
    assertThat(mistakes.getMessage().lines()).hasSize(6).allMatch(each -> each.startsWith("DefinitionTest.java:"))
        .first(InstanceOfAssertFactories.STRING)
        .isEqualTo(
            "DefinitionTest.java:" + (start + 3) + ": webSocket 'rows' has the same id as the resource declared at "
                + "DefinitionTest.java:" + (start + 2) + ": give one of them another id");
  }

  @Test
  void timeToLiveMistakes() {
    assertThat(problems(cloud -> {
      cloud.table("t").hashKey("id", STRING).timeToLive("id").create();
      cloud.table("u").hashKey("id", STRING).timeToLive("a").timeToLive("").create();
    })).satisfiesExactly(
        first -> assertThat(first).contains("has the time to live 'id', which is a key but not a NUMBER"),
        second -> assertThat(second).contains("has an empty attribute name for the time to live"),
        third -> assertThat(third).contains("has two attributes for the time to live, 'a' and ''"));
  }

  @Test
  void namesOfKeysAndIndexesHaveDynamoDbsLimits() {
    assertThat(problems(cloud -> {
      var table = cloud.table("t").hashKey("ä".repeat(128), STRING).attribute("a", STRING);
      for (int i = 0; i < 21; i++) {
        table.index("index" + i, "a");
      }
      table.index("index1", "a").index("", "a").create();
    })).satisfiesExactly(
        first -> assertThat(first).contains("has a key attribute with a name of more than 255 bytes"),
        second -> assertThat(second).contains("has two indexes with the name 'index1'"),
        third -> assertThat(third).contains("has an index with the name ''"),
        fourth -> assertThat(fourth).contains("has 23 indexes, but DynamoDB allows 20"));
  }

  @Test
  void aDeclarationIsMadeOnce() {
    assertThat(problems(cloud -> {
      var table = cloud.table("t").hashKey("id", STRING);
      table.create();
      table.create();
      var ws = cloud.webSocket("ws");
      ws.create();
      ws.create();
    })).containsExactly(
        "table 't' is created twice: call .create() once, and use its result",
        "webSocket 'ws' is created twice: call .create() once, and use its result");
  }

  @Test
  void tableMistakes() {
    assertThat(problems(cloud -> cloud.table("t")
        .hashKey("a", STRING)
        .hashKey("b", STRING)
        .rangeKey("b", STRING)
        .attribute("spare", STRING)
        .index("x", "a", "a")
        .create())).satisfiesExactly(
            first -> assertThat(first).contains("two hash keys, 'a' and 'b'"),
            second -> assertThat(second).contains("declares the attribute 'b' twice"),
            third -> assertThat(third).contains("'b' both as hash key and as range key"),
            fourth -> assertThat(fourth).contains("has an index with the name 'x'"),
            fifth -> assertThat(fifth).contains("the same attribute as both of its keys"),
            sixth -> assertThat(sixth).contains("'spare', which is not part of a key"));
  }

  @Test
  void anIndexOnAMisspelledAttributeIsOneMistake() {
    assertThat(problems(cloud -> cloud.table("t").hashKey("a", STRING).attribute("board", STRING)
        .index("top", "boards").create())).containsExactly(
            "table 't' has the index 'top' on the attribute 'boards', which is not declared: add"
                + " .attribute(\"boards\", STRING), or use 'board', which is declared");
  }

  @Test
  void configsAndSecretsAreInTheModel() {
    AppModel model = Definition.of(cloud -> {
      assertThat(cloud.config("greeting")).hasToString("config 'greeting'");
      assertThat(cloud.secret("apiKey")).hasToString("secret 'apiKey'");
    }).model();
    assertThat(model.values()).extracting(ValueModel::kind, ValueModel::id, ValueModel::environmentName)
        .containsExactly(tuple("config", "greeting", "GREETING"), tuple("secret", "apiKey", "API_KEY"));
    assertThat(model.values().getFirst().location().file()).isEqualTo("DefinitionTest.java");
  }

  @Test
  void configAndSecretMistakes() {
    assertThat(problems(cloud -> {
      cloud.config("2fast");
      cloud.config("key");
      cloud.secret("key");
      cloud.secret("api-key");
      cloud.config("apiKey");
    })).satisfiesExactly(
        first -> assertThat(first).contains("config '2fast' has an invalid name"),
        second -> assertThat(second)
            .contains("secret 'key' has the same id as the resource declared at DefinitionTest"),
        third -> assertThat(third)
            .contains("config 'apiKey' has the environment variable API_KEY, which secret 'api-key' declared at"));
  }

  @Test
  void readingAValueWhileDeclaringNamesTheLine() {
    PhaseException early =
        catchThrowableOfType(PhaseException.class, () -> Definition.of(cloud -> cloud.config("stage").value()));
    assertThat(early).hasMessageMatching("DefinitionTest\\.java:\\d+: stage\\.value acts, .*");
  }

  @Test
  void tablesAreRestorableUnlessTold() {
    AppModel model = Definition.of(cloud -> {
      cloud.table("safe").hashKey("id", STRING).create();
      cloud.table("told").hashKey("id", STRING).deletionProtection(true).pointInTimeRecovery(false).create();
    }).model();
    assertThat(model.tables()).extracting(TableModel::deletionProtection, TableModel::pointInTimeRecovery)
        .containsExactly(tuple(false, true), tuple(true, false));
  }

  @Test
  void aMalformedRouteSelectionExpressionIsAMistake() {
    assertThat(problems(cloud -> cloud.webSocket("ws").routeSelectionExpression("$request.header.x").create()))
        .satisfiesExactly(only -> assertThat(only)
            .startsWith("webSocket 'ws' has a malformed route selection expression '$request.header.x', at character"));
  }

  @Test
  void handlerOptionMistakes() {
    assertThat(problems(cloud -> cloud.webSocket("ws")
        .create()
        .onConnect(c -> {})
        .memory(64)
        .timeout(Duration.ofMillis(1500))
        .allow("everything", "*"))).satisfiesExactly(
            first -> assertThat(first).contains("'ws/$connect' has a memory of 64 MiB"),
            second -> assertThat(second).contains("has a timeout of PT1.5S"),
            third -> assertThat(third).contains("is allowed 'everything'"),
            fourth -> assertThat(fourth).contains("on '*': use an ARN"));
  }

  @Test
  void actingWhileDeclaringNamesTheLine() {
    PhaseException early = catchThrowableOfType(PhaseException.class, () -> Definition.of(cloud -> {
      Table rows = cloud.table("rows").hashKey("id", STRING).create();
      rows.deleteItem(Key.of("id", "1"));
    }));
    assertThat(early).hasMessageMatching("DefinitionTest\\.java:\\d+: rows\\.deleteItem acts, .*");
  }

  @Test
  void declaringAfterDefineNamesTheLine() {
    WebSocket[] kept = new WebSocket[1];
    Definition.of(cloud -> kept[0] = cloud.webSocket("ws").create());
    PhaseException late = catchThrowableOfType(PhaseException.class, () -> kept[0].onConnect(c -> {}));
    assertThat(late).hasMessageMatching("DefinitionTest\\.java:\\d+: onConnect declares, .*");
  }
}
