package dev.pinion.aws;

import dev.pinion.App;
import dev.pinion.Arn;
import dev.pinion.AttributeType;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.inspect.Use;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.TaskOperation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static dev.pinion.aws.Plans.rows;
import static dev.pinion.aws.Plans.statements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// A role allows what its handler does, and nothing else.
final class PermissionsTest {
  private static final String LOG = "logs:CreateLogStream, logs:PutLogEvents on <LOG_GROUP ws/$default ARN>:*";

  private static final App APP = cloud -> {
    cloud.table("rows").hashKey("id", AttributeType.STRING).attribute("user", AttributeType.STRING)
        .index("byUser", "user").create();
    cloud.table("others").hashKey("id", AttributeType.STRING).create();
    cloud.config("greeting");
    cloud.secret("key");
    WebSocket ws = cloud.webSocket("ws").stage("test").create();
    ws.onConnect(c -> {});
    ws.onMessage((c, body) -> {}).allow("s3:GetObject", "arn:aws:s3:::bucket/*");
  };

  @Test
  void aHandlerThatUsesNothingMayLog() {
    Plan plan = Plans.of(APP);
    assertThat(statements(plan, "ws/$connect")).containsExactly(LOG.replace("$default", "$connect"));
    assertThat(statements(plan, "ws/$default")).containsExactly(LOG, "s3:GetObject on arn:aws:s3:::bucket/*");
  }

  @Test
  void aStartIsAnInvocationOfTheAliasAndADelayASchedule() {
    App app = cloud -> {
      cloud.task("job", String.class).create().onStart(text -> {});
      cloud.task("other", String.class).create().onStart(text -> {});
    };
    Plan plan = Plans.of(
        app, Map.of(
            "job", List.of(new Use.Start("other", TaskOperation.START)),
            "other", List.of(new Use.Start("job", TaskOperation.START_IN))));
    assertThat(statements(plan, "job")).containsExactly(
        "logs:CreateLogStream, logs:PutLogEvents on <LOG_GROUP job ARN>:*",
        "lambda:InvokeFunction on <ALIAS other GIVEN_ARN>", "sqs:SendMessage on <DEAD_LETTERS job ARN>");
    assertThat(statements(plan, "other")).containsExactly(
        "logs:CreateLogStream, logs:PutLogEvents on <LOG_GROUP other ARN>:*",
        "scheduler:CreateSchedule on <SCHEDULE_GROUP job SCHEDULES_ARN>",
        "sqs:SendMessage on <DEAD_LETTERS other ARN>",
        "pass <SCHEDULE_ROLE job ARN> to scheduler.amazonaws.com");
  }

  @Test
  void eachRowOperationIsAnActionOnTheTable() {
    assertThat(used(rows("rows", RowOperation.SCAN), rows("rows", RowOperation.BATCH_WRITE_ITEM)))
        .contains("dynamodb:BatchWriteItem, dynamodb:Scan on <TABLE rows ARN>");
    for (RowOperation operation : EnumSet.allOf(RowOperation.class)) {
      assertThat(used(rows("rows", operation))).anyMatch(each -> each.startsWith("dynamodb:"))
          .noneMatch(each -> each.contains("index"));
    }
  }

  @Test
  void anIndexIsThereOnlyWhenItIsQueried() {
    assertThat(
        used(new Use.Rows("rows", RowOperation.QUERY, Optional.of("byUser")), rows("others", RowOperation.QUERY)))
        .containsExactly(
            LOG,
            "dynamodb:Query on <TABLE rows ARN>/index/byUser, <TABLE others ARN>",
            "s3:GetObject on arn:aws:s3:::bucket/*");
  }

