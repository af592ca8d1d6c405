package dev.pinion.aws;

import java.util.List;

/** What a function's role allows. */
public sealed interface Statement {

  /**
   * Actions on resources.
   *
   * @param actions in alphabetical order, such as {@code dynamodb:GetItem}
   * @param resources ARNs; none is {@code *}
   */
  record Allow(List<String> actions, List<Expression> resources) implements Statement {
    public Allow {
      actions = List.copyOf(actions);
      resources = List.copyOf(resources);
    }
  }

  /**
   * Reading a secret whose ARN is given where it is deployed: {@code secretsmanager:GetSecretValue} of a Secrets
   * Manager secret, or {@code ssm:GetParameter} of a parameter.
   *
   * @param secret the id of the app's secret
   */
  record ReadSecret(String secret) implements Statement {}
}
