package dev.pinion.gateway;

import dev.pinion.engine.Frames;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several clients at once, at random: bursts of frames cut anywhere, pipelined posts, readers that stall, handlers that
 * throw, block, compute and broadcast. Each connection gets what it should, in order, and none goes mute.
 */
@Timeout(120)
final class StormTest {
  private static final int CLIENTS = 8;
  private static final int MESSAGES = 150;
  private static final int POSTS = 60;

  private final Recorder recorder = new Recorder();
  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<String> never = new LinkedBlockingQueue<>();
  private final Gateway gateway = new GatewayBuilder(this::handle).listener(recorder).ordered(true)
      .profile(Profile.AWS.connectionBurst(10_000)).routes(RouteTable.of("$disconnect").twoWay("$default")).start();

  private Response handle(Event event) throws Exception {
    if (!(event instanceof Event.Message message)) {
      ids.values().remove(event.connection().connectionId());
      return Response.OK;
    }
    String[] words = message.body().split(" ", -1);
    switch (words[0]) {
      case "id" -> ids.put(words[1], event.connection().connectionId());
      case "throw" -> throw new IllegalStateException("thrown");
      case "block" -> never.poll(2, TimeUnit.MILLISECONDS);
      case "compute" -> compute();
      case "all" -> gateway.sender().broadcast(List.copyOf(ids.values()).iterator(), message.body());
      case "broken" -> gateway.sender().broadcast(broken(), message.body());
      default -> {
      }
    }
    return Response.reply("reply " + message.body());
  }

  private static void compute() {
    long end = System.nanoTime() + 2_000_000;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  private Iterator<String> broken() {
    return Stream.concat(List.copyOf(ids.values()).stream(), Stream.of("bad").map(_ -> {
      throw new IllegalStateException("no id");
    })).map(String.class::cast).iterator();
  }

  /** One client: what it sends is derived from its random numbers, and so is what it must get. */
  private final class Client {
    private final String name;
    private final Random random;
    private final Peer peer;
    private final List<String> expected = new ArrayList<>();
    private final Map<String, Integer> last = new HashMap<>();

    Client(String name, long seed) throws IOException {
      this.name = name;
      random = new Random(seed);
      peer = Peer.open(gateway);
      if (random.nextInt(3) == 0) {
        peer.socket().setReceiveBufferSize(2048);
      }
      peer.send("id " + name);
      assertThat(peer.text()).isEqualTo("reply id " + name);
    }

    private byte[] conversation() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      String[] kinds = {"echo", "echo", "echo", "echo", "throw", "block", "compute", "all", "broken"};
      for (int i = 0; i < MESSAGES; i++) {
        String kind = kinds[random.nextInt(kinds.length)];
        String body = kind + " " + name + " " + i + " " + "é".repeat(random.nextInt(200));
        all.writeBytes(Peer.frame(true, Frames.TEXT, body.getBytes(UTF_8)));
        expected.add(kind.equals("throw") || kind.equals("broken") ? "Internal server error" : "reply " + body);
      }
      return all.toByteArray();
    }

    void send(byte[] stream) throws IOException {
      for (int at = 0; at < stream.length;) {
        int to = Math.min(stream.length, at + 1 + random.nextInt(random.nextBoolean() ? 10 : 5000));
        peer.raw(Arrays.copyOfRange(stream, at, to));
        at = to;
      }
    }

    /** Reads its own answers, in their order, and others' broadcasts, each sender's in their order. */
    void read() throws Exception {
      for (int i = 0; i < expected.size();) {
        String text = peer.text();
        if (text.startsWith("all ") || text.startsWith("broken ")) {
          String[] words = text.split(" ", -1);
          int number = Integer.parseInt(words[2]);
          assertThat(number).as("%s's broadcast at %s", words[1], name).isGreaterThan(last.getOrDefault(words[1], -1));
          last.put(words[1], number);
        } else {
          assertThat(text).as("answer %d of %s", i, name).contains(expected.get(i));
          i++;
        }
        if (random.nextInt(40) == 0) {
          never.poll(random.nextInt(20), TimeUnit.MILLISECONDS);
        }
      }
    }

    void isNotMute() throws Exception {
      peer.send("echo last");
      String text = peer.text();
      while (!text.equals("reply echo last")) {
        text = peer.text();
      }
      peer.send(Frames.CLOSE, (byte) 3, (byte) 0xE8);
      Peer.Frame frame = peer.read();
      while (frame.opcode() != Frames.CLOSE) {
        frame = peer.read();
      }
      assertThat(frame.status().code()).isEqualTo(1000);
      assertThat(peer.ended()).isTrue();
      peer.close();
    }
  }

  /** Posts to a connection in one stream of requests, cut anywhere; the answers come in order. */
  private void post(String id, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < POSTS; i++) {
      String to = i % 3 == 2 ? "AAAAAAAAAAAAAAA=" : id;
      all.append("POST /prod/@connections/").append(to).append(" HTTP/1.1\r\nHost: localhost:").append(gateway.port())
          .append("\r\nContent-Length: 4\r\n\r\n").append("%04d".formatted(i));
    }
    byte[] stream = all.toString().getBytes(ISO_8859_1);
    try (Peer peer = new Peer(gateway.port())) {
      for (int at = 0; at < stream.length;) {
        int to = Math.min(stream.length, at + 1 + random.nextInt(700));
        peer.raw(Arrays.copyOfRange(stream, at, to));
        at = to;
      }
      for (int i = 0; i < POSTS; i++) {
        assertThat(peer.answer().status()).as("answer %d", i).isEqualTo(i % 3 == 2 ? 410 : 200);
      }
    }
  }

  /** Lets a client send once all are ready, and read meanwhile. */
  private static List<Future<?>> talk(Client client, CountDownLatch ready, ExecutorService threads)
      throws IOException {
    byte[] stream = client.conversation();
    Future<?> sends = threads.submit(() -> {
      ready.countDown();
      ready.await();
      client.send(stream);
      return null;
    });
    Future<?> reads = threads.submit(() -> {
      client.read();
      client.isNotMute();
      return null;
    });
    return List.of(sends, reads);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eachGetsItsOwnInOrder(long seed) throws Exception {
    CountDownLatch ready = new CountDownLatch(CLIENTS);
    try (EngineLog log = new EngineLog();
        gateway;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Peer sink = Peer.open(gateway)) {
      String sinkId = recorder.logged("opened").substring(7);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        running.addAll(talk(new Client("c" + i, seed * 100 + i), ready, threads));
      }
      running.add(threads.submit(() -> {
        post(sinkId, seed);
        return null;
      }));
      for (int i = 0; i < POSTS; i++) {
        if (i % 3 != 2) {
          assertThat(sink.text()).isEqualTo("%04d".formatted(i));
        }
      }
      for (Future<?> each : running) {
        each.get();
      }
      for (int i = 0; i < CLIENTS; i++) {
        recorder.logged("closed 1000");
      }
      assertThat(log.records()).isEmpty();
    }
    assertThat(recorder.bugs()).isEmpty();
  }
}
