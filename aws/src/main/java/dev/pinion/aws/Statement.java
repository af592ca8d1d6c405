package dev.pinion.aws;

import java.util.List;

/** A statement of a role's policy. */
public sealed interface Statement {

  /**
   * Allows actions on resources.
   *
   * @param actions in alphabetical order, such as {@code dynamodb:GetItem}
   * @param resources ARNs, never {@code *}
   */
  record Allow(List<String> actions, List<Expression> resources) implements Statement {
    public Allow {
      actions = List.copyOf(actions);
      resources = List.copyOf(resources);
    }
  }

  /**
   * Allows passing a role to one service.
   *
   * @param role the ARN
   * @param service such as {@code scheduler.amazonaws.com}
   */
  record PassRole(Expression role, String service) implements Statement {}

  /**
   * Allows reading a secret whose ARN is supplied at deployment: {@code secretsmanager:GetSecretValue} of a Secrets
   * Manager secret, or {@code ssm:GetParameter} of a parameter.
   *
   * @param secret the id of the app's secret
   */
  record ReadSecret(String secret) implements Statement {}

  /**
   * Allows decrypting a secret with a customer-managed key, through the service that stores the secret. There is no
   * statement if no key is supplied at deployment.
   *
   * @param secret the id of the app's secret
   */
  record DecryptSecret(String secret) implements Statement {}
}
