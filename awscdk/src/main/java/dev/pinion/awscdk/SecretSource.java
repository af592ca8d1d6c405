package dev.pinion.awscdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.kms.IKey;

import static java.util.Objects.requireNonNull;

/**
 * Where a secret is, and what a role needs to read it.
 *
 * @param arn its ARN, which may be a token; one of Secrets Manager may lack the six characters at its end
 * @param action the action that reads it
 * @param resources the ARNs that the action is allowed on
 * @param change a short text that changes with the ARN; empty if the ARN is known
 * @param key the key that encrypts it: an {@link IKey}, or a {@link CfnParameter} that may be empty
 */
record SecretSource(String arn, String action, List<String> resources, String change, Optional<Object> key) {
  private static final String OF_SECRET = "secretsmanager:GetSecretValue";
  private static final String OF_PARAMETER = "ssm:GetParameter";
  private static final String SUFFIX = "-??????";
  private static final int NAME_OF_SECRET = 6;
  private static final int NAME_OF_PARAMETER = 5;

  SecretSource {
    resources = List.copyOf(resources);
  }

  /** A secret of Secrets Manager. */
  static SecretSource secret(String arn, @Nullable Object key) {
    return new SecretSource(
        arn, OF_SECRET, List.of(arn, arn + SUFFIX), change(arn, NAME_OF_SECRET), Optional.ofNullable(key));
  }

  /** A parameter of Systems Manager. */
  static SecretSource parameter(String arn, @Nullable Object key) {
    return new SecretSource(
        arn, OF_PARAMETER, List.of(arn), change(arn, NAME_OF_PARAMETER), Optional.ofNullable(key));
  }

  /**
   * One of both.
   *
   * @param condition the id of the condition that it is a parameter of Systems Manager
   */
  static SecretSource either(String arn, String condition, @Nullable Object key) {
    return new SecretSource(
        arn,
        either(condition, OF_PARAMETER, OF_SECRET),
        List.of(arn, either(condition, Aws.NO_VALUE, arn + SUFFIX)),
        either(condition, part(NAME_OF_PARAMETER, arn), part(NAME_OF_SECRET, arn)),
        Optional.ofNullable(key));
  }

  private static String either(String condition, String parameter, String secret) {
    return Token.asString(Fn.conditionIf(condition, parameter, secret));
  }

  private static String change(String arn, int part) {
    return Boolean.TRUE.equals(Token.isUnresolved(arn)) ? part(part, arn) : "";
  }

  private static String part(int index, String arn) {
    return Fn.select(index, Fn.split(":", arn));
  }

  /**
   * Returns the statement that allows decrypting it through the service that stores it; nothing without a key. Where
   * the key's ARN is a parameter of the stack, the statement depends on whether it is empty.
   *
   * @param dnsSuffix the end of AWS's host names
   */
  Optional<Object> decrypt(String dnsSuffix) {
    return key.map(each -> switch (each) {
      case IKey known -> decrypt(known.getKeyArn(), dnsSuffix);
      case CfnParameter given -> Map.of("Fn::If", List.of(
          requireNonNull(given(given).getLogicalId()),
          decrypt(given.getValueAsString(), dnsSuffix),
          Map.of("Ref", "AWS::NoValue")));
      default -> throw new IllegalArgumentException(each.toString());
    });
  }

  private static CfnCondition given(CfnParameter key) {
    if (key.getNode().tryFindChild("Given") instanceof CfnCondition there) return there;
    return CfnCondition.Builder.create(key, "Given")
        .expression(Fn.conditionNot(Fn.conditionEquals(key.getValueAsString(), "")))
        .build();
  }

  private Object decrypt(String keyArn, String dnsSuffix) {
    String service = part(2, arn) + "." + part(3, arn) + "." + dnsSuffix;
    return Map.of(
        "Effect", "Allow",
        "Action", List.of("kms:Decrypt"),
        "Resource", List.of(keyArn),
        "Condition", Map.of("StringEquals", Map.of("kms:ViaService", service)));
  }
}
