package dev.pinion.lambda;

import dev.pinion.spi.Sender;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What a function makes, with keys that open nothing. */
final class Senders {
  static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

  private Senders() {}

  static Sender of(String callback, String url, Timing timing) {
    Clients clients = new Clients(Map.of("AWS_REGION", "eu-central-1"), KEYS);
    return new ManagementSender(clients.management(callback, Clients.http()), url, new Retries(timing));
  }

  static Waits aMinute() {
    return new Waits(Duration.ofMinutes(1));
  }
}
