package dev.pinion.awsclient;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/**
 * Calls AWS: signed requests, within the time that is left, repeated as the AWS SDKs do. One for a process. Any thread.
 *
 * <p>An attempt takes at most {@link TimeBudget#attempt}, and ends half a second before the {@link TimeBudget} does, as
 * does the whole call.
 */
public final class AwsClient {
  private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException");

  private final Endpoints endpoints;
  private final String region;
  private final CredentialsSource credentials;
  private final Transport transport;
  private final TimeBudget time;
  private final ClockSkew clock;
  private final Signature signature = new Signature();
  private final Map<AwsService, RetryQuota> quotas = new EnumMap<>(AwsService.class);

  AwsClient(
      Map<String, String> variables, CredentialsSource credentials, Transport transport, TimeBudget time,
      InstantSource clock) {
    endpoints = new Endpoints(variables);
    region = region(variables);
    this.credentials = credentials;
    this.transport = transport;
    this.time = time;
    this.clock = new ClockSkew(clock);
    for (AwsService service : AwsService.values()) {
      quotas.put(service, new RetryQuota());
    }
  }

  private static String region(Map<String, String> variables) {
    for (String name : new String[] {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
      String region = variables.getOrDefault(name, "").strip();
      if (!region.isEmpty()) {
        return region;
      }
    }
    return "us-east-1";
  }

  /** A client with the region, the credentials and the endpoints that a function's environment gives. */
  public static AwsClient of(Map<String, String> variables, TimeBudget time) {
    Transport transport = new SocketTransport(TlsFactory.lazy());
    return new AwsClient(
        variables, CredentialsSource.of(variables, transport), transport, time, InstantSource.system());
  }

  /** The same client, of which each request gets the same response, 200 with a body, and none leaves the process. */
  public AwsClient rehearsing(String body) {
    AwsReply reply = new AwsReply(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    return new AwsClient(endpoints.variables(), credentials, (_, _) -> reply, time, InstantSource.system());
  }

  /** The region that the environment names. */
  public String region() {
    return region;
  }

  /** Where a service is reached in the client's region. */
  public URI endpoint(AwsService service) {
    return endpoints.of(service, region);
  }

  /**
   * Calls an operation of a service that speaks AWS JSON; returns the response's body.
   *
   * @throws AwsException when the call failed
   */
  public byte[] call(AwsService service, String operation, byte[] body) {
    return call(service, region, operation, body, _ -> false);
  }

  /**
   * Calls an operation in a region.
   *
   * @param passing the errors that are transient beside those that always are
   * @throws AwsException when the call failed
   */
  public byte[] call(
      AwsService service, String inRegion, String operation, byte[] body, Predicate<AwsErrorException> passing) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", service.contentType());
    headers.put("X-Amz-Target", service.targetPrefix() + operation);
    return send(service, inRegion, new AwsCall("POST", endpoints.of(service, inRegion), headers, body), passing);
  }

  /**
   * Invokes a function asynchronously. It may be invoked twice if the response is lost.
   *
   * @param function the ARN of an alias
   * @throws AwsException when the call failed
   */
  public void invokeLater(String function, byte[] payload) {
    String path = "2015-03-31/functions/" + Signature.encode(function, false) + "/invocations";
    Map<String, String> headers = rest(AwsService.LAMBDA);
    headers.put("X-Amz-Invocation-Type", "Event");
    var _ = send(
        AwsService.LAMBDA, region, new AwsCall("POST", endpoint(AwsService.LAMBDA).resolve(path), headers, payload),
        _ -> false);
  }

  /**
   * Creates a schedule of EventBridge Scheduler.
   *
   * @param name unique in its group
   * @param body the request, as the service's API reference describes it, with a {@code ClientToken}
   * @throws AwsException when the call failed
   */
  public void createSchedule(String name, byte[] body) {
    URI uri = endpoint(AwsService.SCHEDULER).resolve("schedules/" + Signature.encode(name, false));
    var _ = send(
        AwsService.SCHEDULER, region, new AwsCall("POST", uri, rest(AwsService.SCHEDULER), body), _ -> false);
  }

  private static Map<String, String> rest(AwsService service) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", service.contentType());
    return headers;
  }

