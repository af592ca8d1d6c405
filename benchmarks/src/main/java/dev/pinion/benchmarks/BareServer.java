package dev.pinion.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The floor: what a WebSocket server costs on this JVM that has no handlers, ids, tables, limits or close codes. One
 * thread echoes each message, or sends it to all clients. What was read together is answered in one write. It takes
 * what the benchmark's clients send: whole text frames in ASCII, of less than 64 KiB.
 */
public final class BareServer {
  private final Selector selector = Selector.open();
  private final ServerSocketChannel listening = ServerSocketChannel.open();
  private final boolean broadcasts;
  private final List<BareClient> clients = new ArrayList<>();
  /** The clients for which something is to be written at the end of this turn. */
  private final List<BareClient> waiting = new ArrayList<>();

  private BareServer(boolean broadcasts) throws IOException {
    this.broadcasts = broadcasts;
    listening.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1024);
    listening.configureBlocking(false);
    listening.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Argument: {@code echo} or {@code broadcast}. Prints the URL, and runs until the process is ended. */
  public static void main(String[] arguments) throws IOException {
    BareServer server = new BareServer(arguments[0].equals("broadcast"));
    System.out.println("ws://127.0.0.1:" + ((InetSocketAddress) server.listening.getLocalAddress()).getPort() + "/");
    while (true) {
      server.turn();
    }
  }

  private void turn() throws IOException {
    selector.select(this::ready);
    for (BareClient client : waiting) {
      client.write();
    }
    waiting.clear();
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else if (key.attachment() instanceof BareClient client) {
        serve(key, client);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() throws IOException {
    SocketChannel socket = listening.accept();
    if (socket == null) {
      return;
    }
    socket.configureBlocking(false);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    BareClient client = new BareClient(socket, this);
    client.key(socket.register(selector, SelectionKey.OP_READ, client));
    clients.add(client);
  }

  private void serve(SelectionKey key, BareClient client) throws IOException {
    if (key.isWritable()) {
      client.write();
    }
    if (key.isReadable() && !client.read()) {
      clients.remove(client);
      client.close();
    }
  }

  /** Answers a message: its frame, which the server may send but not change. */
  void message(BareClient from, ByteBuffer frame) {
    if (broadcasts) {
      ByteBuffer shared = ByteBuffer.allocateDirect(frame.remaining()).put(frame).flip();
      clients.forEach(client -> client.add(shared.duplicate()));
    } else {
      from.reply(frame);
    }
  }

  /** Lets a client write at the end of this turn. */
  void later(BareClient client) {
    waiting.add(client);
  }
}
