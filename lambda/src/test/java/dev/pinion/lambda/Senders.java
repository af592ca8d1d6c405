package dev.pinion.lambda;

import dev.pinion.awsclient.AwsClient;
import dev.pinion.awsclient.TimeBudget;
import dev.pinion.spi.Sender;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What a function makes, with keys that open nothing. */
final class Senders {
  private Senders() {}

  /** A client in Frankfurt, with variables besides. */
  static AwsClient client(Map<String, String> more, TimeBudget time) {
    Map<String, String> variables = new HashMap<>(more);
    variables.putIfAbsent("AWS_REGION", "eu-central-1");
    variables.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    variables.put("AWS_SECRET_ACCESS_KEY", "secret");
    return AwsClient.of(variables, time);
  }

  static Sender of(String callback, String url, TimeBudget time) {
    return of(callback, url, time, System.err::println);
  }

  static Sender of(String callback, String url, TimeBudget time, Consumer<String> log) {
    return new ManagementSender(client(Map.of(), time), callback, url, new Pause(time), log);
  }

  static Waits aMinute() {
    return new Waits(Duration.ofMinutes(1));
  }
}
