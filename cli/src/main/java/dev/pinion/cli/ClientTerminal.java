package dev.pinion.cli;

import dev.pinion.cli.ClientLink.Arrived;
import dev.pinion.cli.ClientLink.NotConnectedException;
import java.io.IOException;
import java.util.function.Consumer;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

import static java.util.Objects.requireNonNull;

/** {@code connect} on a terminal: a line to edit, and what happens above it. */
final class ClientTerminal {
  private static final String COMPLETE = "pinion-complete";
  private static final String HELP = """
      A line is sent as a message. Tab completes the key of a route to a message for it.
        /routes                 the routes
        /ping [TEXT]            send a ping
        /send TEXT              send a text as it is; // at the start of a line sends one slash
        /close [CODE [REASON]]  close the connection; so do /quit, Ctrl-C and Ctrl-D
        /expect, /await, /wait, /timeout and /closed are for scripts""";

  private final KnownRoutes routes;

  /** What connects. */
  interface Opening {
    /**
     * Connects.
     *
     * @param sink receives what arrives
     */
    ClientLink open(ClientDisplay display, Consumer<Arrived> sink) throws NotConnectedException, InterruptedException;
  }

  ClientTerminal(KnownRoutes routes) {
    this.routes = routes;
  }

  /** Runs until the connection is closed, and returns the exit code. */
  int run(Opening opening) throws IOException, InterruptedException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).provider("exec").dumb(true).build()) {
      LineReader reader = LineReaderBuilder.builder().terminal(terminal)
          .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
          .option(LineReader.Option.ERASE_LINE_ON_FINISH, true).build();
      reader.getWidgets().put(COMPLETE, () -> complete(reader));
      requireNonNull(reader.getKeyMaps().get(LineReader.MAIN)).bind(new Reference(COMPLETE), KeyMap.ctrl('I'));
      FrameText text = new FrameText(!Terminal.TYPE_DUMB.equals(terminal.getType()) && noColor());
      ClientDisplay display = new ClientDisplay(text, reader::printAbove, reader::printAbove);
      Thread typing = Thread.currentThread();
      try {
        ClientLink link = opening.open(display, what -> {
          display.arrived(what);
          if (what instanceof Arrived.Ended) typing.interrupt();
        });
        if (!routes.routes().isEmpty()) display.note("Tab completes routes; /help shows commands");
        return talk(reader, link, display);
      } catch (NotConnectedException e) {
        display.failure(String.valueOf(e.getMessage()));
        return 1;
      }
    }
  }

  private static boolean noColor() {
    return System.getenv("NO_COLOR") == null;
  }

  private int talk(LineReader reader, ClientLink link, ClientDisplay display) throws InterruptedException {
    while (!link.isEnded()) {
      try {
        handle(reader.readLine("> "), link, display);
      } catch (UserInterruptException | EndOfFileException e) {
        if (!link.isEnded()) closed(link, 1000, "");
      } catch (IllegalArgumentException e) {
        display.failure(String.valueOf(e.getMessage()));
      }
    }
    return link.end().isLost() ? 1 : PinionCommand.OK;
  }

  /** Closes, although the end of the connection interrupts this thread. */
  private static void closed(ClientLink link, int code, String reason) throws InterruptedException {
    try {
      link.close(code, reason);
    } catch (InterruptedException e) {
      if (!link.isEnded()) link.close(code, reason);
    }
  }

  private void handle(String line, ClientLink link, ClientDisplay display) throws InterruptedException {
    switch (ClientLine.of(line)) {
      case ClientLine.Send(String text) -> {
        display.sent(text);
        var _ = link.send(text);
      }
      case ClientLine.Ping(String text) -> {
        if (link.ping(text)) display.note("sent ping " + text);
      }
      case ClientLine.Close(int code, String reason) -> closed(link, code, reason);
      case ClientLine.Routes _ -> routes.lines().forEach(display.notes());
      case ClientLine.Help _ -> HELP.lines().forEach(display.notes());
      case ClientLine.Nothing _ -> {
      }
      case ClientLine.Expect _, ClientLine.Wait _, ClientLine.Timeout _, ClientLine.Closed _ ->
          throw new IllegalArgumentException("this command is for scripts: pinion connect --script FILE");
    }
  }

  private boolean complete(LineReader reader) {
    KnownRoutes.Completed completed = routes.complete(reader.getBuffer().toString());
    reader.getBuffer().clear();
    reader.getBuffer().write(completed.line());
    if (completed.choices().size() > 1) reader.printAbove(String.join("  ", completed.choices()));
    return true;
  }
}
