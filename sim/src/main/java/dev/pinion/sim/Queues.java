package dev.pinion.sim;

import dev.pinion.QueueMessage;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.json.RecordCodec;
import dev.pinion.sim.CallRecording.Answered;
import dev.pinion.sim.CallRecording.Called;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.BatchItems;
import dev.pinion.spi.ConsumerModel;
import dev.pinion.spi.Delivery;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.HandlerScope;
import dev.pinion.spi.Lineage;
import dev.pinion.spi.OutgoingMessage;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.QueueSender;
import dev.pinion.spi.SqsQuotas;
import dev.pinion.tables.BatchRule;
import dev.pinion.tables.MessageStore;
import dev.pinion.tables.NewMessage;
import dev.pinion.tables.StackRoom;
import dev.pinion.tables.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The queues of a running app, with SQS's behavior: a message is kept until its handler has succeeded, comes again
 * after the visibility timeout if it has failed, and is a dead letter when it was received too often. Any thread.
 */
final class Queues implements AsyncWork<ConsumerModel, MessageBatch>, QueueSender, Deliveries.Source {
  /** How many batches of a queue are handled at once; on AWS, five at first, and more and more of them. */
  private static final int AT_ONCE = 50;

  private final SteadyClock clock;
  private final LocalMessages messages;
  private final QueueListener listener;
  private final RecordCodec json;
  private final CallRecording calls;
  private final AsyncRuns<ConsumerModel, MessageBatch> runs;
  private final Deduplication deduplication = Deduplication.inMemory();
  private final DeadLetters letters;
  private final StoreWrites writes;
  private final Deliveries deliveries = new Deliveries(this, new MessageRoom(), AT_ONCE);
  /** What the handler of a message threw last, by the message's number. */
  private final Map<Long, String> errors = new ConcurrentHashMap<>();
  private volatile Optional<Present> present = Optional.empty();
  private volatile boolean started;

  /** The queues of a program, and its log. */
  private record Present(List<QueueModel> queues, AsyncLog log) {
    Present {
      queues = List.copyOf(queues);
    }

    Optional<QueueModel> queue(String id) {
      return queues.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    Stream<QueueModel> handled() {
      return queues.stream().filter(each -> each.onMessage().isPresent());
    }

    List<String> handledIds() {
      return handled().map(QueueModel::id).toList();
    }
  }

  Queues(SimulatorBuilder options, LocalMessages messages, RecordCodec json, Recording recording) {
    clock = messages.clock;
    this.messages = messages;
    this.listener = options.queues;
    this.json = json;
    calls = new CallRecording(recording);
    runs = new AsyncRuns<>(clock, this);
    writes = new StoreWrites(messages);
    letters = new DeadLetters(messages, options.clock, QueueMessages::keptSince);
  }

  /** Goes on with the queues of a program. Handlers that run end where they began. */
  void replace(AppModel app, AsyncLog log) {
    present = Optional.of(new Present(app.queues(), log));
    if (started) start();
  }

  /** Begins to call handlers. */
  void start() {
    started = true;
    Present now = present.orElseThrow();
    if (now.queues.isEmpty()) return;
    for (String queue : store().queues()) {
      QueueMessages.id(queue).filter(id -> now.queue(id).isEmpty())
          .ifPresent(id -> now.log.undeclaredQueue(id, store().size(queue)));
    }
    now.queues.forEach(each -> writes.write(now.log, _ -> letters.forgetOld(QueueMessages.dead(each.id()))));
    deliveries.deliver(now.handledIds());
  }

  /** Whether no handler waits for messages. */
  boolean isEmpty() {
    return present.stream().flatMap(Present::handled).findFirst().isEmpty();
  }

  private MessageStore store() {
    return messages.open();
  }

  @Override
  public String sendMessage(QueueModel queue, OutgoingMessage message) {
    StackRoom.need();
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    Lineage lineage = HandlerScope.currentLineage();
    NewMessage kept = QueueMessages.sent(queue.id(), message, id.toString(), lineage, now);
    UUID sent = messages.keep(store -> {
      if (Deduplication.isNeeded(queue, message)) {
        return deduplication.send(queue, message.deduplicationId().orElseThrow(), kept, id, clock, store);
      }
      store.append(kept);
      return id;
    });
    if (message.delay().isZero() && started) deliveries.deliverLater(List.of(queue.id()));
    return sent.toString();
  }

  private Optional<QueueModel> handled(String id) {
    return present.flatMap(each -> each.queue(id)).filter(each -> each.onMessage().isPresent());
  }

  private AsyncLog log() {
    return present.orElseThrow().log;
  }

  @Override
  public OptionalInt most(String id) {
    Optional<QueueModel> queue = started ? handled(id) : Optional.empty();
    return queue.isPresent() ? OptionalInt.of(queue.get().batching().size()) : OptionalInt.empty();
  }

