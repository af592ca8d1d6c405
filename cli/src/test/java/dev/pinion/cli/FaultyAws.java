package dev.pinion.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// All of AWS that a function reaches, where things go wrong: each request gets the next of some raw answers, the last
/// one for ever. Unsigned requests, such as those for keys, always get an answer.
final class FaultyAws implements AutoCloseable {
  /// Resets the connection.
  static final String RESET = "reset";
  /// Closes the connection without an answer.
  static final String CLOSE = "close";
  /// Never answers.
  static final String STALL = "stall";
  /// Begins an answer and never goes on.
  static final String HALF = "HTTP/1.1 200 HALF\r\nContent-Length: 10\r\n\r\n{}";
  /// Ends the connection in the middle of an answer.
  static final String CUT = "HTTP/1.1 200 CUT\r\nContent-Length: 10\r\n\r\n{}";
  /// Answers a byte at a time.
  static final String DRIP = "HTTP/1.1 200 DRIP\r\n";

  private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Request> requests = new ArrayList<>();
  /// What each connection of the app gets, by its id; what all else gets, by the empty text.
  private final Map<String, Script> scripts = new HashMap<>();

  /// A signed request: its line, and the time that it was signed with.
  record Request(String line, String date) {}

  private static final class Script {
    final List<String> answers;
    int next;

    Script(List<String> answers) {
      this.answers = answers;
    }

    String next() {
      return answers.get(Math.min(next++, answers.size() - 1));
    }
  }

  FaultyAws() throws IOException {
    Thread.startVirtualThread(this::accept);
  }

  /// A whole answer; headers end with a line break each.
  static String response(int status, String headers, String body) {
    return "HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /// Sets what all requests get from now on.
  synchronized void answers(List<String> answers) {
    scripts.clear();
    requests.clear();
    scripts.put("", new Script(List.copyOf(answers)));
  }

  /// Sets what requests about one connection get.
  synchronized void about(String connectionId, String... answers) {
    scripts.put(connectionId, new Script(List.of(answers)));
  }

  /// The signed requests since the answers were set.
  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  private synchronized String answer(String line, Map<String, String> headers) {
    if (!headers.getOrDefault("authorization", "").startsWith("AWS4")) {
      return response(200, "", "{\"AccessKeyId\": \"KEY\", \"SecretAccessKey\": \"s\", \"Token\": \"t\", "
          + "\"Expiration\": \"" + Instant.now().plusSeconds(30) + "\"}");
    }
    requests.add(new Request(line, headers.getOrDefault("x-amz-date", "")));
    String id = line.replaceFirst(".*/@connections/([^ ]*) .*", "$1");
    Script script = scripts.getOrDefault(id, scripts.getOrDefault("", new Script(List.of(response(200, "", "{}")))));
    return script.next();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean open = true;
      while (open) {
        String line = line(in);
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
          int colon = header.indexOf(':');
          headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
        }
        var _ = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        open = send(answer(line, headers), socket);
      }
    } catch (IOException _) {
      // the function has ended the connection
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sends an answer; whether the connection can be used again.
  private boolean send(String answer, Socket socket) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    switch (answer) {
      case RESET -> socket.setSoLinger(true, 0);
      case STALL -> closed.await();
      case CLOSE -> {
      }
      case CUT -> out.write(answer.getBytes(ISO_8859_1));
      case HALF -> {
        out.write(answer.getBytes(ISO_8859_1));
        closed.await();
      }
      case DRIP -> {
        for (byte each : (answer + "X: " + "y".repeat(1_000)).getBytes(ISO_8859_1)) {
          out.write(each);
          LockSupport.parkNanos(50_000_000);
        }
      }
      default -> {
        out.write(answer.getBytes(ISO_8859_1));
        return true;
      }
    }
    return false;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) throw new IOException("closed");
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
  }
}
