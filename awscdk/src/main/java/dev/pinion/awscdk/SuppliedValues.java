package dev.pinion.awscdk;

import dev.pinion.aws.SecretArns;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.ValueModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.ssm.IParameter;
import software.constructs.Construct;

import static java.util.Objects.requireNonNull;

/** The values of an app's configs and the ARNs of its secrets, as supplied to the construct. */
final class SuppliedValues {
  private final Construct scope;
  private final Map<String, String> configs = new LinkedHashMap<>();
  private final Map<String, SecretSource> secrets = new LinkedHashMap<>();

  /**
   * Takes the supplied values, by the ids of configs and secrets.
   *
   * @param name what a message calls the construct
   * @param keys the keys that encrypt secrets: each is an {@link IKey} or a {@link CfnParameter}
   * @throws IllegalArgumentException for all values that are missing, unknown or invalid
   */
  SuppliedValues(
      Construct scope, String name, List<ValueModel> values, Map<String, Object> given, Map<String, Object> keys) {
    this.scope = scope;
    List<String> problems = new ArrayList<>();
    for (ValueModel value : values) {
      @Nullable String problem = take(value, given.get(value.id()), keys.get(value.id()));
      if (problem != null) {
        problems.add(value.location() + ": " + value.kind() + " '" + value.id() + "' " + problem);
      }
    }
    unknown(name, "", values, given).forEach(problems::add);
    unknown(name, "a key of ", values.stream().filter(SecretModel.class::isInstance).toList(), keys)
        .forEach(problems::add);
    if (!problems.isEmpty()) throw new IllegalArgumentException(String.join("\n", problems));
  }

  private static List<String> unknown(String name, String what, List<ValueModel> values, Map<String, Object> given) {
    List<String> ids = values.stream().map(ValueModel::id).toList();
    return given.keySet().stream()
        .filter(id -> !ids.contains(id))
        .map(id -> name + " is given " + what + "'" + id + "', but its app declares no config or secret of that name: "
            + (ids.isEmpty() ? "it has none" : "it has " + String.join(", ", ids)))
        .toList();
  }

  private @Nullable String take(ValueModel value, @Nullable Object given, @Nullable Object key) {
    return switch (value) {
      case ConfigModel config -> takeConfig(config.id(), given);
      case SecretModel secret -> takeSecret(secret.id(), given, key);
    };
  }

  private @Nullable String takeConfig(String id, @Nullable Object given) {
    if (!(given instanceof String text)) return "has no value: add .config(\"" + id + "\", …) to the app's builder";
    if (!Boolean.TRUE.equals(Token.isUnresolved(text)) && DynamicReferences.in(text).isPresent()) {
      return "has a value that CloudFormation would replace by another one: pass a token of the CDK, such as"
          + " StringParameter.valueForStringParameter(…), if that is wanted";
    }
    configs.put(id, text);
    return null;
  }

  private @Nullable String takeSecret(String id, @Nullable Object given, @Nullable Object key) {
    return switch (given) {
      case ISecret secret -> taken(
          id, SecretSource.secret(secret.getSecretArn(), key == null ? secret.getEncryptionKey() : key));
      case IParameter parameter -> taken(id, SecretSource.parameter(parameter.getParameterArn(), key));
      case CfnParameter arn -> taken(id, SecretSource.either(arn.getValueAsString(), condition(id, arn), key));
      case String arn -> takeArn(id, arn, key);
      case null, default -> "has no value: add .secret(\"" + id + "\", …) to the app's builder";
    };
  }

  private @Nullable String takeArn(String id, String arn, @Nullable Object key) {
    if (Boolean.TRUE.equals(Token.isUnresolved(arn))) {
      return "has an ARN that only CloudFormation knows: pass the secret or parameter itself";
    }
    if (!arn.matches(SecretArns.PATTERN)) {
      return "is not given as the ARN of a secret or a parameter: never pass the secret's value";
    }
    return taken(
        id, arn.split(":", -1)[2].equals("ssm") ? SecretSource.parameter(arn, key) : SecretSource.secret(arn, key));
  }

  private @Nullable String taken(String id, SecretSource source) {
    secrets.put(id, source);
    return null;
  }

  /** Whether a secret whose ARN is a parameter of the stack is a parameter of Systems Manager. */
  private String condition(String id, CfnParameter arn) {
    CfnCondition parameter = CfnCondition.Builder.create(scope, ConstructIds.of(id))
        .expression(Fn.conditionEquals(Fn.select(2, Fn.split(":", arn.getValueAsString())), "ssm"))
        .build();
    return requireNonNull(parameter.getLogicalId());
  }

  /** Returns the value of a config, or the ARN of a secret. */
  String text(String id) {
    @Nullable String config = configs.get(id);
    return config == null ? secret(id).arn() : config;
  }

  /** Returns whether an id is that of a config. */
  boolean isConfig(String id) {
    return configs.containsKey(id);
  }

  /** Returns where a secret is. */
  SecretSource secret(String id) {
    return requireNonNull(secrets.get(id), id);
  }

  /**
   * Returns a short text that changes with a value that only CloudFormation knows; empty if the value is known.
   *
   * @param id a config's or a secret's
   */
  String change(String id) {
    @Nullable String config = configs.get(id);
    if (config == null) return secret(id).change();
    return Boolean.TRUE.equals(Token.isUnresolved(config)) ? config : "";
  }
}
