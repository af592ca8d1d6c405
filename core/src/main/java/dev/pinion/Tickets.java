package dev.pinion;

import dev.pinion.spi.TableModel;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One-time tickets for clients that connect, such as browsers, which can send no headers: whoever is logged in gets one
 * over HTTP, and connects with it at once. A ticket in a URL may end up in a log, but it lets in only once, and only
 * for a minute, so nothing that is worth anything stands there.
 *
 * <p>A ticket names a principal and is signed with a secret (HMAC-SHA256). It is worth something in one audience only,
 * which is the id of the table unless {@link #audience} sets another one. {@link #redeem} writes its id into the table,
 * if it is not there yet. The table keeps it until an hour after the ticket's end, and DynamoDB deletes it then.
 * Immutable. Any thread.
 */
public final class Tickets {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int SMALLEST_SECRET = 32;
  private static final int LARGEST_PRINCIPAL = 512;
  private static final int LONGEST_TICKET = 1024;
  private static final int ID = 16;
  private static final int MAC = 32;
  /** The version, the id and the end. */
  private static final int HEAD = 1 + ID + Long.BYTES;
  private static final byte VERSION = 1;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Secret secret;
  private final Table table;
  private final String audience;
  private final Duration valid;

  private Tickets(Secret secret, Table table, String audience, Duration valid) {
    this.secret = secret;
    this.table = table;
    this.audience = audience;
    this.valid = valid;
  }

  /**
   * Returns tickets that are valid for a minute. Called in {@link App#define}.
   *
   * @param secret signs them: 32 random characters or more
   * @param used the table of those that were redeemed: its only key is a string, and it has a time to live
   */
  public static Tickets of(Secret secret, Table used) {
    TableModel model = used.model();
    if (model.hashKey().type() != AttributeType.STRING || model.rangeKey().isPresent()
        || model.timeToLive().isEmpty()) {
      used.binding().problem(
          Callers.location(),
          used + " cannot keep used tickets: give it a string as its only key, and a time to live, as in"
              + " .hashKey(\"id\", STRING).timeToLive(\"expires\")");
    }
    return new Tickets(secret, used, model.id(), Duration.ofMinutes(1));
  }

  /**
   * Returns tickets for another audience, which those of this one are worthless for, such as one of several WebSocket
   * APIs (default: the table's id).
   */
  public Tickets audience(String name) {
    return new Tickets(secret, table, name, valid);
  }

  /**
   * Returns tickets that are valid for another time.
   *
   * @throws IllegalArgumentException if it is shorter than a second or longer than an hour
   */
  public Tickets validFor(Duration time) {
    if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          Callers.location() + ": tickets are valid for " + time + ": use a second to an hour");
    }
    return new Tickets(secret, table, audience, time);
  }

  /**
   * Makes a ticket, of 80 characters and more, which a URL can contain as it is.
   *
   * @param principal whom it lets in: 1 to 512 bytes of UTF-8, without halves of surrogate pairs, which would become
   *     {@code ?}, and so another principal
   * @param now when it is made, such as {@link HttpCall#time}
   * @throws IllegalArgumentException for another principal
   * @throws IllegalStateException if the secret is too short
   * @throws PhaseException while {@code define} declares
   */
  public String issue(String principal, Instant now) {
    byte[] name = principal.getBytes(StandardCharsets.UTF_8);
    if (principal.isBlank() || name.length > LARGEST_PRINCIPAL) {
      throw new IllegalArgumentException(
          Callers.location() + ": the principal of a ticket has " + name.length + " bytes: use 1 to "
              + LARGEST_PRINCIPAL + ", not only spaces");
    }
    if (!new String(name, StandardCharsets.UTF_8).equals(principal)) {
      throw new IllegalArgumentException(
          Callers.location() + ": the principal of a ticket has half of a surrogate pair: use whole characters");
    }
    byte[] id = new byte[ID];
    RANDOM.nextBytes(id);
    byte[] body = ByteBuffer.allocate(HEAD + name.length).put(VERSION).put(id)
        .putLong(now.plus(valid).toEpochMilli()).put(name).array();
    byte[] all = ByteBuffer.allocate(body.length + MAC).put(body).put(mac(body)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * Takes a ticket, which is worth nothing afterwards.
   *
   * @param now when it came, such as {@link AuthorizeRequest#time} or {@link Connection#connectedAt}
   * @return whom it lets in; empty if it is no ticket, has expired, is for another audience, or was redeemed before
   * @throws IllegalStateException if the secret is too short
   * @throws PhaseException while {@code define} declares
   */
  public Optional<String> redeem(String ticket, Instant now) {
    Optional<byte[]> body = verified(ticket);
    if (body.isEmpty()) return Optional.empty();
    ByteBuffer read = ByteBuffer.wrap(body.get(), 1, body.get().length - 1);
    byte[] id = new byte[ID];
    read.get(id);
    long end = read.getLong();
    if (now.toEpochMilli() >= end) return Optional.empty();
    Optional<String> principal = text(read);
    return principal.isPresent() && isFirst(id, end) ? principal : Optional.empty();
  }

  /** Returns what is signed in a ticket; empty if its signature is not right. */
  private Optional<byte[]> verified(String ticket) {
    if (ticket.length() > LONGEST_TICKET) return Optional.empty();
    try {
      byte[] all = Base64.getUrlDecoder().decode(ticket);
      if (all.length <= HEAD + MAC || all[0] != VERSION) return Optional.empty();
      byte[] body = Arrays.copyOf(all, all.length - MAC);
      byte[] mac = Arrays.copyOfRange(all, body.length, all.length);
      return MessageDigest.isEqual(mac, mac(body)) ? Optional.of(body) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(ByteBuffer bytes) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return Optional.of(text.toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /** Writes the id of a ticket, which succeeds once, also if several clients have the ticket at the same time. */
  private boolean isFirst(byte[] id, long end) {
    TableModel model = table.model();
    String key = model.hashKey().name();
    String expiry = model.timeToLive().orElseThrow();
    long kept = Instant.ofEpochMilli(end).plus(KEPT).getEpochSecond();
    try {
      table.putItem(
          Item.of(key, HexFormat.of().formatHex(id), expiry, kept), Attribute.attribute(key).notExists());
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  private byte[] mac(byte[] body) {
    byte[] key = secret.value().getBytes(StandardCharsets.UTF_8);
    if (key.length < SMALLEST_SECRET) {
      throw new IllegalStateException(
          secret + " is too short to sign tickets: give it " + SMALLEST_SECRET + " random characters or more");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] name = audience.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
      mac.update(name);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no HmacSHA256", e);
    }
  }

  /** The audience, never the secret. */
  @Override
  public String toString() {
    return "tickets for '" + audience + "'";
  }
}
