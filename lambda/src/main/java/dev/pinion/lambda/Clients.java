package dev.pinion.lambda;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Makes the AWS SDK's clients with everything told that it would otherwise look for: region, credentials, HTTP client,
 * no profile files, no retries of its own.
 */
final class Clients {
  private final Map<String, String> variables;
  private final Region region;
  private final AwsCredentialsProvider credentials;

  /** Clients of the region and with the credentials that a function's environment gives. */
  Clients(Map<String, String> variables) {
    this(variables, credentials(variables));
  }

  Clients(Map<String, String> variables, AwsCredentialsProvider credentials) {
    this.variables = variables;
    this.credentials = credentials;
    region = Region.of(variables.getOrDefault("AWS_REGION", "us-east-1"));
  }

  /** Under SnapStart the credentials come from a local address, as those of the snapshot would be too old. */
  private static AwsCredentialsProvider credentials(Map<String, String> variables) {
    return variables.containsKey(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.environmentVariable())
        ? ContainerCredentialsProvider.builder().build()
        : EnvironmentVariableCredentialsProvider.create();
  }

  AwsCredentialsProvider credentials() {
    return credentials;
  }

  /**
   * HTTP by the JDK's own client, which has the quickest start. It keeps 5 connections of a host open unless told; a
   * broadcast uses as many as it posts at once.
   */
  static SdkHttpClient http() {
    if (System.getProperty("http.maxConnections") == null) {
      System.setProperty("http.maxConnections", String.valueOf(Broadcasting.MOST_AT_ONCE));
    }
    UrlConnectionHttpClient.Builder builder =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(2))
            .socketTimeout(Duration.ofSeconds(10));
    return new StartingHttp(builder::build);
  }

  DynamoDbClient dynamoDb(SdkHttpClient http) {
    var builder = DynamoDbClient.builder();
    endpoint("AWS_ENDPOINT_URL_DYNAMODB").ifPresent(builder::endpointOverride);
    return configured(builder, http).build();
  }

  /** Where DynamoDB tells anyone that it is there. */
  URI dynamoDbPing() {
    return endpoint("AWS_ENDPOINT_URL_DYNAMODB").orElseGet(() -> standard("dynamodb", region)).resolve("/ping");
  }

  /** Where a service is reached that the environment does not move elsewhere. */
  static URI standard(String service, Region region) {
    return URI.create("https://" + service + "." + region.id() + "." + PartitionMetadata.of(region).dnsSuffix() + "/");
  }

  /** Where the environment says that a service is, in the SDK's own variables. */
  Optional<URI> endpoint(String variable) {
    return Stream.of(variable, "AWS_ENDPOINT_URL")
        .map(name -> variables.getOrDefault(name, ""))
        .filter(uri -> !uri.isEmpty())
        .findFirst()
        .map(URI::create);
  }

  ApiGatewayManagementApiClient management(String callback, SdkHttpClient http) {
    return configured(ApiGatewayManagementApiClient.builder().endpointOverride(URI.create(callback)), http).build();
  }

  private <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B configured(B builder, SdkHttpClient http) {
    return builder.region(region)
        .credentialsProvider(credentials)
        .httpClient(http)
        .defaultsMode(DefaultsMode.LEGACY)
        .overrideConfiguration(
            options -> options.retryStrategy(AwsRetryStrategy.doNotRetry())
                .defaultProfileFile(ProfileFile.aggregator().build())
                .defaultProfileName("default"));
  }
}
