package dev.pinion.tfaws;

import dev.pinion.aws.Expression;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.aws.Slugs;
import dev.pinion.spi.ValueModel;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Prints a plan's expressions in Terraform's language. */
final class Hcl {
  private static final Pattern BEFORE_BRACE = Pattern.compile("[$%]+(?=\\{|\\z)");
  private static final Pattern ESCAPED = Pattern.compile("\\$\\{\"([$%])\"}|\\$\\$\\{|%%\\{");

  /** What ends the names of queues of dead letters. */
  static final String DEAD_LETTERS = "--dead-letters";

  private final Plan plan;

  Hcl(Plan plan) {
    this.plan = plan;
  }

  /** Returns an expression as a template: the content of a JSON string. */
  String template(Expression expression) {
    return switch (expression) {
      case Expression.Literal(String text) -> escape(text);
      case Expression.Join(var parts) -> parts.stream().map(this::template).collect(Collectors.joining());
      case Expression.Json json -> "${jsonencode(" + expression(json) + ")}";
      case Expression.Attribute(Reference resource, Property property) -> switch (property) {
        case GIVEN_ARN -> givenArn(resource);
        case ADDRESS -> DomainResources.address(plan, this, resource);
        case SCHEDULES_ARN -> "${replace(" + address(resource) + ".arn, \":schedule-group/\", \":schedule/\")}/*";
        default -> "${" + expression(expression) + "}";
      };
      case Expression.Parameter _ -> "${" + expression(expression) + "}";
    };
  }