  /** Takes messages that are due and may be handled. */
  @Override
  public List<StoredMessage> take(String id, MessageRoom.Share share) {
    Instant now = clock.instant();
    Optional<QueueModel> queue = handled(id);
    if (queue.isEmpty()) return List.of();
    return writes.take(
        log(), now, () -> store().take(QueueMessages.queue(id), rule(queue.get()), now, LocalMessages.NEVER),
        taken -> taken.stream().filter(each -> mayLive(queue.get(), each, now)).toList());
  }

  @Override
  public boolean begin(String id, List<StoredMessage> batch) {
    Instant now = clock.instant();
    String first = QueueMessages.messageId(batch.getFirst());
    String what = batch.size() == 1 ? "message " + first : batch.size() + " messages";
    AsyncEvent<MessageBatch> event = new AsyncEvent<>(new MessageBatch(batch), first, what, now);
    Optional<ConsumerModel> handler = handled(id).flatMap(QueueModel::onMessage);
    boolean begun = false;
    try {
      begun = handler.isPresent() && runs.start(handler.get(), log(), event, batch.getFirst().receives());
      return begun;
    } finally {
      if (!begun) writes.giveBack(log(), batch, now);
    }
  }

  @Override
  public void failed(Throwable failure) {
    if (started) writes.failed(log(), failure);
  }

  private static BatchRule rule(QueueModel queue) {
    return new BatchRule(queue.batching().size(), SqsQuotas.LARGEST_EVENT, queue.batching().window());
  }

  /** Returns whether a message may be handled; otherwise it is a dead letter, or forgotten, from now on. */
  private boolean mayLive(QueueModel queue, StoredMessage message, Instant now) {
    AsyncLog log = log();
    ConsumerModel handler = queue.onMessage().orElseThrow();
    String id = QueueMessages.messageId(message);
    if (QueueMessages.sentTime(message).plus(SqsQuotas.RETENTION).isBefore(now)) {
      store().delete(List.of(message.id()));
      errors.remove(message.id());
      log.forgotten(handler, queue.id(), id);
      return false;
    }
    Optional<String> why = refusal(queue, handler, message);
    why.ifPresent(each -> bury(queue, message, each, now));
    why.ifPresent(
        each -> log.dead(
            handler, id, queue.id() + " for message " + id, ": " + each + ". It is in the dead letters"));
    return why.isEmpty();
  }

  private Optional<String> refusal(QueueModel queue, ConsumerModel handler, StoredMessage message) {
    if (message.receives() > queue.maxReceives()) {
      String last = errors.getOrDefault(message.id(), "");
      return Optional.of(
          "it was received " + (message.receives() - 1) + " times"
              + (last.isEmpty() ? "" : ", and the handler failed with " + last));
    }
    if (QueueMessages.lineage(message).isLoop(queue.id()) && !handler.options().recursiveLoop()) {
      return Optional.of(
          "it was called " + Lineage.MOST + " times in one chain of calls, and Lambda stops such a loop. If it is"
              + " meant, add allowRecursiveLoop()");
    }
    return Optional.empty();
  }

  /** Moves a message to the dead letters, in one step. */
  private void bury(QueueModel queue, StoredMessage message, String error, Instant now) {
    letters.add(message.id(), QueueMessages.dead(queue.id(), message, error, now));
    errors.remove(message.id());
    listener.dead(queue.id(), message.body());
  }

  @Override
  public void handle(AsyncRun<ConsumerModel, MessageBatch> run) throws Exception {
    MessageBatch batch = run.event.payload();
    boolean ordered = batch.messages().stream().anyMatch(each -> each.group().isPresent());
    batch.failed().addAll(BatchItems.failed(batch.messages(), ordered, each -> succeeds(run, each)));
  }

  private boolean succeeds(AsyncRun<ConsumerModel, MessageBatch> run, StoredMessage message) {
    if (!run.goesOn()) return false;
    try {
      call(run.handler, QueueMessages.delivery(message), run.log.lines(), false);
      return !run.isInterrupted();
    } catch (Throwable failure) {
      if (run.goesOn()) failed(run, message, failure);
      return false;
    }
  }

  /** Calls a handler by hand, on this thread. */
  void again(ConsumerModel onMessage, String body) throws Exception {
    QueueMessage about = new QueueMessage("by hand", 1, clock.instant(), Optional.empty());
    AppLines lines = present.orElseThrow().log.lines();
    HandlerContext.of(onMessage, () -> call(onMessage, new Delivery(body, about, Lineage.NONE), lines, true));
  }

  private void call(ConsumerModel onMessage, Delivery delivery, AppLines lines, boolean again) throws Exception {
    long at = clock.millis();
    calls.call(
        () -> new Called(
            CallKind.QUEUE, delivery.about().messageId(), onMessage, at,
            again ? Optional.empty() : Optional.of(delivery.about().receiveCount()), again,
            Optional.of(delivery.body()),
            Optional.of(new Recorder.Request(CallKind.QUEUE, onMessage.path(), delivery.body())), lines),
        () -> {
          Dispatcher.dispatch(delivery, onMessage, json);
          return Answered.NOTHING;
        },
        answered -> answered);
  }

