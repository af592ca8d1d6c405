package dev.pinion.gateway;

import dev.pinion.BadRequestException;
import dev.pinion.ConnectionInfo;
import dev.pinion.ForbiddenException;
import dev.pinion.LimitExceededException;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.ServiceException;
import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.HttpResponse;
import dev.pinion.engine.RefusedException;
import dev.pinion.engine.Utf8;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The management API over HTTP: {@code POST}, {@code GET} and {@code DELETE} of
 * {@code /{stage}/@connections/{connectionId}}. Requests need not be signed; a signature is checked if the gateway
 * knows the credentials. Thread-safe.
 *
 * <p>Source: API Gateway developer guide, "@connections commands".
 */
final class Management {
  private static final String JSON = "application/json";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final SocketSender sender;
  private final Settings settings;

  Management(SocketSender sender, Settings settings) {
    this.sender = sender;
    this.settings = settings;
  }

  /**
   * Returns the answer to a call, whose body was cut if it exceeded the limit.
   *
   * @throws RefusedException with 403 if it is signed wrongly
   */
  HttpResponse answer(HttpRequest request, String id, byte[] body, boolean exceeded) throws RefusedException {
    if (settings.signatures().isPresent() && SignatureCheck.isSigned(request) && !exceeded) {
      settings.signatures().get().check(request, body, settings.clock().instant());
    }
    try {
      return switch (request.method()) {
        case "POST" -> post(id, body, exceeded);
        case "DELETE" -> orGone(sender.deleteConnection(id), HttpResponse.of(204));
        case "GET" -> info(sender.getConnection(id));
        default -> throw new ForbiddenException("Forbidden");
      };
    } catch (ServiceException e) {
      return error(e);
    }
  }

  private HttpResponse post(String id, byte[] body, boolean exceeded) {
    SocketSender.check(id);
    if (exceeded) {
      throw new PayloadTooLargeException("Payload over " + settings.profile().postBytes + " bytes");
    }
    if (!Utf8.isValid(body)) {
      throw new BadRequestException("The body is not UTF-8");
    }
    return orGone(sender.post(id, body), HttpResponse.of(200));
  }

  private static HttpResponse orGone(boolean there, HttpResponse success) {
    return there ? success : HttpResponse.of(410).header("x-amzn-ErrorType", "GoneException");
  }

  private static HttpResponse info(Optional<ConnectionInfo> found) {
    return found
        .map(info -> HttpResponse.of(200, JSON, json(info)))
        .orElseGet(() -> orGone(false, HttpResponse.of(200)));
  }

  private static String json(ConnectionInfo info) {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"connectedAt\":\"").append(time(info.connectedAt()));
    json.append("\",\"identity\":{\"sourceIp\":").append(quoted(info.sourceIp()));
    info.userAgent().ifPresent(agent -> json.append(",\"userAgent\":").append(quoted(agent)));
    return json.append("},\"lastActiveAt\":\"").append(time(info.lastActiveAt())).append("\"}").toString();
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static HttpResponse error(ServiceException error) {
    int status =
        switch (error) {
          case BadRequestException _ -> 400;
          case PayloadTooLargeException _ -> 413;
          case LimitExceededException _ -> 429;
          case ForbiddenException _ -> 403;
          default -> throw new IllegalStateException("No error of @connections", error);
        };
    String message = "{\"message\":" + quoted(String.valueOf(error.getMessage())) + "}";
    return HttpResponse.of(status, JSON, message).header("x-amzn-ErrorType", error.getClass().getSimpleName());
  }

  /** A JSON string (RFC 8259 section 7). */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
