package dev.pinion.awsclient;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/**
 * The difference between this machine's clock and AWS's, learned from an error that a wrong time may have caused. Any
 * thread.
 */
final class ClockSkew {
  private static final Duration TOLERATED = Duration.ofMinutes(4);
  private static final Set<String> SURE = Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");
  private static final Set<String> POSSIBLE =
      Set.of("InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure");
  private static final Set<Integer> POSSIBLE_STATUS = Set.of(401, 403);

  private final InstantSource clock;
  private volatile Duration offset = Duration.ZERO;

  ClockSkew(InstantSource clock) {
    this.clock = clock;
  }

  /** The time to sign with. */
  Instant now() {
    return clock.instant().plus(offset);
  }

  /** Whether an error came from a wrong time; then requests are signed with the server's from now on. */
  boolean explains(AwsErrorException error, AwsReply reply) {
    Optional<Instant> server = date(reply);
    boolean far =
        server.isPresent() && Duration.between(now(), server.get()).abs().compareTo(TOLERATED) > 0;
    boolean possible = POSSIBLE.contains(error.code()) || POSSIBLE_STATUS.contains(error.statusCode());
    if (!SURE.contains(error.code()) && !(far && possible)) {
      return false;
    }
    server.ifPresent(there -> offset = Duration.between(clock.instant(), there));
    return true;
  }

  private static Optional<Instant> date(AwsReply reply) {
    try {
      return reply.header("date").map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