  @Test
  void indexesThatAreReadAlikeShareAStatement() {
    assertThat(
        used(
            new Use.Rows("rows", RowOperation.QUERY, Optional.of("byUser")),
            new Use.Rows("rows", RowOperation.QUERY, Optional.of("byRoom")),
            new Use.Rows("rows", RowOperation.SCAN, Optional.of("byAge"))))
        .contains(
            "dynamodb:Scan on <TABLE rows ARN>/index/byAge",
            "dynamodb:Query on <TABLE rows ARN>/index/byRoom, <TABLE rows ARN>/index/byUser");
  }

  @Test
  void connectionsAreOfOneApiAndStageByMethod() {
    assertThat(used(connections(ConnectionOperation.POST), connections(ConnectionOperation.DELETE)))
        .contains("execute-api:ManageConnections on <API ws EXECUTION_ARN>/test/POST/@connections/*,"
            + " <API ws EXECUTION_ARN>/test/DELETE/@connections/*");
    assertThat(used(connections(ConnectionOperation.URL))).noneMatch(each -> each.contains("execute-api"));
  }

  @Test
  void aTransactionIsAllowedItsPartsAndItsCheck() {
    assertThat(used(rows("rows", RowOperation.PUT_ITEM), rows("rows", RowOperation.CONDITION_CHECK_ITEM)))
        .contains("dynamodb:ConditionCheckItem, dynamodb:PutItem on <TABLE rows ARN>")
        .noneMatch(each -> each.contains("Transact"));
  }

  @Test
  void aSecretIsReadByThoseThatUseIt() {
    assertThat(used(new Use.Value("key"), new Use.Value("greeting"))).contains("read secret key")
        .noneMatch(each -> each.contains("greeting"));
  }

