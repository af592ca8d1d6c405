package dev.pinion.awscdk;

import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.ValueModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.ssm.IParameter;
import software.constructs.Construct;

import static java.util.Objects.requireNonNull;

/** The values of an app's configs and the ARNs of its secrets, as supplied to the construct. */
final class SuppliedValues {
  /** The ARN of a secret of Secrets Manager, or of a parameter of Systems Manager. */
  static final String ARN = "arn:[^:]+:(secretsmanager:[^:]+:[^:]+:secret:|ssm:[^:]+:[^:]+:parameter/).+";

  private static final String OF_SECRET = "secretsmanager:GetSecretValue";
  private static final String OF_PARAMETER = "ssm:GetParameter";

  private final Construct scope;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, String> actions = new LinkedHashMap<>();

  /**
   * Takes the supplied values, by the ids of configs and secrets.
   *
   * @param name what a message calls the construct
   * @throws IllegalArgumentException for all values that are missing, unknown or invalid
   */
  SuppliedValues(Construct scope, String name, List<ValueModel> values, Map<String, Object> given) {
    this.scope = scope;
    List<String> problems = new ArrayList<>();
    for (ValueModel value : values) {
      @Nullable String problem = take(value, given.get(value.id()));
      if (problem != null) {
        problems.add(value.location() + ": " + value.kind() + " '" + value.id() + "' " + problem);
      }
    }
    List<String> ids = values.stream().map(ValueModel::id).toList();
    given.keySet().stream()
        .filter(id -> !ids.contains(id))
        .forEach(id -> problems.add(
            name + " is given '" + id + "', but its app declares no config or secret of that name: "
                + (ids.isEmpty() ? "it has none" : "it has " + String.join(", ", ids))));
    if (!problems.isEmpty()) throw new IllegalArgumentException(String.join("\n", problems));
  }

  private @Nullable String take(ValueModel value, @Nullable Object given) {
    return switch (value) {
      case ConfigModel config -> takeConfig(config.id(), given);
      case SecretModel secret -> takeSecret(secret.id(), given);
    };
  }

  private @Nullable String takeConfig(String id, @Nullable Object given) {
    if (!(given instanceof String text)) return "has no value: add .config(\"" + id + "\", …) to the app's builder";
    texts.put(id, text);
    return null;
  }

  private @Nullable String takeSecret(String id, @Nullable Object given) {
    return switch (given) {
      case ISecret secret -> taken(id, secret.getSecretArn(), OF_SECRET);
      case IParameter parameter -> taken(id, parameter.getParameterArn(), OF_PARAMETER);
      case CfnParameter arn -> taken(id, arn.getValueAsString(), eitherAction(id, arn.getValueAsString()));
      case String arn -> takeArn(id, arn);
      case null, default -> "has no value: add .secret(\"" + id + "\", …) to the app's builder";
    };
  }

  private @Nullable String takeArn(String id, String arn) {
    if (Boolean.TRUE.equals(Token.isUnresolved(arn))) {
      return "has an ARN that only CloudFormation knows: pass the secret or parameter itself";
    }
    Matcher matcher = Pattern.compile(ARN).matcher(arn);
    if (!matcher.matches()) {
      return "is not given as the ARN of a secret or a parameter: never pass the secret's value";
    }
    return taken(id, arn, requireNonNull(matcher.group(1)).startsWith("ssm:") ? OF_PARAMETER : OF_SECRET);
  }

  private @Nullable String taken(String id, String arn, String action) {
    texts.put(id, arn);
    actions.put(id, action);
    return null;
  }

  private String eitherAction(String id, String arn) {
    CfnCondition parameter = CfnCondition.Builder.create(scope, ConstructIds.of(id))
        .expression(Fn.conditionEquals(Fn.select(2, Fn.split(":", arn)), "ssm"))
        .build();
    return Token.asString(Fn.conditionIf(requireNonNull(parameter.getLogicalId()), OF_PARAMETER, OF_SECRET));
  }

  /** The value of a config, or the ARN of a secret. */
  String text(String id) {
    return requireNonNull(texts.get(id), id);
  }

  /** The action that reads a secret. */
  String action(String secret) {
    return requireNonNull(actions.get(secret), secret);
  }
}