  private void failed(AsyncRun<ConsumerModel, MessageBatch> run, StoredMessage message, Throwable failure) {
    errors.put(message.id(), FailureText.kept(failure));
    run.log.failed(
        run.handler, QueueMessages.messageId(message), message.receives(), visibility(run.handler), failure);
    listener.handled(run.handler.path(), message.body(), message.receives(), Optional.of(failure));
  }

  private Duration visibility(ConsumerModel handler) {
    return present.flatMap(each -> each.queue(handler.path())).map(QueueModel::visibilityTimeout)
        .orElse(handler.options().timeout());
  }

  @Override
  public void ended(AsyncRun<ConsumerModel, MessageBatch> run, Optional<Throwable> failure) {
    MessageBatch batch = run.event.payload();
    try {
      note(run, failure);
    } finally {
      deliveries.ended(run.handler.path(), batch.messages());
    }
  }

  private void note(AsyncRun<ConsumerModel, MessageBatch> run, Optional<Throwable> failure) {
    MessageBatch batch = run.event.payload();
    List<StoredMessage> failed = failure.isPresent() ? batch.messages() : batch.failed();
    List<StoredMessage> handled = new ArrayList<>(batch.messages());
    handled.removeAll(failed);
    Instant again = run.event.since().plus(visibility(run.handler));
    try {
      failure.ifPresent(each -> failed.forEach(message -> failed(run, message, each)));
      handled.forEach(each -> errors.remove(each.id()));
      // Told before the next message of the same group can be handled.
      handled.forEach(
          each -> listener.handled(run.handler.path(), each.body(), each.receives(), Optional.empty()));
    } finally {
      if (!handled.isEmpty()) writes.write(run.log, store -> store.delete(StoreWrites.ids(handled)));
      if (!failed.isEmpty()) writes.write(run.log, store -> store.due(StoreWrites.ids(failed), again));
    }
  }

  /** Interrupts handlers whose time is over, and begins to handle the messages that are due. */
  void due() {
    runs.due();
    if (!started) return;
    writes.again(log());
    forgetIds();
    deliveries.deliver(present.orElseThrow().handledIds());
  }

  private void forgetIds() {
    List<QueueModel> queues = present.orElseThrow().queues;
    if (queues.isEmpty()) return;
    try {
      deduplication.forget(queues, clock, store());
    } catch (IllegalStateException _) {
      // the disk is full, and they are forgotten later
    }
  }

  /** Returns when {@link #due} has something to do next. */
  Optional<Instant> nextDue() {
    Stream<Instant> messages = present.stream().flatMap(Present::handled)
        .filter(each -> deliveries.hasRoom(each.id()))
        .flatMap(each -> store().nextDue(QueueMessages.queue(each.id()), rule(each)).stream())
        .filter(LocalMessages.NEVER::isAfter);
    return Stream.concat(messages, runs.next().stream()).min(Comparator.naturalOrder()).map(clock::byTheOther);
  }

  /** Returns the texts of a queue's messages, also of those that are handled at this moment; at most a thousand. */
  List<String> waiting(String queue) {
    return store().list(QueueMessages.queue(queue), 0, 1_000).stream().map(StoredMessage::body).toList();
  }

  /** Returns the dead letters of a queue, the oldest first, at most a thousand. */
  List<DeadLetter> deadLetters(String queue) {
    return letters.oldest(QueueMessages.dead(queue), QueueMessages::letter);
  }

  /** Returns how many dead letters there are, and the newest ones. */
  NewestLetters newestLetters(String queue, int most) {
    return letters.newest(QueueMessages.dead(queue), most, QueueMessages::letter);
  }

  /** Returns what people are told of a queue at the start; empty if it has no messages. */
  Optional<String> announced(QueueModel queue) {
    int waiting = store().size(QueueMessages.queue(queue.id()));
    String dead = QueueMessages.dead(queue.id());
    return waiting + store().size(dead) == 0 ? Optional.empty()
        : Optional.of(
            "queue        '" + queue.id() + "': " + (waiting == 1 ? "1 message, " : waiting + " messages, ")
                + letters.counted(dead));
  }

  /** Returns a line for each handler of an earlier program that still runs. */
  List<String> retired() {
    return runs.others(present.stream().flatMap(Present::handled).flatMap(each -> each.onMessage().stream()).toList());
  }

  /** Returns the handlers that run. */
  List<RunningHandler> running(AppStack stack) {
    return runs.running(stack);
  }

  HandlerLoad load() {
    return runs.load().plus(deliveries.load());
  }

  /**
   * Calls no more handlers, and waits for those that run.
   *
   * @return what had not finished, which comes again at the next start
   */
  List<String> close(Duration grace) {
    started = false;
    List<String> unfinished = runs.close(grace);
    writes.again(log());
    return unfinished;
  }
}
