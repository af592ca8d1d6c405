package dev.pinion.gateway;

import dev.pinion.spi.AccessModel;
import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerStart;
import dev.pinion.spi.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deployments, ordered ones and others, replace each other while connections send messages whose handlers return at
 * once, block or compute: each message is handled once, they begin in their order, and none is left.
 */
@Timeout(300)
final class RandomDeploymentsTest {
  private static final long SEED = Long.getLong("pinion.seed", 1);
  private static final int RUNS = Integer.getInteger("pinion.runs", 10);
  private static final int PEERS = 3;
  private static final int MESSAGES = 150;

  /** Notes what begins. Lets those that block end one by one, as long as it is not told to let none end. */
  private static final class Handlers implements Integration, AutoCloseable {
    private final Map<String, ConcurrentLinkedQueue<Integer>> begun = new ConcurrentHashMap<>();
    private final Semaphore counted = new Semaphore(0);
    private final Semaphore ends = new Semaphore(0);
    private final Thread ending = Thread.ofPlatform().daemon().unstarted(this::letEnd);
    private volatile boolean over;

    private void letEnd() {
      while (!over) {
        if (ends.hasQueuedThreads()) ends.release();
        else Thread.onSpinWait();
      }
    }

    @Override
    public Response invoke(Event event) {
      throw new AssertionError("called without a start");
    }

    @Override
    public Response invoke(Event event, HandlerStart start) throws Exception {
      if (!(event instanceof Event.Message message)) return Response.OK;
      String[] words = message.body().split(" ", -1);
      begun.computeIfAbsent(words[0], _ -> new ConcurrentLinkedQueue<>()).add(Integer.valueOf(words[1]));
      start.begins();
      counted.release();
      if (words[2].equals("blocks")) ends.acquire();
      long end = System.nanoTime() + 3_000_000;
      while (words[2].equals("computes") && System.nanoTime() < end) Thread.onSpinWait();
      return Response.OK;
    }

    @Override
    public void close() {
      over = true;
    }
  }

  private static Deployment deployment(Integration integration, boolean ordered) {
    return new Deployment(
        integration, RouteTable.of("$default"), "prod", ordered, AccessModel.OPEN, new GatewayListener() {});
  }

  @Test
  void eachMessageIsHandledOnceAndInOrderWhateverIsDeployed() throws Exception {
    for (long seed = SEED; seed < SEED + RUNS; seed++) run(seed, new Random(seed));
  }

  private static void run(long seed, Random random) throws Exception {
    List<Peer> peers = new ArrayList<>();
    try (Handlers handlers = new Handlers();
        Gateway gateway = new GatewayBuilder(handlers).routes(RouteTable.of("$default")).start()) {
      handlers.ending.start();
      Deployment[] both = {deployment(handlers, true), deployment(handlers, false)};
      for (int i = 0; i < PEERS; i++) peers.add(Peer.open(gateway));
      for (int number = 0; number < MESSAGES; number++) {
        for (int i = 0; i < PEERS; i++) peers.get(i).send(i + " " + number + " " + kind(random));
        if (random.nextInt(3) == 0) gateway.deploy(both[random.nextInt(2)]);
      }
      gateway.deploy(both[random.nextInt(2)]);
      assertThat(handlers.counted.tryAcquire(PEERS * MESSAGES, 20, TimeUnit.SECONDS)).as("seed %s", seed).isTrue();
      while (!gateway.handlerLoad().isIdle()) Thread.onSpinWait();
      List<Integer> all = IntStream.range(0, MESSAGES).boxed().toList();
      handlers.begun.forEach((peer, numbers) -> assertThat(numbers).as("seed %s", seed).containsExactlyElementsOf(all));
    } finally {
      for (Peer each : peers) each.close();
    }
  }

  private static String kind(Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> "blocks";
      case 3 -> "computes";
      default -> "returns";
    };
  }
}
