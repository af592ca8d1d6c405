package dev.pinion.awsclient;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import static dev.pinion.awsclient.FaultyServer.response;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same faults give as many attempts and the same outcome as the SDK's standard mode of 2026 does, whose waits are
 * left out.
 */
@Timeout(60)
final class SdkRetriesTest {
  private static final String OK = response(200, "", "{}");
  private static final Credentials CREDENTIALS = new Credentials("AKIDEXAMPLE", "secret", Optional.empty());

  /** Attempts, and how the call ended. */
  record Outcome(int attempts, String end) {}

  static Stream<List<String>> faults() {
    List<List<String>> all = new ArrayList<>();
    for (String code : List.of(
        "ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "SlowDown",
        "TransactionInProgressException", "TransactionConflictException", "ValidationException", "InternalServerError",
        "InternalError", "RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete",
        "AccessDeniedException", "LimitExceededException", "ResourceNotFoundException", "ItemCollectionSizeLimit",
        "UnrecognizedClientException", "ExpiredTokenException", "RequestThrottled", "TooManyRequestsException")) {
      String typed = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"m\"}";
      for (int status : List.of(400, 500)) {
        all.add(List.of(response(status, "", typed)));
        all.add(List.of(response(status, "", typed), OK));
      }
    }
    for (int status : List.of(301, 302, 307, 400, 401, 403, 404, 408, 413, 429, 500, 501, 502, 503, 504, 505)) {
      all.add(List.of(response(status, "", "")));
      all.add(List.of(response(status, "Content-Type: text/html\r\n", "<html>proxy</html>"), OK));
      all.add(List.of(response(status, "x-amzn-ErrorType: ThrottlingException:http://x/\r\n", "{}"), OK));
    }
    for (String fault : List.of(
        FaultyServer.RESET, FaultyServer.CLOSE, "HTTP/1.1 200 CUT\r\nContent-Length: 10\r\n\r\n{}", "HTTP/1.")) {
      all.add(List.of(fault));
      all.add(List.of(fault, OK));
      all.add(List.of(fault, fault, fault, OK));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void asTheSdk(List<String> answers) throws Exception {
    assertThat(ours(answers)).as("%s", answers).isEqualTo(sdk(answers));
  }

  private static Outcome ours(List<String> answers) throws Exception {
    try (FaultyServer server = new FaultyServer(answers)) {
      AwsClient client =
          new AwsClient(
              Map.of("AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL_DYNAMODB", server.url()),
              _ -> CREDENTIALS, new SocketTransport(TlsFactory.lazy()), new FixedTime(Duration.ofMinutes(5)),
              InstantSource.system());
      String end = "ok";
      try {
        var _ = client.call(AwsService.DYNAMODB, "ListTables", "{}".getBytes(UTF_8));
      } catch (AwsErrorException e) {
        end = e.statusCode() + " " + e.code();
        assertThat(e.attempts()).isEqualTo(server.requests());
      } catch (AwsUnreachableException e) {
        end = "no answer";
        assertThat(e).hasMessageStartingWith("no answer from 127.0.0.1:");
      }
      return new Outcome(server.requests(), end);
    }
  }

  private static Outcome sdk(List<String> answers) throws Exception {
    try (FaultyServer server = new FaultyServer(answers);
        DynamoDbClient client = DynamoDbClient.builder()
            .endpointOverride(URI.create(server.url()))
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(
                options -> options.retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy(true)
                        .toBuilder()
                        .maxAttempts(4)
                        .backoffStrategy(BackoffStrategy.retryImmediately())
                        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                        .build()))
            .build()) {
      String end = "ok";
      try {
        var _ = client.listTables();
      } catch (AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        end = e.statusCode() + " " + (code == null ? "" : code);
      } catch (SdkException e) {
        end = "no answer";
      }
      return new Outcome(server.requests(), end);
    }
  }
}
