package dev.pinion.cli;

import dev.pinion.cli.ClientLink.Arrived;
import dev.pinion.cli.ClientLink.Handshake;
import dev.pinion.cli.ClientLink.NotConnectedException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code connect}: a client of a WebSocket.
 *
 * <p>The exit code is 1 if nothing was connected, the connection was lost, or a script's expectation was not met.
 */
final class ConnectCommand {
  private static final int FAILED = 1;
  private static final int NORMAL = 1000;

  private final ConnectOptions options;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  ConnectCommand(ConnectOptions options, InputStream in, PrintStream out, PrintStream err) {
    this.options = options;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Runs until the connection or the input has ended, and returns the exit code. */
  int run() throws InterruptedException, IOException {
    @Nullable ScriptRun script = options.script() == null ? null : new ScriptRun(options.script());
    HttpClient http = HttpClient.newBuilder().proxy(ProxySelector.getDefault()).build();
    try {
      ConnectTarget target = options.program() == null ? ConnectTarget.of(http, options.url())
          : new ProgramTarget(options.program(), out, err).find(options.url());
      if (script == null && isTerminal())
        return new ClientTerminal(target.routes()).run((display, sink) -> open(
            http, target, display, sink));
      ClientDisplay display = new ClientDisplay(new FrameText(colors()), out::println, err::println);
      try {
        return script == null ? lines(http, target, display) : script(http, target, display, script);
      } catch (NotConnectedException e) {
        display.failure(String.valueOf(e.getMessage()));
        return FAILED;
      }
    } finally {
      http.shutdownNow();
    }
  }

  private boolean isTerminal() {
    return in.equals(System.in) && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private boolean colors() {
    return out.equals(System.out) && isTerminal() && System.getenv("NO_COLOR") == null;
  }

  /** Connects, and tells so; of an app on this machine also the connection's id, or why it was refused. */
  private ClientLink open(HttpClient http, ConnectTarget target, ClientDisplay display, Consumer<Arrived> sink)
      throws NotConnectedException, InterruptedException {
    byte[] random = new byte[12];
    ThreadLocalRandom.current().nextBytes(random);
    String token = target.app().isPresent() ? HexFormat.of().formatHex(random) : "";
    var url = options.withQuery(target.url(), token.isEmpty() ? "" : "pinion-client=" + token);
    try {
      ClientLink link = ClientLink.open(http, new Handshake(url, options.headers(), options.subprotocols()), sink);
      String id = known(target, token).flatMap(RunningApp.Client::connectionId).map(each -> ", connection " + each)
          .orElse("");
      String chosen = link.subprotocol().isEmpty() ? "" : ", subprotocol " + link.subprotocol();
      display.note("connected to " + target.url() + id + chosen);
      return link;
    } catch (NotConnectedException e) {
      String why = known(target, token).flatMap(RunningApp.Client::why).map(each -> ": " + each).orElse("");
      throw new NotConnectedException(e.getMessage() + why, e);
    }
  }

  private static Optional<RunningApp.Client> known(ConnectTarget target, String token) throws InterruptedException {
    Optional<RunningApp> app = token.isEmpty() ? Optional.empty() : target.app();
    return app.isPresent() ? app.get().client(token) : Optional.empty();
  }

  private int script(HttpClient http, ConnectTarget target, ClientDisplay display, ScriptRun script)
      throws NotConnectedException, InterruptedException {
    ClientLink link = open(http, target, display, what -> {
      display.arrived(what);
      script.arrived(what);
    });
    try (Interrupted _ = new Interrupted(link)) {
      script.run(link, display);
      return link.end().isLost() ? FAILED : PinionCommand.OK;
    } catch (ScriptRun.UnexpectedException e) {
      link.close(NORMAL, "");
      err.println(e.getMessage());
      return FAILED;
    }
  }

  /** Sends the lines of the input as they are. */
  private int lines(HttpClient http, ConnectTarget target, ClientDisplay display)
      throws NotConnectedException, InterruptedException, IOException {
    ClientLink link = open(http, target, display, display::arrived);
    try (Interrupted _ = new Interrupted(link)) {
      BufferedReader input = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
      boolean open = true;
      for (String line = input.readLine(); open && line != null; line = input.readLine()) {
        if (!link.isEnded()) display.sent(line);
        open = link.send(line);
      }
      if (open) {
        var _ = link.waitUntilEnded(options.linger());
      }
      if (!link.isEnded()) link.close(NORMAL, "");
      return link.end().isLost() ? FAILED : PinionCommand.OK;
    }
  }

  /** Closes a connection when the process is interrupted, as by Ctrl-C. */
  private static final class Interrupted implements AutoCloseable {
    private final Thread hook;

    Interrupted(ClientLink link) {
      hook = Thread.ofPlatform().name("pinion-close").unstarted(() -> {
        try {
          link.close(NORMAL, "");
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
      try {
        var _ = Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException ending) {
        // the hook runs
      }
    }
  }
}
