package dev.pinion.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Builds that the command prepares for in the background. */
final class SourceBuildsTest {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

  @TempDir
  Path folder;

  /** The run ends, which closes the compiler's files, while it still compiles to be fast later. */
  @Test
  void anEndWhileItPreparesIsNoFailure() throws Exception {
    Path file = Files.writeString(folder.resolve("Game.java"), """
        import dev.pinion.*;
        import java.util.*;
        import java.util.stream.*;

        public final class Game implements App {
          @Override
          public void define(Cloud cloud) {
            cloud.webSocket("game").create().onMessage((c, text) -> List.of(text).forEach(System.out::println));
          }
        }
        """);
    ProgramOptions options = new ProgramOptions(file, List.of(), List.of(), true);
    RunCache cache = RunCache.in(folder.resolve("cache"), line -> {});
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 30; i++) {
      Program read = new ProgramReader(line -> {}).read(options);
      CountDownLatch begun = new CountDownLatch(1);
      Thread warming;
      try (SourceBuilds builds = new SourceBuilds(options, read, Set.of(), cache, NOWHERE)) {
        warming = Thread.ofPlatform().uncaughtExceptionHandler((_, failure) -> failures.add(failure)).start(() -> {
          begun.countDown();
          builds.warm();
        });
        begun.await();
        long until = System.nanoTime() + i * 3_000_000L;
        while (System.nanoTime() - until < 0) Thread.onSpinWait();
      }
      warming.join();
    }
    assertThat(failures).isEmpty();
  }
}
