package dev.pinion.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may connect to a WebSocket API.
 *
 * @param origins the origins whose pages may connect, such as {@code https://app.example.com}; all if empty
 * @param iam whether a handshake must be signed with AWS credentials ({@code AWS_IAM})
 * @param authorizer the authorizer of {@code $connect}
 */
public record AccessModel(List<String> origins, boolean iam, Optional<AuthorizerModel> authorizer) {
  /** Everybody may connect. */
  public static final AccessModel OPEN = new AccessModel(List.of(), false, Optional.empty());

  private static final String ORIGIN = "Origin";

  public AccessModel {
    origins = List.copyOf(origins);
  }

  /** Whether there is any condition, all of which API Gateway checks on the route {@code $connect}. */
  public boolean restricted() {
    return iam || !origins.isEmpty() || authorizer.isPresent();
  }

  /**
   * Returns whether the origin of a handshake is one of {@link #origins}. API Gateway checks none, so on AWS the
   * function of the authorizer calls this, or that of {@code $connect} without one. Browsers always send the header;
   * other clients, which send none, may connect.
   *
   * @param headers the headers of the handshake
   */
  public boolean allowsOrigin(Map<String, List<String>> headers) {
    if (origins.isEmpty()) return true;
    return headers.entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(ORIGIN))
        .flatMap(each -> each.getValue().stream())
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .allMatch(value -> origins.contains(value.strip()));
  }
}
