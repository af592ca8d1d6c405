package dev.pinion.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.random.RandomGenerator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One connection that a client uses badly, or whose handlers do. Each takes a second at most; its errors are expected.
 */
enum Misbehaviour {
  TALK {
    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      for (int i = 0; i < 20; i++) {
        send(socket, "hello " + i);
        read(socket, 16);
      }
      socket.getOutputStream().write(frame(0x88, new byte[] {3, (byte) 232}));
      read(socket, Integer.MAX_VALUE);
    }
  },
  STALL {
    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      send(socket, "flood");
      pause(random.nextInt(500));
    }
  },
  RESET {
    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      byte[] frame = frame(0x81, "x".repeat(5_000).getBytes(UTF_8));
      socket.getOutputStream().write(frame, 0, random.nextInt(frame.length));
      socket.setSoLinger(true, 0);
    }
  },
  HALF_CLOSE {
    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      send(socket, "last words");
      socket.shutdownOutput();
      read(socket, Integer.MAX_VALUE);
    }
  },
  PIPELINE {
    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      ByteArrayOutputStream many = new ByteArrayOutputStream();
      for (int i = 0; i < 300; i++) {
        many.writeBytes(frame(0x81, ("message " + i).getBytes(UTF_8)));
      }
      socket.getOutputStream().write(many.toByteArray());
      read(socket, 2_000);
    }
  },
  RUBBISH {
    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      rubbish(socket, random);
    }
  },
  TINY {
    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      for (int i = 0; i < 200; i++) {
        socket.getOutputStream().write(frame(i == 0 ? 0x01 : 0x00, new byte[] {'x'}));
      }
      for (byte each : frame(0x80, new byte[0])) {
        socket.getOutputStream().write(each);
      }
      read(socket, 100);
    }
  },
  COMPUTE {
    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      send(socket, "compute", 5);
      pause(random.nextInt(200));
    }
  },
  BLOCK {
    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      send(socket, "block", 10);
      pause(random.nextInt(400));
    }
  },
  THROW {
    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      send(socket, "throw");
      read(socket, 50);
    }
  },
  BROADCAST {
    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      send(socket, "broadcast " + "x".repeat(random.nextInt(2_000)));
      read(socket, 10);
    }
  },
  NO_HANDSHAKE {
    @Override
    boolean opens() {
      return false;
    }

    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      byte[] request = handshake(socket.getPort(), "/prod");
      socket.getOutputStream().write(request, 0, 1 + random.nextInt(request.length));
      pause(random.nextInt(50));
    }
  },
  NO_HTTP {
    @Override
    boolean opens() {
      return false;
    }

    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      rubbish(socket, random);
    }
  },
  PIPELINED_HTTP {
    @Override
    boolean opens() {
      return false;
    }

    @Override
    void use(Socket socket, RandomGenerator random) throws IOException {
      String get = "GET /nowhere HTTP/1.1\r\nHost: localhost:" + socket.getPort() + "\r\n\r\n";
      socket.getOutputStream().write(get.repeat(15).getBytes(ISO_8859_1));
      read(socket, 500);
    }
  };

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int PATIENCE_MILLIS = 1_000;

  abstract void use(Socket socket, RandomGenerator random) throws IOException;

  /** Whether the socket is a WebSocket when it is used. */
  boolean opens() {
    return true;
  }

  /** Connects, misbehaves, and closes the socket. Returns whether nothing failed. */
  boolean run(MeasuredServer server, RandomGenerator random) {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      if (this == STALL) {
        socket.setReceiveBufferSize(4_096);
      }
      socket.connect(new InetSocketAddress(LOOPBACK, server.port()), PATIENCE_MILLIS);
      if (opens()) {
        socket.getOutputStream().write(handshake(server.port(), server.path()));
        if (!head(socket).startsWith("HTTP/1.1 101 ")) return false;
      }
      use(socket, random);
      return true;
    } catch (IOException expected) {
      return false;
    }
  }

  static byte[] handshake(int port, String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        + "\r\nSec-WebSocket-Version: 13\r\n\r\n").getBytes(ISO_8859_1);
  }

  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) throw new IOException("the server closed after " + head);
      head.append((char) next);
    }
    return head.toString();
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(frame(0x81, text.getBytes(UTF_8)));
  }

  private static void send(Socket socket, String text, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      send(socket, text);
    }
  }

  private static void rubbish(Socket socket, RandomGenerator random) throws IOException {
    byte[] rubbish = new byte[1 + random.nextInt(2_000)];
    random.nextBytes(rubbish);
    socket.getOutputStream().write(rubbish);
    read(socket, Integer.MAX_VALUE);
  }

  /** Returns a frame whose mask is 0, so that its payload is as it is. */
  static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** Reads at least so many bytes, or until the server closes or has been silent for a second. */
  private static void read(Socket socket, int atLeast) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[16_384];
    try {
      for (long got = 0; got < atLeast;) {
        int now = in.read(buffer);
        if (now < 0) return;
        got += now;
      }
    } catch (SocketTimeoutException silent) {
      return;
    }
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