  @Test
  void whatIsAllowedIsInTheRoleAndTheEnvironment() {
    App app = cloud -> {
      Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).attribute("user", AttributeType.STRING)
          .index("byUser", "user").create();
      WebSocket ws = cloud.webSocket("ws").stage("test").create();
      ws.onMessage((c, body) -> {}).only(rows, "dynamodb:Scan").allow(rows, "dynamodb:Query").allow(ws, "POST")
          .allow(cloud.secret("key")).allow("s3:GetObject", Arn.of("arn:aws:s3:::", cloud.config("bucket"), "/*"));
    };
    Plan plan = Plans.of(app, Map.of("ws/$default", List.of(rows("rows", RowOperation.PUT_ITEM))));
    assertThat(statements(plan, "ws/$default")).containsExactly(
        LOG,
        "dynamodb:Query on <TABLE rows ARN>, <TABLE rows ARN>/index/byUser",
        "execute-api:ManageConnections on <API ws EXECUTION_ARN>/test/POST/@connections/*",
        "s3:GetObject on arn:aws:s3:::<given bucket>/*",
        "read secret key",
        "decrypt secret key");
    Map<String, Expression> environment = plan.function("ws/$default").environment();
    assertThat(Plans.text(environment.get("PINION_TABLES"))).contains("rows");
    assertThat(Plans.text(environment.get("PINION_WEBSOCKETS"))).contains("callback");
    assertThat(Plans.text(environment.get("PINION_SECRETS"))).contains("key");
  }

  @Test
  void onlyNarrowsWhatIsAllowedAndNotWhatIsNamed() {
    App app = cloud -> {
      Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
      Secret key = cloud.secret("key");
      cloud.secret("other");
      WebSocket ws = cloud.webSocket("ws").stage("test").create();
      ws.onMessage((c, body) -> {}).only(rows, "dynamodb:Scan", "dynamodb:PutItem").only(key).only(ws, "POST");
      ws.onConnect(c -> {}).only(ws, "POST");
    };
    List<Use> uses = List.of(
        rows("rows", RowOperation.SCAN), rows("rows", RowOperation.DELETE_ITEM), new Use.Value("key"),
        new Use.Value("other"), connections(ConnectionOperation.GET), connections(ConnectionOperation.POST));
    Plan plan = Plans.of(app, Map.of("ws/$default", uses, "ws/$connect", uses));
    assertThat(statements(plan, "ws/$default")).containsExactly(
        LOG,
        "dynamodb:Scan on <TABLE rows ARN>",
        "execute-api:ManageConnections on <API ws EXECUTION_ARN>/test/POST/@connections/*",
        "read secret key",
        "decrypt secret key");
    assertThat(statements(plan, "ws/$connect")).hasSize(2);
    assertThat(Plans.text(plan.function("ws/$connect").environment().get("PINION_TABLES"))).contains("rows");
  }

  @Test
  void noResourceIsAnything() {
    Set<Use> all = Set.of(rows("rows", RowOperation.SCAN), connections(ConnectionOperation.GET), new Use.Value("key"));
    Plan plan = Plans.of(APP, Map.of("ws/$default", all, "ws/$connect", all));
    Stream<Expression> resources = plan.functions().stream()
        .flatMap(each -> each.statements().stream())
        .filter(Statement.Allow.class::isInstance)
        .flatMap(each -> ((Statement.Allow) each).resources().stream());
    assertThat(resources.map(Plans::text)).hasSize(7)
        .allMatch(each -> each.matches("(<\\w+ \\S+ \\w+>|arn:).+|<TABLE.*"));
  }

  @Test
  void tablesThatAreUsedAlikeShareAStatement() {
    List<Use> uses = everything(40);
    Plan plan = many(40, uses);
    assertThat(plan.function("ws/$default").policies()).singleElement()
        .extracting(PolicyPlan::kind).isEqualTo(PolicyPlan.Kind.INLINE);
    assertThat(statements(plan, "ws/$default")).hasSize(2);
  }

  @Test
  void beyondTheInlineLimitPoliciesAreManaged() {
    Plan plan = Plans.of(cloud -> {
      var options = cloud.webSocket("ws").create().onMessage((c, body) -> {});
      for (int i = 0; i < 200; i++) {
        options.allow("s3:GetObject", "arn:aws:s3:::a-bucket-of-some-length-" + i + "/a/folder/of/its/own/*");
      }
    });
    List<PolicyPlan> policies = plan.function("ws/$default").policies();
    assertThat(policies).hasSizeBetween(2, 5).allMatch(each -> each.kind() == PolicyPlan.Kind.MANAGED)
        .allMatch(each -> Policies.size(each.statements()) <= 6144);
    assertThat(policies.stream().flatMap(each -> each.statements().stream())
        .flatMap(each -> ((Statement.Allow) each).resources().stream())).hasSize(201).doesNotHaveDuplicates();
  }

  @Test
  void beyondWhatIamAllowsTheHandlerIsNamed() {
    assertThatThrownBy(() -> Plans.of(cloud -> {
      var options = cloud.webSocket("ws").create().onMessage((c, body) -> {});
      for (int i = 0; i < 900; i++) {
        options.allow("s3:GetObject", "arn:aws:s3:::a-bucket-of-some-length-" + i + "/a/folder/of/its/own/*");
      }
    })).isInstanceOf(PlanException.class).hasMessageMatching(
        "PermissionsTest.*:\\d+: handler 'ws/\\$default' needs IAM policies of some \\d+ characters, in \\d+ man.*");
  }

  private static List<Use> everything(int tables) {
    return IntStream.range(0, tables).boxed()
        .flatMap(i -> EnumSet.allOf(RowOperation.class).stream().map(operation -> rows("t" + i, operation)))
        .toList();
  }

  private static Plan many(int tables, List<Use> uses) {
    return Plans.of(cloud -> {
      IntStream.range(0, tables).forEach(i -> cloud.table("t" + i).hashKey("id", AttributeType.STRING).create());
      cloud.webSocket("ws").create().onMessage((c, body) -> {});
    }, Map.of("ws/$default", uses));
  }

  private static Use connections(ConnectionOperation operation) {
    return new Use.Connections("ws", operation);
  }

  private static List<String> used(Use... uses) {
    return statements(Plans.of(APP, Map.of("ws/$default", List.of(uses))), "ws/$default");
  }
}
