package dev.pinion.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.pinion.PerInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer, as they were when they were last read. They are read when the first token comes, again after
 * an hour, and for a token that names a key that is not among them: the issuer may have a new one. However many such
 * tokens come, they are read at most once in 30 seconds. If they cannot be read again, the old ones are good for a day.
 * Any thread; times are those of the requests.
 */
final class SigningKeys {
  static final Duration FRESH = Duration.ofHours(1);
  static final Duration GOOD = Duration.ofDays(1);
  static final Duration BETWEEN = Duration.ofSeconds(30);
  /** While there are no keys at all, nobody is let in, so it is tried again sooner. */
  static final Duration RETRY = Duration.ofSeconds(2);

  private final IssuerDocuments documents;
  @PerInstance private final ReentrantLock reading = new ReentrantLock();
  @PerInstance private volatile @Nullable Known known;
  @PerInstance private volatile @Nullable Failure failure;

  /** Keys, and when they were read. */
  private record Known(String issuer, JWKSet keys, Instant since, Instant tried) {
    boolean is(String name, Instant now) {
      return issuer.equals(name) && now.isBefore(since.plus(GOOD));
    }
  }

  /** Why there are no keys, and since when. */
  private record Failure(String issuer, String message, Instant at) {
    boolean is(String name, Instant now) {
      return issuer.equals(name) && now.isBefore(at.plus(RETRY));
    }
  }

  SigningKeys(IssuerDocuments documents) {
    this.documents = documents;
  }

  /**
   * Returns the keys that may have signed a token, which are the issuer's of that name and kind.
   *
   * @throws IssuerException if the issuer's keys cannot be had
   */
  List<JWK> of(String issuer, JWSHeader header, Instant now) {
    Known keys = known;
    if (keys == null || !keys.is(issuer, now)) keys = first(issuer, now);
    else if (!now.isBefore(keys.tried.plus(FRESH))) keys = again(keys, now);
    List<JWK> found = KeyChoice.of(keys.keys, header);
    if (!found.isEmpty() || now.isBefore(keys.tried.plus(BETWEEN))) return found;
    return KeyChoice.of(again(keys, now).keys, header);
  }

  /** Reads keys, and forgets them: those of a snapshot would be as old as it is. */
  void rehearse(String issuer) {
    var _ = documents.keys(issuer);
  }

  private Known first(String issuer, Instant now) {
    reading.lock();
    try {
      Known present = known;
      if (present != null && present.is(issuer, now)) return present;
      Failure last = failure;
      if (last != null && last.is(issuer, now)) throw new IssuerException(last.message);
      return read(issuer, now);
    } finally {
      reading.unlock();
    }
  }

  /** Reads keys. A failure is as late as its end: whoever has waited for it need not wait for another one. */
  private Known read(String issuer, Instant now) {
    long begun = System.nanoTime();
    try {
      Known read = new Known(issuer, documents.keys(issuer), now, now);
      known = read;
      return read;
    } catch (IssuerException e) {
      failure = new Failure(issuer, String.valueOf(e.getMessage()), now.plusNanos(System.nanoTime() - begun));
      throw e;
    }
  }

  /** Reads the keys again, unless another thread has done it meanwhile. */
  private Known again(Known old, Instant now) {
    reading.lock();
    try {
      Known present = known;
      if (present != null && !present.tried.equals(old.tried)) return present;
      Known read;
      try {
        read = new Known(old.issuer, documents.keys(old.issuer), now, now);
      } catch (IssuerException e) {
        System.err.println("warning: the keys of " + old.issuer + " stay as they were: " + e.getMessage());
        read = new Known(old.issuer, old.keys, old.since, now);
      }
      known = read;
      return read;
    } finally {
      reading.unlock();
    }
  }
}
