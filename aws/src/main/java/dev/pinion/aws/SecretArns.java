package dev.pinion.aws;

/**
 * The ARNs that can be supplied for a secret, as regular expressions for Java, Terraform and CloudFormation.
 */
public final class SecretArns {
  /** The ARN of one secret of Secrets Manager, or of one parameter of Systems Manager, without wildcards. */
  public static final String PATTERN = "arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[a-zA-Z0-9/_+=.@-]+"
      + "|ssm:[a-z0-9-]+:[0-9]{12}:parameter/[a-zA-Z0-9/_.-]+)";

  /** The ARN of a key of KMS. */
  public static final String KEY_PATTERN = "arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+";

  private SecretArns() {}
}