  /** Returns an expression as Terraform's: the text between <code>${</code> and <code>}</code>. */
  String expression(Expression expression) {
    return switch (expression) {
      case Expression.Literal(String text) -> quoted(text);
      case Expression.Attribute attribute -> attribute(attribute);
      case Expression.Parameter(String id) -> parameter(id);
      case Expression.Join(var parts) -> parts.stream()
          .map(part -> part instanceof Expression.Literal(String text) ? inQuotes(text) : template(part))
          .collect(Collectors.joining("", "\"", "\""));
      case Expression.Json(var values) -> values.entrySet().stream()
          .map(each -> quoted(each.getKey()) + " = " + expression(each.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  private String attribute(Expression.Attribute attribute) {
    Reference resource = attribute.resource();
    return switch (attribute.property()) {
      case HOST -> "trimprefix(" + address(resource) + ".api_endpoint, \""
          + (resource.kind() == Kind.API ? "wss" : "https") + "://\")";
      case SCHEDULES_ARN, GIVEN_ARN, ADDRESS -> '"' + template(attribute) + '"';
      default -> address(resource) + "." + attribute(resource.kind(), attribute.property());
    };
  }

  /**
   * Escapes a text so that Terraform does not interpret it, whatever follows it. Two dollars before a brace are one, so
   * what precedes a brace or ends the text is written as an expression, unless it is a single character before a brace.
   */
  static String escape(String text) {
    return BEFORE_BRACE.matcher(text).replaceAll(found -> {
      String signs = found.group();
      boolean single = signs.length() == 1 && found.end() < text.length();
      return Matcher.quoteReplacement(single ? signs + signs : signs.replaceAll("[$%]", "\\${\"$0\"}"));
    });
  }

  /** Reverses {@link #escape}. */
  static String unescape(String template) {
    return ESCAPED.matcher(template)
        .replaceAll(
            each -> Matcher.quoteReplacement(each.group(1) == null ? each.group().substring(1) : each.group(1)));
  }

  static String quoted(String text) {
    return '"' + inQuotes(text) + '"';
  }

  static String inQuotes(String text) {
    return escape(text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
        .replace("\t", "\\t"));
  }

  /** Returns a resource's address: its type and its label. */
  String address(Reference resource) {
    return type(resource.kind()) + "." + sharedLabel(resource);
  }

  /** Returns the label of a resource, or of the one that it is together with those of other handlers. */
  String sharedLabel(Reference resource) {
    return label(plan.shared(resource));
  }

  /** Composes the ARN of a function's alias of the function's name and what its log group knows of the account. */
  private String givenArn(Reference alias) {
    String logs = address(new Reference(Kind.LOG_GROUP, alias.path()));
    String parts = "split(\":\", " + logs + ".arn)";
    return "arn:${" + parts + "[1]}:lambda:${" + logs + ".region}:${" + parts + "[4]}:function:"
        + name(plan.shared(new Reference(Kind.FUNCTION, alias.path()))) + ":"
        + plan.function(alias.path()).alias(alias.path()).name();
  }

  /** Returns a resource's label: its name, which begins with a letter or an underscore. */
  static String label(Reference resource) {
    // A slug never has two hyphens in a row, so this is no other resource's.
    String slug = resource.slug() + switch (resource.kind()) {
      case SCHEDULE_ROLE -> "--schedule";
      case DEAD_LETTERS -> DEAD_LETTERS;
      default -> "";
    };
    if (Character.isLetter(slug.charAt(0)) || slug.startsWith("_")) return slug;
    return "_" + slug + "-" + Slugs.digest(resource.path());
  }

  static String type(Kind kind) {
    return switch (kind) {
      case API, HTTP_API -> "aws_apigatewayv2_api";
      case INTEGRATION -> "aws_apigatewayv2_integration";
      case ROUTE -> "aws_apigatewayv2_route";
      case ROUTE_RESPONSE -> "aws_apigatewayv2_route_response";
      case AUTHORIZER -> "aws_apigatewayv2_authorizer";
      case FUNCTION -> "aws_lambda_function";
      case ALIAS -> "aws_lambda_alias";
      case ROLE, SCHEDULE_ROLE -> "aws_iam_role";
      case LOG_GROUP -> "aws_cloudwatch_log_group";
      case STAGE -> "aws_apigatewayv2_stage";
      case TABLE -> "aws_dynamodb_table";
      case SCHEDULE -> "aws_scheduler_schedule";
      case SCHEDULE_GROUP -> "aws_scheduler_schedule_group";
      case QUEUE, DEAD_LETTERS -> "aws_sqs_queue";
      case EVENT_SOURCE -> "aws_lambda_event_source_mapping";
    };
  }

  private static String attribute(Kind kind, Property property) {
    return switch (property) {
      case ID -> "id";
      case NAME -> kind == Kind.FUNCTION ? "function_name" : "name";
      case ARN -> "arn";
      case INVOKE_ARN -> "invoke_arn";
      case EXECUTION_ARN -> "execution_arn";
      case URL -> "url";
      case STREAM_ARN -> "stream_arn";
      case HOST, ADDRESS, GIVEN_ARN, SCHEDULES_ARN ->
          throw new IllegalArgumentException(property + " is no attribute of " + kind);
    };
  }

  /**
   * Returns the variable of a config or a secret, as an expression. The variable of a secret's ARN is sensitive because
   * it may hold the secret's value by mistake; once it has been validated, it may be shown.
   */
  String parameter(String id) {
    ValueModel value = value(id);
    String variable = "var." + variable(value);
    return value.kind().equals("secret") ? "nonsensitive(" + variable + ")" : variable;
  }

  /** Returns the variable of the ARN of the key that encrypts a secret, as an expression. */
  String key(String secret) {
    return "var." + keyVariable(value(secret));
  }

  private ValueModel value(String id) {
    return plan.values().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  /** Returns a resource's physical name, as a template. */
  static String name(Reference resource) {
    return "${local.prefix}" + resource.slug();
  }

  /** Returns the names of all variables of a value. */
  static List<String> variables(ValueModel value) {
    return value.kind().equals("secret") ? List.of(variable(value), keyVariable(value)) : List.of(variable(value));
  }

  /** Returns the name of the variable of a config's value or a secret's ARN. */
  static String variable(ValueModel value) {
    String name = value.kind() + "_" + value.environmentName().toLowerCase(Locale.ROOT);
    return value.kind().equals("secret") ? name + "_arn" : name;
  }

  /** Returns the name of the variable of the ARN of the key that encrypts a secret. */
  static String keyVariable(ValueModel secret) {
    return "secret_" + secret.environmentName().toLowerCase(Locale.ROOT) + "_kms_key_arn";
  }
}
