package dev.pinion.awsclient;

/** A service of AWS that this client can call. */
public enum AwsService {
  /** DynamoDB, AWS JSON 1.0. */
  DYNAMODB("dynamodb", "DynamoDB_20120810.", "application/x-amz-json-1.0", "AWS_ENDPOINT_URL_DYNAMODB", 4, 25),
  /** Secrets Manager, AWS JSON 1.1. */
  SECRETS_MANAGER(
      "secretsmanager", "secretsmanager.", "application/x-amz-json-1.1", "AWS_ENDPOINT_URL_SECRETS_MANAGER", 3, 50),
  /** Systems Manager, AWS JSON 1.1. */
  SSM("ssm", "AmazonSSM.", "application/x-amz-json-1.1", "AWS_ENDPOINT_URL_SSM", 3, 50),
  /** Lambda, which speaks REST and JSON. */
  LAMBDA("lambda", "", "application/json", "AWS_ENDPOINT_URL_LAMBDA", 3, 50),
  /** EventBridge Scheduler, which speaks REST and JSON. */
  SCHEDULER("scheduler", "", "application/json", "AWS_ENDPOINT_URL_SCHEDULER", 3, 50),
  /** SQS, AWS JSON 1.0. */
  SQS("sqs", "AmazonSQS.", "application/x-amz-json-1.0", "AWS_ENDPOINT_URL_SQS", 3, 50),
  /** The management API of a deployed WebSocket API, which is called at that API's own address. */
  EXECUTE_API("execute-api", "", "application/octet-stream", "", 3, 50);

  private final String id;
  private final String targetPrefix;
  private final String contentType;
  private final String endpointVariable;
  private final int attempts;
  private final int backoffMillis;

  AwsService(
      String id, String targetPrefix, String contentType, String endpointVariable, int attempts, int backoffMillis) {
    this.id = id;
    this.targetPrefix = targetPrefix;
    this.contentType = contentType;
    this.endpointVariable = endpointVariable;
    this.attempts = attempts;
    this.backoffMillis = backoffMillis;
  }

  /** The name in host names and in signatures. */
  String id() {
    return id;
  }

  /** What stands before an operation's name in {@code X-Amz-Target}. */
  String targetPrefix() {
    return targetPrefix;
  }

  String contentType() {
    return contentType;
  }

  /** The environment variable that moves the service elsewhere; empty for none. */
  String endpointVariable() {
    return endpointVariable;
  }

  /** How often a call is made at most, as in the SDK's standard mode. */
  int attempts() {
    return attempts;
  }

  /** The longest wait before the second attempt after a transient failure. */
  int backoffMillis() {
    return backoffMillis;
  }
}
