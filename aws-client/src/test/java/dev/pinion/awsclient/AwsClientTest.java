package dev.pinion.awsclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.awsclient.FaultyServer.response;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Waits, time limits, connections, clocks. */
@Timeout(60)
final class AwsClientTest {
  private static final byte[] EMPTY = "{}".getBytes(UTF_8);
  private static final String OK = response(200, "", "{}");
  private static final String THROTTLED = response(400, "", "{\"__type\":\"ThrottlingException\"}");
  private static final String BROKEN = response(500, "", "");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SocketTransport transport = new SocketTransport(TlsFactory.lazy());

  private AwsClient client(FaultyServer server, TimeBudget time, InstantSource clock) {
    Map<String, String> variables = Map.of("AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL", server.url());
    Credentials credentials = new Credentials("AKIDEXAMPLE", "secret", Optional.empty());
    return new AwsClient(variables, _ -> credentials, transport, time, clock);
  }

  private AwsClient client(FaultyServer server, TimeBudget time) {
    return client(server, time, InstantSource.system());
  }

  private static String listTables(AwsClient client) {
    return new String(client.call(AwsService.DYNAMODB, "ListTables", EMPTY), UTF_8);
  }

  private static List<Duration> millis(long... each) {
    List<Duration> all = new ArrayList<>();
    for (long one : each) {
      all.add(Duration.ofMillis(one));
    }
    return all;
  }

  @Test
  void waitsAreHalfOfTheLongestHere() throws Exception {
    try (FaultyServer throttling = new FaultyServer(List.of(THROTTLED));
        FaultyServer broken = new FaultyServer(List.of(BROKEN))) {
      FixedTime time = new FixedTime(MINUTE);
      assertThatThrownBy(() -> listTables(client(throttling, time)))
          .isInstanceOfSatisfying(AwsErrorException.class, e -> assertThat(e.attempts()).isEqualTo(4));
      assertThat(time.waits()).isEqualTo(millis(500, 1_000, 2_000));
      FixedTime more = new FixedTime(MINUTE);
      assertThatThrownBy(() -> listTables(client(broken, more))).isInstanceOf(AwsErrorException.class);
      assertThat(more.waits()).isEqualTo(millis(12, 25, 50));
      FixedTime ssm = new FixedTime(MINUTE);
      assertThatThrownBy(() -> client(broken, ssm).call(AwsService.SSM, "GetParameter", EMPTY))
          .isInstanceOf(AwsErrorException.class);
      assertThat(ssm.waits()).isEqualTo(millis(25, 50));
    }
  }

  @Test
  void theServersWaitCountsWithinBounds() throws Exception {
    try (FaultyServer server = new FaultyServer(List.of(
        response(503, "x-amz-retry-after: 100\r\n", ""), response(503, "x-amz-retry-after: 60000\r\n", ""),
        response(503, "x-amz-retry-after: soon\r\n", ""), OK))) {
      FixedTime time = new FixedTime(MINUTE);
      assertThat(listTables(client(server, time))).isEqualTo("{}");
      assertThat(time.waits()).isEqualTo(millis(100, 5_025, 50));
    }
  }

