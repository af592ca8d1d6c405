package dev.pinion.gateway;

import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A process with a gateway that {@link DebuggerTest} attaches to: its input are commands, its output what it did. */
final class DebuggedGateway implements InstantSource {
  private static final int READS = 8;

  private final SettableClock clock = new SettableClock();
  private final Semaphore reads = new Semaphore(0);
  private final Semaphore never = new Semaphore(0);

  /** Starts the gateway, and obeys until the input ends. */
  public static void main(String... none) throws IOException, InterruptedException {
    DebuggedGateway own = new DebuggedGateway();
    RouteTable routes = RouteTable.of().twoWay("$default").timeout("$default", Duration.ofMinutes(1));
    try (Gateway gateway = new GatewayBuilder(own::handle).clock(own).routes(routes).start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      System.out.println("port " + gateway.port());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        own.obey(line);
      }
    }
  }

  private void obey(String line) throws InterruptedException {
    if (line.equals("await detached")) {
      while (Debugger.isAttached()) Thread.onSpinWait();
    } else {
      clock.advance(Duration.parse(line));
    }
    reads.drainPermits();
    reads.acquire(READS);
    System.out.println("ticked");
  }

  /** The gateway looks at the clock several times a second, without any messages. */
  @Override
  public Instant instant() {
    reads.release();
    return clock.instant();
  }

  private Response handle(Event event) {
    return event instanceof Event.Message message ? Response.reply(handled(message.body())) : Response.OK;
  }

  private String handled(String body) {
    if (body.equals("block")) {
      try {
        System.out.println("blocked");
        never.acquire();
      } catch (InterruptedException e) {
        System.out.println("interrupted");
      }
    }
    return body + (Thread.currentThread().isInterrupted() ? ", interrupted" : ", done");
  }
}
