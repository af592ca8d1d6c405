package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.MessageQueue;
import dev.pinion.Task;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Handlers that compute without end, or call themselves without end, harm no others. */
@Timeout(60)
final class HarmfulHandlersTest {
  private static final int CRAWLS = 12;
  private static final int SENDS = 300;
  private static final int COMPUTING = Runtime.getRuntime().availableProcessors() + 2;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
  private volatile boolean over;

  private Simulator start(App app) {
    return Simulator.of(app).inMemory().data(Path.of("")).values(Map.of()).permissions(PermissionMode.OFF)
        .log(new PrintStream(log, true, StandardCharsets.UTF_8)).start();
  }

  @Test
  void thoseThatComputeLeaveOthersTheirTurnAndLetTheRunEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(COMPUTING);
    AtomicReference<Task<String>> spin = new AtomicReference<>();
    AtomicReference<MessageQueue<String>> others = new AtomicReference<>();
    Simulator simulator = start(cloud -> {
      spin.set(cloud.task("spin", String.class).create());
      spin.get().onStart(_ -> {
        begun.countDown();
        while (!over) Thread.onSpinWait();
      });
      others.set(cloud.queue("others", String.class).create());
      others.get().onMessage(handled::add).timeout(Duration.ofSeconds(20));
    });
    try {
      for (int i = 0; i < COMPUTING; i++) spin.get().start("without end");
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      others.get().send("one of the others");
      assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo("one of the others");
    } finally {
      assertThat(simulator.close(Duration.ofMillis(10)))
          .filteredOn(each -> each.startsWith("spin ")).hasSize(COMPUTING);
      over = true;
    }
  }

  /** What is sent on a full stack is either refused with the error, or handled. */
  @Test
  void thoseThatCallThemselvesWithoutEndBreakNothingOff() throws Exception {
    AtomicReference<Task<String>> crawl = new AtomicReference<>();
    AtomicReference<MessageQueue<String>> visited = new AtomicReference<>();
    Set<String> sent = ConcurrentHashMap.newKeySet();
    CountDownLatch crawled = new CountDownLatch(CRAWLS);
    Simulator simulator = start(cloud -> {
      visited.set(cloud.queue("visited", String.class).create());
      visited.get().onMessage(handled::add);
      crawl.set(cloud.task("crawl", String.class).maximumRetryAttempts(0).create());
      crawl.get().onStart(name -> {
        try {
          visit(visited.get(), name + "-", new AtomicInteger(), sent);
        } finally {
          crawled.countDown();
        }
      });
    });
    try (simulator) {
      for (int i = 0; i < CRAWLS; i++) crawl.get().start("crawl " + i);
      assertThat(crawled.await(50, TimeUnit.SECONDS)).isTrue();
      visited.get().send("afterwards");
      sent.add("afterwards");
      Set<String> seen = new HashSet<>();
      while (!seen.containsAll(sent)) {
        seen.add(Objects.requireNonNull(handled.poll(30, TimeUnit.SECONDS), () -> sent + "\nhandled: " + seen));
      }
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("internal error");
  }

  /** Sends on the way back, from where the stack is full. */
  @SuppressWarnings("InfiniteRecursion") // until the stack is full
  private static void visit(MessageQueue<String> visited, String name, AtomicInteger sends, Set<String> sent) {
    try {
      visit(visited, name, sends, sent);
    } finally {
      int number = sends.getAndIncrement();
      if (number < SENDS) {
        visited.send(name + number);
        sent.add(name + number);
      }
    }
  }
}