  @Test
  void whenMuchFailsRetriesEnd() throws Exception {
    try (FaultyServer server = new FaultyServer(List.of(BROKEN))) {
      AwsClient client = client(server, new FixedTime(Duration.ofDays(1)));
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> listTables(client)).isInstanceOf(AwsErrorException.class);
      }
      assertThat(server.requests()).isEqualTo(20 + 500 / RetryQuota.TRANSIENT);
    }
  }

  @Test
  void thereIsNoRetryPastTheTime() throws Exception {
    try (FaultyServer server = new FaultyServer(List.of(THROTTLED))) {
      FixedTime time = new FixedTime(Duration.ofMillis(1_700));
      assertThatThrownBy(() -> listTables(client(server, time))).isInstanceOf(AwsErrorException.class);
      assertThat(time.waits()).isEqualTo(millis(500));
      assertThatThrownBy(() -> listTables(client(server, new FixedTime(Duration.ofMillis(400)))))
          .isInstanceOfSatisfying(AwsUnreachableException.class, e -> assertThat(e.outOfTime()).isTrue())
          .hasMessageContaining("400 ms are left");
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void whenTheTimeEndsAfterARetryTheErrorOfAwsIsThrown() throws Exception {
    try (FaultyServer server = new FaultyServer(List.of(THROTTLED))) {
      FixedTime time = new FixedTime(Duration.ofSeconds(1));
      assertThatThrownBy(() -> listTables(client(server, time)))
          .isInstanceOfSatisfying(AwsErrorException.class, e -> assertThat(e.isThrottling()).isTrue())
          .satisfies(e -> assertThat(e.getSuppressed()).hasOnlyElementsOfType(AwsUnreachableException.class));
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {FaultyServer.STALL, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"})
  void anAnswerThatDoesNotComeEndsWithTheTime(String answer) throws Exception {
    List<String> answers = List.of(answer.startsWith("HTTP") ? answer : FaultyServer.STALL);
    try (DrippingServer dripping = new DrippingServer(); FaultyServer server = new FaultyServer(answers)) {
      FixedTime time = new FixedTime(Duration.ofMillis(800));
      long start = System.nanoTime();
      String url = answer.startsWith("HTTP") ? dripping.url() : server.url();
      Map<String, String> variables = Map.of("AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL", url);
      AwsClient client =
          new AwsClient(variables, _ -> new Credentials("a", "b", Optional.empty()), transport, time,
              InstantSource.system());
      assertThatThrownBy(() -> client.call(AwsService.EXECUTE_API, "", EMPTY))
          .isInstanceOf(AwsUnreachableException.class)
          .hasMessageContaining("timed out");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void aLargeRequestThatNobodyTakesEndsWithTheTime() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> variables =
          Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:" + deaf.getLocalPort(), "AWS_REGION", "eu-west-1");
      AwsClient client =
          new AwsClient(variables, _ -> new Credentials("a", "b", Optional.empty()), transport,
              new FixedTime(Duration.ofMillis(900)), InstantSource.system());
      assertThatThrownBy(() -> client.call(AwsService.EXECUTE_API, "", new byte[32 << 20]))
          .isInstanceOf(AwsUnreachableException.class)
          .hasMessageContaining("timed out");
    }
  }

  @Test
  void connectionsAreKeptAndDeadOnesAreNotUsed() throws Exception {
    try (FaultyServer server =
        new FaultyServer(List.of(OK, OK, response(200, "Connection: close\r\n", "{}"), OK, OK))) {
      FixedTime time = new FixedTime(MINUTE);
      AwsClient client = client(server, time);
      for (int i = 0; i < 5; i++) {
        assertThat(listTables(client)).isEqualTo("{}");
      }
      assertThat(server.connections()).isEqualTo(2);
      client.closeIdle();
      assertThat(listTables(client)).isEqualTo("{}");
      assertThat(server.connections()).isEqualTo(3);
      assertThat(time.waits()).isEmpty();
    }
  }

  @Test
  void noRequestFollowsOneThatClosesItsConnection() throws Exception {
    try (FaultyServer server = new FaultyServer(List.of(OK))) {
      AwsClient client = client(server, new FixedTime(MINUTE));
      client.touch(URI.create(server.url()));
      client.touch(URI.create(server.url()));
      listTables(client);
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void aResponseThatNobodyAskedForIsNotTaken() throws Exception {
    try (FaultyServer server = new FaultyServer(List.of(OK + response(200, "", "{\"other\":1}"), OK))) {
      AwsClient client = client(server, new FixedTime(MINUTE));
      assertThat(listTables(client)).isEqualTo("{}");
      assertThat(listTables(client)).isEqualTo("{}");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aConnectionOfHttp10IsNotUsedAgain() throws Exception {
    try (FaultyServer server = new FaultyServer(List.of(OK.replace("HTTP/1.1", "HTTP/1.0")))) {
      AwsClient client = client(server, new FixedTime(MINUTE));
      assertThat(listTables(client)).isEqualTo("{}");
      assertThat(listTables(client)).isEqualTo("{}");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aBlankRegionIsNone() {
    Credentials credentials = new Credentials("AKIDEXAMPLE", "secret", Optional.empty());
    Map<String, String> variables = Map.of("AWS_REGION", " ", "AWS_DEFAULT_REGION", "eu-west-1 ");
    AwsClient client = new AwsClient(variables, _ -> credentials, transport, new FixedTime(MINUTE), Instant::now);
    assertThat(client.region()).isEqualTo("eu-west-1");
  }

  @Test
  void theFirstRequestUsesTheConnectionThatWasMadeAhead() throws Exception {
    try (FaultyServer server = new FaultyServer(List.of(OK))) {
      AwsClient client = client(server, new FixedTime(MINUTE));
      client.connectAhead(client.endpoint(AwsService.DYNAMODB));
      client.connectAhead(client.endpoint(AwsService.DYNAMODB));
      server.awaitConnection();
      assertThat(server.requests()).isZero();
      assertThat(listTables(client)).isEqualTo("{}");
      assertThat(listTables(client)).isEqualTo("{}");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatCannotBeMadeAheadIsMadeByTheRequest() throws Exception {
    try (FaultyServer server = new FaultyServer(List.of(OK))) {
      AwsClient client = client(server, new FixedTime(MINUTE));
      client.connectAhead(URI.create("https" + server.url().substring("http".length())));
      client.connectAhead(URI.create("http://nowhere.invalid/"));
      assertThat(listTables(client)).isEqualTo("{}");
    }
  }

  @Test
  void aDamagedResponseIsAskedForAgain() throws Exception {
    try (FaultyServer server = new FaultyServer(List.of(
        response(200, "x-amz-crc32: 17\r\n", "{}"), response(200, "x-amz-crc32: 2745614147\r\n", "{}")))) {
      assertThat(listTables(client(server, new FixedTime(MINUTE)))).isEqualTo("{}");
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void aClockAnHourOffIsSetRight() throws Exception {
    String refusal = "{\"__type\":\"InvalidSignatureException\",\"message\":\"Signature expired\"}";
    try (FaultyServer server = new FaultyServer(List.of(
        response(400, "Date: Sat, 28 Nov 2026 12:00:00 GMT\r\n", refusal), OK,
        response(400, "Date: Sat, 28 Nov 2026 12:00:10 GMT\r\n", refusal)))) {
      Instant wrong = Instant.parse("2026-11-28T11:00:00Z");
      AwsClient client = client(server, new FixedTime(MINUTE), () -> wrong);
      assertThat(listTables(client)).isEqualTo("{}");
      assertThatThrownBy(() -> listTables(client)).as("the time is right now, so it is the key").isInstanceOf(
          AwsErrorException.class);
      assertThat(server.requests()).isEqualTo(3);
    }
  }

  @Test
  void connectionIdsAreEncodedInThePath() throws Exception {
    try (FaultyServer server = new FaultyServer(List.of(response(410, "x-amzn-ErrorType: GoneException\r\n", "")))) {
      URI callback = URI.create(server.url() + "prod");
      assertThatThrownBy(
          () -> client(server, new FixedTime(MINUTE)).connections("POST", callback, "a/b=", EMPTY))
          .isInstanceOfSatisfying(AwsErrorException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(410);
            assertThat(e.code()).isEqualTo("GoneException");
          });
    }
  }

  @Test
  void containerCredentialsAreReadAgainBeforeTheyExpire() throws Exception {
    List<String> asked = new ArrayList<>();
    Instant[] now = {Instant.parse("2026-11-28T12:00:00Z")};
    boolean[] broken = {false};
    Transport container = (call, _) -> {
      asked.add(call.uri() + " " + call.headers().get("Authorization"));
      if (broken[0]) {
        throw new IOException("down");
      }
      String body = "{\"AccessKeyId\":\"A" + asked.size() + "\",\"SecretAccessKey\":\"s\",\"Token\":\"t\","
          + "\"Expiration\":\"" + now[0].plusSeconds(3_600) + "\"}";
      return new AwsReply(200, Map.of(), body.getBytes(UTF_8));
    };
    ContainerCredentials source =
        new ContainerCredentials(
            Map.of(ContainerCredentials.FULL_URI, "http://127.0.0.1:1/c", "AWS_CONTAINER_AUTHORIZATION_TOKEN", "tok"),
            container, () -> now[0]);
    assertThat(source.get(0).accessKeyId()).isEqualTo("A1");
    assertThat(source.get(0).accessKeyId()).isEqualTo("A1");
    now[0] = now[0].plusSeconds(3_400);
    assertThat(source.get(0).accessKeyId()).isEqualTo("A2");
    now[0] = now[0].plusSeconds(3_400);
    broken[0] = true;
    assertThat(source.get(0).accessKeyId()).as("still valid").isEqualTo("A2");
    now[0] = now[0].plusSeconds(400);
    assertThatThrownBy(() -> source.get(0)).hasMessage("down");
    assertThat(asked).hasSize(4).containsOnly("http://127.0.0.1:1/c tok");
  }

  /** Whoever gives credentials may not answer any more while those that it has given are valid. */
  @Test
  void validCredentialsWaitForNewOnesBriefly() throws Exception {
    Instant[] now = {Instant.parse("2026-11-28T12:00:00Z")};
    List<Long> nanosLeft = new ArrayList<>();
    Transport container = (_, deadline) -> {
      nanosLeft.add(deadline - System.nanoTime());
      if (nanosLeft.size() > 1) {
        throw new IOException("timed out");
      }
      String body = "{\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\""
          + now[0].plusSeconds(240) + "\"}";
      return new AwsReply(200, Map.of(), body.getBytes(UTF_8));
    };
    ContainerCredentials source =
        new ContainerCredentials(Map.of(ContainerCredentials.FULL_URI, "http://127.0.0.1:1/c"), container,
            () -> now[0]);
    for (int i = 0; i < 4; i++) {
      assertThat(source.get(System.nanoTime() + MINUTE.toNanos()).accessKeyId()).isEqualTo("A");
    }
    assertThat(nanosLeft).hasSize(2);
    assertThat(nanosLeft.getLast()).isLessThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    now[0] = now[0].plusSeconds(31);
    assertThat(source.get(System.nanoTime() + MINUTE.toNanos()).accessKeyId()).isEqualTo("A");
    assertThat(nanosLeft).hasSize(3);
  }

  /** With a clock that goes after, credentials that have expired look as if they were valid for longer. */
  @Test
  void credentialsThatAwsSaysHaveExpiredAreNotUsedAgain() {
    List<String> used = new ArrayList<>();
    Transport servers = (call, _) -> {
      if (call.method().equals("GET")) {
        String body = "{\"AccessKeyId\":\"A" + used.size() + "\",\"SecretAccessKey\":\"s\",\"Token\":\"t\","
            + "\"Expiration\":\"2026-11-28T13:00:00Z\"}";
        return new AwsReply(200, Map.of(), body.getBytes(UTF_8));
      }
      used.add(call.headers().getOrDefault("Authorization", "").replaceAll(".*Credential=(\\w+)/.*", "$1"));
      return used.size() == 1
          ? new AwsReply(400, Map.of(), "{\"__type\":\"x#ExpiredTokenException\"}".getBytes(UTF_8))
          : new AwsReply(200, Map.of(), new byte[0]);
    };
    InstantSource behind = InstantSource.fixed(Instant.parse("2026-11-28T12:00:00Z"));
    AwsClient client =
        new AwsClient(
            Map.of(),
            new ContainerCredentials(Map.of(ContainerCredentials.FULL_URI, "http://127.0.0.1:1/c"), servers, behind),
            servers, new FixedTime(Duration.ofSeconds(20)), behind);
    assertThatThrownBy(() -> client.call(AwsService.DYNAMODB, "GetItem", new byte[0]))
        .isInstanceOf(AwsErrorException.class);
    assertThat(client.call(AwsService.DYNAMODB, "GetItem", new byte[0])).isEmpty();
    assertThat(used).containsExactly("A0", "A1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://10.1.2.3/c", "nonsense", "ftp://127.0.0.1/"})
  void credentialsAreNotFetchedFromElsewhereInTheClear(String uri) {
    ContainerCredentials source =
        new ContainerCredentials(Map.of(ContainerCredentials.FULL_URI, uri), transport, InstantSource.system());
    assertThatThrownBy(() -> source.get(0)).isInstanceOf(IOException.class).hasMessageStartingWith("no credentials: ");
  }
}
