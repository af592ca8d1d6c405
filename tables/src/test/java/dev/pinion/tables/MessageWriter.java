package dev.pinion.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process with little memory that keeps messages: until it is killed, or more than fit into its memory. */
final class MessageWriter {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final int BODY = 500_000;
  private static final int BODIES = 200;
  private static final int THREADS = 4;

  private MessageWriter() {}

  /** Starts one with 40 MB. */
  static Process start(String... arguments) throws IOException {
    ProcessBuilder process = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx40m", "-cp",
        System.getProperty("java.class.path"), MessageWriter.class.getName());
    process.command().addAll(List.of(arguments));
    return process.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The folder and the way are the arguments. */
  public static void main(String[] args) throws Exception {
    MessageStore store = MessageStore.open(Path.of(args[0]), () -> NOW, System.out::println);
    if (args[1].equals("large")) {
      large(store);
      return;
    }
    for (int i = 0; i < THREADS; i++) {
      String name = args[1] + "-" + i;
      Thread.ofPlatform().start(() -> write(store, name));
    }
    Thread.currentThread().join();
  }

  /** Every third message is deleted again, before the next one's number is printed. */
  private static void write(MessageStore store, String name) {
    for (int i = 0;; i++) {
      String body = name + "-" + i;
      long id = store.append(message("q", body + " " + "x".repeat(i % 3_000)));
      if (i % 3 == 0) store.delete(List.of(id));
      synchronized (System.out) {
        System.out.println((i % 3 == 0 ? "deleted " : "kept ") + body);
        System.out.flush();
      }
    }
  }

  private static void large(MessageStore store) {
    for (int i = 0; i < BODIES; i++) store.append(message("q", i + "y".repeat(BODY)));
    int taken = 0;
    for (boolean more = true; more;) {
      List<StoredMessage> some = store.take("q", new BatchRule(10, 6 << 20), NOW, NOW.plus(Duration.ofMinutes(1)));
      for (StoredMessage each : some) {
        if (!each.body().startsWith(taken + "y") || each.body().length() < BODY) throw new AssertionError(each);
        taken++;
      }
      store.delete(some.stream().map(StoredMessage::id).toList());
      more = !some.isEmpty();
    }
    store.close();
    System.out.println("taken " + taken);
  }

  static NewMessage message(String queue, String body) {
    return new NewMessage(queue, NOW, Optional.empty(), Map.of("n", "1"), body);
  }
}
