package dev.pinion.awsclient;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Where credentials come from. Any thread. */
interface CredentialsSource {
  /**
   * The credentials to sign with now.
   *
   * @param deadline on {@link System#nanoTime}
   * @throws IOException when there are none
   */
  Credentials get(long deadline) throws IOException;

  /** Notes that AWS says the credentials have expired, whatever this machine's clock says. */
  default void expired() {}

  /** The source that a function's environment describes. */
  static CredentialsSource of(Map<String, String> variables, Transport transport) {
    if (!variables.getOrDefault(ContainerCredentials.FULL_URI, "").isEmpty()) {
      return new ContainerCredentials(variables, transport, java.time.InstantSource.system());
    }
    return _ -> {
      String id = variables.getOrDefault("AWS_ACCESS_KEY_ID", "").strip();
      String secret = variables.getOrDefault("AWS_SECRET_ACCESS_KEY", "").strip();
      String token = variables.getOrDefault("AWS_SESSION_TOKEN", "").strip();
      if (id.isEmpty() || secret.isEmpty()) {
        throw new IOException("no credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
      }
      return new Credentials(id, secret, token.isEmpty() ? Optional.empty() : Optional.of(token));
    };
  }
}
