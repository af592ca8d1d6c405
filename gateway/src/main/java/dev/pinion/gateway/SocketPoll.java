package dev.pinion.gateway;

import dev.pinion.engine.PeerProbe;
import java.io.FileDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * Asks Linux with {@code poll(2)} whether the other end of a socket has left, without reading from it.
 *
 * <p>The JDK's selectors report this only for a socket that is read, and offer nothing else. {@code --add-opens} has to
 * open {@code java.base/sun.nio.ch} to this module; without that, or on another system, nothing is known.
 */
final class SocketPoll implements PeerProbe {
  /** {@code POLLRDHUP} of Linux: the other end sends nothing more. */
  private static final int FINISHED = 0x2000;
  /** {@code POLLERR} and {@code POLLHUP} of Linux, which are reported without being asked for. */
  private static final int LOST = 0x8 | 0x10;

  /** Takes a channel, and returns its descriptor. */
  private final MethodHandle descriptor;
  /** Takes a descriptor, the events to ask for and a time-out, and returns the events. */
  private final MethodHandle poll;

  private SocketPoll(MethodHandle descriptor, MethodHandle poll) {
    this.descriptor = descriptor;
    this.poll = poll;
  }

  /** Returns the probe of this JVM, {@link PeerProbe#NONE} where it has none. */
  static PeerProbe ofSystem() {
    return System.getProperty("os.name", "").equals("Linux")
        ? find().<PeerProbe>map(probe -> probe).orElse(NONE)
        : NONE;
  }

  private static Optional<SocketPoll> find() {
    try {
      Method descriptor = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFD");
      Method poll =
          Class.forName("sun.nio.ch.Net").getDeclaredMethod("poll", FileDescriptor.class, int.class, long.class);
      descriptor.setAccessible(true);
      poll.setAccessible(true);
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodType ofChannel = MethodType.methodType(FileDescriptor.class, SocketChannel.class);
      return Optional.of(new SocketPoll(lookup.unreflect(descriptor).asType(ofChannel), lookup.unreflect(poll)));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      System.getLogger(SocketPoll.class.getPackageName())
          .log(System.Logger.Level.DEBUG, "Clients that leave are noticed only when their sockets are read", e);
      return Optional.empty();
    }
  }

  @Override
  public State probe(SocketChannel channel) {
    int events;
    try {
      events = (int) poll.invokeExact((FileDescriptor) descriptor.invokeExact(channel), FINISHED, 0L);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      return State.CONNECTED; // poll has failed, and says nothing of the client
    }
    return (events & LOST) != 0 ? State.LOST : (events & FINISHED) != 0 ? State.FINISHED : State.CONNECTED;
  }
}
