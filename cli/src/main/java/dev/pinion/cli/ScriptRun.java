package dev.pinion.cli;

import dev.pinion.cli.ClientLink.Arrived;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A script of {@code connect}: its lines, and one run of them. */
final class ScriptRun {
  private static final int ONLY = 1000;

  private final Path file;
  private final List<ClientLine> lines = new ArrayList<>();
  private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
  private Duration timeout = Duration.ofSeconds(10);

  /** A line of the script was not followed by what it expects; the message has file and line. */
  static final class UnexpectedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnexpectedException(String message) {
      super(message);
    }
  }

  /**
   * Reads a script.
   *
   * @throws UserException if it cannot be read, with all lines that are not valid
   */
  ScriptRun(Path file) {
    this.file = file;
    List<String> mistakes = new ArrayList<>();
    for (String line : read()) {
      try {
        lines.add(ClientLine.ofScript(line));
      } catch (IllegalArgumentException e) {
        lines.add(new ClientLine.Nothing());
        mistakes.add(place(lines.size()) + "error: " + e.getMessage());
      }
    }
    if (!mistakes.isEmpty()) throw new UserException(String.join("\n", mistakes));
  }

  private List<String> read() {
    try {
      // Some editors begin a file with a byte order mark.
      return Files.readString(file).replaceFirst("^\ufeff", "").lines().toList();
    } catch (CharacterCodingException e) {
      throw new UserException("error: cannot read the script: " + file + " is not UTF-8: save it as UTF-8", e);
    } catch (IOException e) {
      throw new UserException("error: cannot read the script: " + FileTrouble.of(e).orElseGet(e::toString), e);
    }
  }

  private String place(int line) {
    return file + ":" + line + ": ";
  }

  /** Takes what arrives. Any thread. */
  void arrived(Arrived what) {
    if (!(what instanceof Arrived.Control)) arrived.add(what);
  }

  /** Runs the lines, and closes the connection. */
  void run(ClientLink link, ClientDisplay display) throws UnexpectedException, InterruptedException {
    for (int i = 0; i < lines.size(); i++) {
      String place = place(i + 1);
      switch (lines.get(i)) {
        case ClientLine.Send(String text) -> {
          if (!link.isEnded()) display.sent(text);
          if (!link.send(text)) throw new UnexpectedException(place + "error: not sent: " + link.end().text());
        }
        case ClientLine.Ping(String text) -> {
          if (!link.ping(text)) throw new UnexpectedException(place + "error: not sent: " + link.end().text());
        }
        case ClientLine.Expect expect -> expect(expect, place);
        case ClientLine.Wait(Duration time) -> {
          var _ = link.waitUntilEnded(time);
        }
        case ClientLine.Timeout(Duration time) -> timeout = time;
        case ClientLine.Close(int code, String reason) -> link.close(code, reason);
        case ClientLine.Closed closed -> closed(closed, link, place);
        case ClientLine.Routes _, ClientLine.Help _, ClientLine.Nothing _ -> {
        }
      }
    }
    if (!link.isEnded()) link.close(ONLY, "");
  }

  private void expect(ClientLine.Expect expect, String place) throws UnexpectedException, InterruptedException {
    String wanted = place + "error: expected " + FrameText.safe(expect.wanted().toString()) + ", but ";
    long end = System.nanoTime() + timeout.toNanos();
    for (;;) {
      Arrived next = arrived.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      switch (next) {
        case null -> throw new UnexpectedException(
            wanted + (expect.passing() ? "it did not come" : "nothing came") + " within " + timeout.toMillis() + " ms");
        case Arrived.Text(String text) when expect.wanted().fits(text) -> {
          return;
        }
        case Arrived.Text(String text) -> {
          if (!expect.passing()) throw new UnexpectedException(wanted + "received " + FrameText.safe(text));
        }
        case Arrived.Binary(String shown) -> {
          if (!expect.passing()) throw new UnexpectedException(wanted + "received " + shown);
        }
        case Arrived.Ended how -> throw new UnexpectedException(wanted + "the connection was " + how.text());
        case Arrived.Control _ -> {
        }
      }
    }
  }

  private void closed(ClientLine.Closed closed, ClientLink link, String place)
      throws UnexpectedException, InterruptedException {
    String wanted = place + "error: expected that the server closes the connection"
        + closed.code().map(code -> " with " + code).orElse("") + ", but ";
    if (!link.waitUntilEnded(timeout)) {
      throw new UnexpectedException(wanted + "it was still open after " + timeout.toMillis() + " ms");
    }
    Arrived.Ended how = link.end();
    if (closed.code().isPresent() && closed.code().get() != how.code()) {
      throw new UnexpectedException(wanted + "it was " + how.text());
    }
  }
}
