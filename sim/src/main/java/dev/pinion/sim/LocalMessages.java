package dev.pinion.sim;

import dev.pinion.ServiceUnavailableException;
import dev.pinion.spi.AppModel;
import dev.pinion.tables.MessageStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The messages of a run, in its data folder, which are opened when a program first needs them. Any thread. */
final class LocalMessages implements AutoCloseable {
  /** Until when nobody else gets a message whose handler runs. */
  static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private final Optional<Path> folder;
  private final Supplier<MessageStore> memory;
  /** By which all messages are due, and sent. */
  final SteadyClock clock;
  private final Consumer<String> lines;
  private Optional<MessageStore> store = Optional.empty();
  private boolean closed;

  private LocalMessages(Optional<Path> folder, SimulatorBuilder options, Consumer<String> lines) {
    this.folder = folder;
    memory = options.memory;
    clock = new SteadyClock(options.clock);
    this.lines = lines;
  }

  /**
   * The messages of a run with these options.
   *
   * @throws SimulatorException when there are messages that cannot be deleted
   */
  static LocalMessages of(SimulatorBuilder options, Consumer<String> lines) {
    if (options.inMemory) return new LocalMessages(Optional.empty(), options, lines);
    Path folder = options.data.resolve("messages");
    try {
      if (options.fresh && Files.exists(folder)) MessageStore.delete(folder);
    } catch (FileSystemException e) {
      throw new SimulatorException(String.valueOf(e.getMessage()), e);
    }
    return new LocalMessages(Optional.of(folder), options, lines);
  }

  /**
   * Returns the open messages.
   *
   * @throws SimulatorException when they cannot be opened; the message says what to do
   * @throws IllegalStateException when they are closed
   */
  synchronized MessageStore open() {
    if (closed) throw new IllegalStateException("the simulator is closed");
    if (store.isEmpty()) store = Optional.of(opened());
    return store.get();
  }

  /** Whether an app has messages: tasks, queues, or tables whose changes are handled. */
  static boolean has(AppModel app) {
    return !app.tasks().isEmpty() || !app.queues().isEmpty()
        || app.tables().stream().anyMatch(each -> each.onChange().isPresent());
  }

  /** Begins to open them, while something else is done. Failures are left to {@link #open}. */
  void openAhead() {
    Thread.ofPlatform().name("pinion-messages").daemon().inheritInheritableThreadLocals(false).start(() -> {
      try {
        var _ = open();
      } catch (RuntimeException _) {
        // it is opened again, where somebody sees why it fails
      }
    });
  }

  /**
   * Keeps messages that the app sends.
   *
   * @throws ServiceUnavailableException when they cannot be written
   */
  <T> T keep(Function<MessageStore, T> keeping) {
    try {
      return keeping.apply(open());
    } catch (IllegalStateException e) {
      ServiceUnavailableException refused = new ServiceUnavailableException(String.valueOf(e.getMessage()));
      refused.initCause(e);
      throw refused;
    }
  }

  /** Whether a program has needed them. */
  synchronized boolean isOpen() {
    return store.isPresent() && !closed;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  private MessageStore opened() {
    if (folder.isEmpty()) return memory.get();
    try {
      return MessageStore.open(folder.get(), clock, lines);
    } catch (FileSystemException e) {
      throw new SimulatorException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    store.ifPresent(MessageStore::close);
  }
}
