package dev.pinion.sim;

import dev.pinion.spi.SqsQuotas;
import dev.pinion.tables.MessageStore;
import dev.pinion.tables.NewMessage;
import dev.pinion.tables.StoredMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** The dead letters of tasks, queues or tables, each in a queue of the message store. Any thread. */
final class DeadLetters {
  private static final int MOST = 1_000;
  /** So many old ones are read at once: they may be large. */
  private static final int AT_ONCE = 16;

  private final LocalMessages messages;
  private final InstantSource clock;
  private final Function<StoredMessage, Instant> since;

  /** @param since returns from when on the age of a dead letter counts */
  DeadLetters(LocalMessages messages, InstantSource clock, Function<StoredMessage, Instant> since) {
    this.messages = messages;
    this.clock = clock;
    this.since = since;
  }

  private MessageStore store() {
    return messages.open();
  }

  /** Makes a message a dead letter, in one step. */
  void add(long message, NewMessage letter) {
    forgetOld(letter.queue());
    store().replace(List.of(message), List.of(letter));
  }

  /**
   * Deletes those that are as old as SQS lets them become. They are due then; those of earlier versions of Pinion are
   * due earlier.
   */
  void forgetOld(String queue) {
    Instant now = clock.instant();
    for (List<StoredMessage> some = due(queue, now); !some.isEmpty(); some = due(queue, now)) {
      List<Long> old = some.stream().filter(each -> !end(each).isAfter(now)).map(StoredMessage::id).toList();
      if (!old.isEmpty()) store().delete(old);
      some.stream().filter(each -> end(each).isAfter(now))
          .forEach(each -> store().due(List.of(each.id()), end(each)));
    }
  }

  private List<StoredMessage> due(String queue, Instant now) {
    return store().listDue(queue, now, AT_ONCE);
  }

  private Instant end(StoredMessage letter) {
    return end(since.apply(letter));
  }

  /** Returns until when a dead letter is kept whose age counts since some time: from then on it is due. */
  static Instant end(Instant since) {
    return since.plus(SqsQuotas.DEAD_LETTER_RETENTION);
  }

  /** Returns them, the oldest first, at most a thousand. */
  List<DeadLetter> oldest(String queue, Function<StoredMessage, DeadLetter> letter) {
    return store().list(queue, 0, MOST).stream().map(letter).toList();
  }

  /** Returns how many there are, and the newest ones. */
  NewestLetters newest(String queue, int most, Function<StoredMessage, DeadLetter> letter) {
    return new NewestLetters(store().size(queue), store().newest(queue, most).stream().map(letter).toList());
  }

  /** Returns how many there are, in words. */
  String counted(String queue) {
    int count = store().size(queue);
    return count == 1 ? "1 dead letter" : count + " dead letters";
  }
}
