package dev.pinion.awsclient;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.awsclient.FaultyServer.response;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same faults give as many attempts and the same outcome as the SDK's standard mode of 2026 does, whose waits are
 * left out.
 */
@Timeout(60)
@Tag("slow")
final class SdkRetriesTest {
  private static final String OK = response(200, "", "{}");
  private static final Duration MINUTES = Duration.ofMinutes(5);

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
    for (int status : List.of(301, 302, 303, 307, 308)) {
      all.add(List.of(response(status, "Location: /elsewhere\r\n", ""), OK));
    }
    for (String asked : List.of("3", "0", "-1", "soon", "")) {
      for (int status : List.of(400, 429, 500, 503)) {
        all.add(List.of(response(status, "x-amz-retry-after: " + asked + "\r\n", ""), OK));
      }
    }
    all.add(List.of(response(500, "x-amz-crc32: 17\r\n", "{}"), OK));
    return all.stream();
  }

  /** Errors that a clock may be the reason of, from a server whose time is hours off, and right. */
  static Stream<List<String>> clocks() {
    List<List<String>> all = new ArrayList<>();
    for (String code : List.of(
        "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure", "RequestTimeTooSkewed", "RequestExpired",
        "RequestInTheFuture", "ExpiredTokenException", "ValidationException")) {
      String typed = "{\"__type\":\"com.amazon.coral.service#" + code + "\",\"message\":\"m\"}";
      for (int minutes : List.of(-60, 60, 0)) {
        String date = "Date: "
            + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(minutes))
            + "\r\n";
        all.add(List.of(response(400, date, typed), OK));
        all.add(List.of(response(403, date, typed)));
      }
      all.add(List.of(response(400, "", typed), OK));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  @MethodSource("clocks")
  void asTheSdk(List<String> answers) throws Exception {
    same(answers, MINUTES, Outcome::tables);
  }

  /** So little time is left for each attempt of this client that it ends about as soon as the SDK's. */
  @ParameterizedTest
  @ValueSource(strings = {FaultyServer.STALL, FaultyServer.HALF})
  void stallsAsTheSdk(String stall) throws Exception {
    Duration time = Retry.RESERVE.plus(Outcome.SDK_STALL);
    same(List.of(stall, OK), time, Outcome::tables);
    same(List.of(stall), Duration.ofMillis(100).plus(time), Outcome::tables);
  }

  /** The one difference: the SDK fails at once, but the call may succeed. */
  @Test
  void aDamagedAnswerIsAskedForAgainOtherThanByTheSdk() throws Exception {
    List<String> answers = List.of(response(200, "x-amz-crc32: 17\r\n", "{}"), OK);
    assertThat(outcome(true, answers, MINUTES, Outcome::tables)).isEqualTo(new Outcome(1, "no answer"));
    assertThat(outcome(false, answers, MINUTES, Outcome::tables)).isEqualTo(new Outcome(2, "ok"));
  }

  static Stream<List<String>> answersAboutConnections() {
    List<List<String>> all = new ArrayList<>();
    for (int status : List.of(400, 403, 404, 410, 413, 500, 502, 503, 504)) {
      for (String type : List.of("", "GoneException", "ForbiddenException", "InternalServerErrorException")) {
        String header = type.isEmpty() ? "" : "x-amzn-ErrorType: " + type + "\r\n";
        all.add(List.of(response(status, header, "")));
        all.add(List.of(response(status, header, "{\"message\":\"Internal server error\"}"), OK));
      }
    }
    all.add(List.of(FaultyServer.RESET, OK));
    all.add(List.of(FaultyServer.CLOSE));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("answersAboutConnections")
  void postsAsTheSdk(List<String> answers) throws Exception {
    same(answers, MINUTES, Outcome::connections);
  }

  /** Where a server refuses TLS, with an alert instead of its part of the handshake. */
  @ParameterizedTest
  @ValueSource(ints = {40, 47, 70, 80, 112})
  void tlsAlertsAsTheSdk(int alert) throws Exception {
    Outcome sdk;
    Outcome ours;
    try (AlertingServer server = new AlertingServer(alert)) {
      sdk = Outcome.tables(true, server.url(), MINUTES, server::connections);
    }
    try (AlertingServer server = new AlertingServer(alert)) {
      ours = Outcome.tables(false, server.url(), MINUTES, server::connections);
    }
    assertThat(ours).isEqualTo(sdk);
  }

  /** A call, by the SDK or by this client. */
  private interface Call {
    Outcome of(boolean sdk, String url, Duration left, IntSupplier attempts);
  }

  private static void same(List<String> answers, Duration left, Call call) throws Exception {
    Outcome sdk = outcome(true, answers, left, call);
    assertThat(outcome(false, answers, left, call)).as("%s", answers).isEqualTo(sdk);
  }

  private static Outcome outcome(boolean bySdk, List<String> answers, Duration left, Call call) throws Exception {
    try (FaultyServer server = new FaultyServer(answers)) {
      return call.of(bySdk, server.url(), left, server::requests);
    }
  }
}
