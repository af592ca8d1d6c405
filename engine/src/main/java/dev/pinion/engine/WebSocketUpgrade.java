package dev.pinion.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The opening handshake of WebSocket (RFC 6455 section 4.2): checks requests, and answers them. */
public final class WebSocketUpgrade {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private WebSocketUpgrade() {}

  /**
   * Checks that a request may become a WebSocket.
   *
   * @throws RefusedException when it may not: 426 without an upgrade or with another version, 400 otherwise
   */
  public static void check(HttpRequest request) throws RefusedException {
    if (!request.lists("Upgrade", "websocket")) {
      throw new RefusedException(426, "no upgrade");
    }
    if (!request.method().equals("GET")) {
      throw RefusedException.malformed("not GET");
    }
    if (!request.lists("Connection", "Upgrade")) {
      throw RefusedException.malformed("Connection does not name Upgrade");
    }
    List<String> keys = request.values("Sec-WebSocket-Key");
    if (keys.size() != 1 || !isKey(keys.getFirst())) {
      throw RefusedException.malformed("Sec-WebSocket-Key");
    }
    if (!request.values("Sec-WebSocket-Version").equals(List.of("13"))) {
      throw new RefusedException(426, "Sec-WebSocket-Version is not 13");
    }
  }

  /** Whether it is the Base64 of 16 bytes. */
  private static boolean isKey(String key) {
    return key.matches("[A-Za-z0-9+/]{21}[AQgw]==");
  }

  /** Returns the answer 101 to a request that has been checked, with a subprotocol if there is one. */
  public static byte[] answer(HttpRequest request, Optional<String> protocol) {
    StringBuilder answer = new StringBuilder(160);
    answer.append(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ");
    answer.append(accept(request.header("Sec-WebSocket-Key").orElseThrow())).append("\r\n");
    protocol.ifPresent(name -> answer.append("Sec-WebSocket-Protocol: ").append(name).append("\r\n"));
    return answer.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