  /**
   * Calls the management API about one connection; returns the response's body.
   *
   * @param callback the API's address with its stage, as {@code https://id.execute-api.region.amazonaws.com/stage}
   * @throws AwsException when the call failed
   */
  public byte[] connections(String method, URI callback, String connectionId, byte[] body) {
    String base = callback.toString();
    URI uri =
        URI.create(
            (base.endsWith("/") ? base : base + "/") + "@connections/" + Signature.encode(connectionId, false));
    Map<String, String> headers = new LinkedHashMap<>();
    if (body.length > 0) {
      headers.put("Content-Type", AwsService.EXECUTE_API.contentType());
    }
    return send(AwsService.EXECUTE_API, region, new AwsCall(method, uri, headers, body), _ -> false);
  }

  /**
   * Sends a request that is not signed, so that names are resolved and TLS is ready; the response does not matter.
   *
   * @throws IOException when there is none
   */
  public void touch(URI uri) throws IOException {
    AwsCall call = new AwsCall("GET", uri, Map.of("Connection", "close"), new byte[0]);
    var _ = transport.send(call, System.nanoTime() + time.attempt().toNanos());
  }

  /** Prepares TLS in a thread of its own, while the function starts. Without it, the first connection does. */
  public void prepareTls() {
    if (transport instanceof SocketTransport sockets) {
      sockets.prepareTls();
    }
  }

  /** Connects to a server in a thread of its own, while the function starts. The first request there uses it. */
  public void connectAhead(URI uri) {
    if (transport instanceof SocketTransport sockets) {
      sockets.connectAhead(uri);
    }
  }

  /** Closes idle connections, which are dead once a snapshot is restored. */
  public void closeIdle() {
    if (transport instanceof SocketTransport sockets) {
      sockets.closeIdle();
    }
  }

  private byte[] send(AwsService service, String inRegion, AwsCall call, Predicate<AwsErrorException> passing) {
    RetryQuota quota = quotas.getOrDefault(service, new RetryQuota());
    Retry retry = new Retry(service, quota, time);
    AwsErrorException told = null;
    for (;;) {
      AwsException failure;
      Retry.Cause cause;
      long asked = 0;
      try {
        AwsReply reply = attempt(service, inRegion, call);
        if (reply.isSuccessful()) {
          retry.succeeded();
          return reply.body();
        }
        AwsErrorException error = ErrorReply.read(reply);
        failure = error;
        if (EXPIRED.contains(error.code())) {
          credentials.expired();
        }
        asked = askedMillis(reply);
        cause =
            clock.explains(error, reply) || passing.test(error) ? Retry.Cause.TRANSIENT : Retry.cause(service, error);
      } catch (IOException e) {
        failure = AwsUnreachableException.because(call.host(), e);
        cause = Retry.Cause.TRANSIENT;
      } catch (AwsUnreachableException outOfTime) {
        failure = outOfTime;
        cause = Retry.Cause.NONE;
      }
      failure.attempts(retry.attempt());
      if (!retry.again(cause, asked)) {
        throw told != null && failure instanceof AwsUnreachableException && isTimeOver() ? told.after(failure)
            : failure;
      }
      told = failure instanceof AwsErrorException error ? error : told;
    }
  }

  /** Whether the caller's time is why a last attempt failed; then AWS's answer to an earlier one says more. */
  private boolean isTimeOver() {
    return !time.left().minus(Retry.RESERVE).isPositive();
  }

  private AwsReply attempt(AwsService service, String inRegion, AwsCall call) throws IOException {
    Duration left = time.left().minus(Retry.RESERVE);
    if (!left.isPositive()) {
      throw AwsUnreachableException.noTime(call.host(), time.left());
    }
    Duration longest = time.attempt();
    long deadline = System.nanoTime() + (left.compareTo(longest) < 0 ? left : longest).toNanos();
    Credentials with = credentials.get(deadline);
    AwsCall signed = signature.sign(call, with, service.id(), inRegion, clock.now());
    AwsReply reply = transport.send(TraceHeader.added(signed), deadline);
    checkCrc(reply);
    return reply;
  }

  /** DynamoDB says what its response's checksum is. */
  private static void checkCrc(AwsReply reply) throws IOException {
    String expected = reply.header("x-amz-crc32").orElse("");
    if (!expected.isEmpty()) {
      CRC32 crc = new CRC32();
      crc.update(reply.body());
      if (!expected.equals(String.valueOf(crc.getValue()))) {
        throw new IOException("the response's checksum is " + crc.getValue() + ", not " + expected);
      }
    }
  }

  private static long askedMillis(AwsReply reply) {
    try {
      return Math.max(0, Long.parseLong(reply.header("x-amz-retry-after").orElse("0").strip()));
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
