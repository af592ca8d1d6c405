package dev.pinion.awscdk;

import dev.pinion.aws.Expression;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Property;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

import static java.util.Objects.requireNonNull;

/** Converts a plan's expressions to CDK strings, which may contain tokens. */
final class TokenText {
  /** Characters in JSON strings, and how they are escaped; the backslash comes first. */
  private static final String[][] ESCAPES =
      {{"\\", "\\\\"}, {"\"", "\\\""}, {"\n", "\\n"}, {"\r", "\\r"}, {"\t", "\\t"}};

  private final Stack stack;
  private final Resources resources;
  private final SuppliedValues values;

  TokenText(Construct scope, Resources resources, SuppliedValues values) {
    this.stack = Stack.of(scope);
    this.resources = resources;
    this.values = values;
  }

  String text(Expression expression) {
    return switch (expression) {
      case Expression.Literal(String text) -> text;
      case Expression.Attribute(Reference resource, Property property) -> attribute(resource, property);
      case Expression.Parameter(String id) -> values.text(id);
      case Expression.Join(var parts) -> parts.stream().map(this::text).collect(Collectors.joining());
      case Expression.Json json -> hasTokens(json) ? json(json) : stack.toJsonString(object(json));
    };
  }

  private Map<String, Object> object(Expression.Json json) {
    Map<String, Object> object = new LinkedHashMap<>();
    json.values()
        .forEach(
            (name, value) -> object.put(name, value instanceof Expression.Json inner ? object(inner) : text(value)));
    return object;
  }

  private boolean hasTokens(Expression.Json json) {
    return json.values().values().stream().anyMatch(this::isToken);
  }

  /** Whether an expression is the value of a config that only CloudFormation knows. */
  private boolean isToken(Expression value) {
    return value instanceof Expression.Parameter(String id) && values.isConfig(id)
        && Boolean.TRUE.equals(Token.isUnresolved(values.text(id)));
  }

  /** CDK's own JSON has the values of tokens as they are, also where JSON has to escape them. */
  private String json(Expression.Json json) {
    return json.values().entrySet().stream()
        .map(each -> stack.toJsonString(each.getKey()) + ":"
            + (isToken(each.getValue()) ? '"' + escaped(text(each.getValue())) + '"'
                : stack.toJsonString(text(each.getValue()))))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String token) {
    String text = token;
    for (String[] escape : ESCAPES) {
      text = Fn.join(escape[1], Fn.split(escape[0], text));
    }
    return text;
  }

  /** Returns the end of AWS's host names, such as {@code amazonaws.com}. */
  String dnsSuffix() {
    return stack.getUrlSuffix();
  }

  /** Returns the ARN of a policy that AWS manages. */
  String managedPolicy(String name) {
    return "arn:" + stack.getPartition() + ":iam::aws:policy/" + name;
  }

  /** Returns the ARN of a log group. CloudFormation's own ends in ":*", which the plan's does not. */
  String arn(LogGroup group) {
    return arn("logs", "log-group:" + group.getLogGroupName(), true);
  }

  /** Returns the ARN by which API Gateway invokes an alias. */
  String invokeArn(Alias alias) {
    return arn("apigateway", "lambda:path/2015-03-31/functions/" + alias.getFunctionArn() + "/invocations", false);
  }

  private String arn(String service, String resource, boolean withAccount) {
    return "arn:" + stack.getPartition() + ":" + service + ":" + stack.getRegion() + ":"
        + (withAccount ? stack.getAccount() + ":" : "") + resource;
  }

  private String api(String id, Property property) {
    return switch (property) {
      case EXECUTION_ARN -> arn("execute-api", id, true);
      case HOST -> id + ".execute-api." + stack.getRegion() + "." + stack.getUrlSuffix();
      default -> id;
    };
  }

  private String alias(String path, Property property) {
    if (property == Property.GIVEN_ARN) {
      return arn("lambda", "function:" + resources.name(path), true);
    }
    Alias alias = resources.get(Reference.Kind.ALIAS, path, Alias.class);
    return property == Property.ARN ? alias.getFunctionArn() : invokeArn(alias);
  }

  private static String queue(Queue queue, Property property) {
    return switch (property) {
      case URL -> queue.getQueueUrl();
      case NAME -> queue.getQueueName();
      default -> queue.getQueueArn();
    };
  }

  private static String table(TableV2 table, Property property) {
    return switch (property) {
      case NAME -> table.getTableName();
      case STREAM_ARN -> requireNonNull(table.getTableStreamArn());
      default -> table.getTableArn();
    };
  }

  private String attribute(Reference resource, Property property) {
    String path = resource.path();
    if (property == Property.ADDRESS) return resources.address(path);
    return switch (resource.kind()) {
      case API -> api(resources.get(resource.kind(), path, WebSocketApi.class).getApiId(), property);
      case HTTP_API -> api(resources.get(resource.kind(), path, HttpApi.class).getApiId(), property);
      case STAGE -> {
        WebSocketStage stage = resources.stage(path);
        yield arn("apigateway", ":/apis/" + stage.getApi().getApiId() + "/stages/" + stage.getStageName(), false);
      }
      case TABLE -> table(resources.get(resource.kind(), path, TableV2.class), property);
      case FUNCTION -> {
        Function function = resources.get(resource.kind(), path, Function.class);
        yield property == Property.NAME ? function.getFunctionName() : function.getFunctionArn();
      }
      case ROLE, SCHEDULE_ROLE -> {
        Role role = resources.get(resource.kind(), path, Role.class);
        yield property == Property.NAME ? role.getRoleName() : role.getRoleArn();
      }
      case LOG_GROUP -> {
        LogGroup group = resources.get(resource.kind(), path, LogGroup.class);
        yield property == Property.NAME ? group.getLogGroupName() : arn(group);
      }
      case ALIAS -> alias(path, property);
      case SCHEDULE -> {
        CfnSchedule schedule = resources.get(resource.kind(), path, CfnSchedule.class);
        yield property == Property.NAME ? schedule.getRef() : schedule.getAttrArn();
      }
      case SCHEDULE_GROUP -> {
        String group = resources.get(resource.kind(), path, CfnScheduleGroup.class).getRef();
        yield property == Property.NAME ? group : arn("scheduler", "schedule/" + group + "/*", true);
      }
      case QUEUE, DEAD_LETTERS -> queue(resources.get(resource.kind(), path, Queue.class), property);
      case EVENT_SOURCE -> resources.get(resource.kind(), path, CfnEventSourceMapping.class).getRef();
      case AUTHORIZER -> resources.get(resource.kind(), path, CfnAuthorizer.class).getRef();
      case ROUTE, INTEGRATION, ROUTE_RESPONSE -> throw new IllegalArgumentException(
          resource + " is known to a deployment only, whose id DeploymentId computes");
    };
  }
}
