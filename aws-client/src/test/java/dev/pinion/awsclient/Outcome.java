package dev.pinion.awsclient;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** How a call ended, made by this client or by the SDK in its standard mode of 2026, and after how many attempts. */
record Outcome(int attempts, String end) {
  /** How long the SDK waits for a server that says nothing. */
  static final Duration SDK_STALL = Duration.ofSeconds(1);

  private static final Credentials CREDENTIALS = new Credentials("AKIDEXAMPLE", "secret", Optional.empty());

  /** Lists tables. */
  static Outcome tables(boolean bySdk, String url, Duration left, IntSupplier attempts) {
    if (!bySdk) {
      AwsClient client = client(url, left);
      return ours(() -> client.call(AwsService.DYNAMODB, "ListTables", "{}".getBytes(UTF_8)), attempts);
    }
    try (DynamoDbClient client = configured(DynamoDbClient.builder(), url, 4).build()) {
      return sdk(client::listTables, attempts);
    }
  }

  /** Posts to a connection. */
  static Outcome connections(boolean bySdk, String url, Duration left, IntSupplier attempts) {
    if (!bySdk) {
      AwsClient client = client(url, left);
      return ours(() -> client.connections("POST", URI.create(url), "id=", "text".getBytes(UTF_8)), attempts);
    }
    try (var client = configured(ApiGatewayManagementApiClient.builder(), url, 3).build()) {
      return sdk(
          () -> client.postToConnection(post -> post.connectionId("id=").data(SdkBytes.fromUtf8String("text"))),
          attempts);
    }
  }

  private static AwsClient client(String url, Duration left) {
    return new AwsClient(
        Map.of("AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL_DYNAMODB", url), _ -> CREDENTIALS,
        new SocketTransport(TlsFactory.lazy()), new FixedTime(left), InstantSource.system());
  }

  private static Outcome ours(Runnable call, IntSupplier attempts) {
    String end = "ok";
    try {
      call.run();
    } catch (AwsErrorException e) {
      end = e.statusCode() + " " + e.code();
      assertThat(e.attempts()).isEqualTo(attempts.getAsInt());
    } catch (AwsUnreachableException e) {
      end = "no answer";
      assertThat(e).hasMessageStartingWith("no answer from 127.0.0.1:");
    }
    return new Outcome(attempts.getAsInt(), end);
  }

  /** An SDK client whose waits are left out. */
  private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(
      B builder, String url, int attempts) {
    SdkGlobalTime.setGlobalTimeOffset(0); // what a client before has learned of a clock is for the whole process
    return builder.endpointOverride(URI.create(url))
        .region(Region.EU_WEST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
        .httpClient(UrlConnectionHttpClient.builder().socketTimeout(SDK_STALL).build())
        .overrideConfiguration(
            options -> options.retryStrategy(
                AwsRetryStrategy.standardRetryStrategy(true)
                    .toBuilder()
                    .maxAttempts(attempts)
                    .backoffStrategy(BackoffStrategy.retryImmediately())
                    .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                    .build()));
  }

  private static Outcome sdk(Runnable call, IntSupplier attempts) {
    String end = "ok";
    try {
      call.run();
    } catch (AwsServiceException e) {
      String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
      end = e.statusCode() + " " + (code == null ? "" : code);
    } catch (SdkException e) {
      end = "no answer";
    }
    return new Outcome(attempts.getAsInt(), end);
  }
}
