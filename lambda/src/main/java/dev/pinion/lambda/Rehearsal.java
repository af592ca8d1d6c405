package dev.pinion.lambda;

import dev.pinion.Attribute;
import dev.pinion.AttributeType;
import dev.pinion.AttributeValue;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.awsclient.AwsClient;
import dev.pinion.awsclient.AwsService;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.Batching;
import dev.pinion.spi.OutgoingMessage;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.Read;
import dev.pinion.spi.Sender;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.Write;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Executes a function's code once without an event, a handler or a row: it reads a sample event, makes each call to AWS
 * without sending it, and sends requests that need no permission, which resolve names and prepare TLS.
 */
final class Rehearsal {
  private static final String ANSWER =
      "{\"Item\":{\"a\":{\"S\":\"a\"}},"
          + "\"Items\":[{\"a\":{\"M\":{\"b\":{\"N\":\"1\"}}}}],\"Attributes\":{\"a\":{\"L\":[]}}}";
  private static final int CONNECTIONS = 3;
  /** After so long no further connection is made: AWS ends a preparation that takes long. */
  private static final long REACH_NANOS = 4_000_000_000L;
  private static final TableModel TABLE =
      new TableModel(
          "rehearsal", new KeyAttribute("a", AttributeType.STRING), Optional.empty(), List.of(), Optional.empty(),
          false,
          false, new SourceLocation("none", 0));

  private static final QueueModel QUEUE = new QueueModel(
      "rehearsal", String.class, Optional.empty(), Batching.OF_MESSAGES, 1, Optional.empty(),
      new SourceLocation("none", 0));
  private static final OutgoingMessage MESSAGE =
      new OutgoingMessage("{}", Duration.ZERO, Optional.empty(), Optional.empty());

  private final Environment environment;
  private final AwsClient client;
  private final Pause pause;
  private final Instance instance;
  private final RecordCodec json;

  Rehearsal(Environment environment, AwsClient client, Pause pause, Instance instance, RecordCodec json) {
    this.json = json;
    this.environment = environment;
    this.client = client;
    this.pause = pause;
    this.instance = instance;
  }

  /** Runs the rehearsal, first what stays in the process; failures are logged and ignored. */
  void run() {
    List<Runnable> parts = new ArrayList<>(List.of(instance::rehearse));
    List<URI> reached = new ArrayList<>();
    AwsClient nowhere = client.rehearsing(ANSWER);
    if (!environment.tables().isEmpty()) {
      parts.add(() -> rows(new DynamoDbStore(new DynamoDb(nowhere), TableModel::id, pause)));
      reached.add(client.endpoint(AwsService.DYNAMODB).resolve("/ping"));
    }
    if (!environment.tasks().isEmpty()) {
      parts.add(() -> LambdaTasks.start(nowhere, "rehearsal", "{}"));
      reached.add(client.endpoint(AwsService.LAMBDA));
    }
    if (!environment.queues().isEmpty()) {
      AwsClient sent = client.rehearsing("{\"MessageId\":\"m\"}");
      parts.add(() -> new SqsSender(sent, _ -> "https://localhost/", json).sendMessage(QUEUE, MESSAGE));
      reached.add(client.endpoint(AwsService.SQS));
    }
    environment.webSockets()
        .values()
        .forEach(endpoints -> {
          Sender sender =
              new ManagementSender(nowhere, endpoints.callback(), endpoints.url(), pause, System.err::println);
          parts.add(() -> sender.postToConnection("rehearsal", "{}"));
          reached.add(URI.create(endpoints.callback()));
        });
    parts.forEach(Rehearsal::attempt);
    long until = System.nanoTime() + REACH_NANOS;
    reached.forEach(each -> attempt(() -> reach(each, until)));
  }

  private static void attempt(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      System.err.println("warning: the first invocation may be slower, as its rehearsal failed: " + e);
    }
  }

  private static void rows(DynamoDbStore store) {
    Key key = Key.of("a", "a");
    Attribute a = Attribute.attribute("a");
    var _ = store.putItem(new Write.Put(TABLE, Item.of("a", "a", "b", 1, "c", List.of()), Optional.of(a.exists())));
    var _ = store.updateItem(new Write.UpdateItem(TABLE, key, List.of(a.set("b")), Optional.empty()));
    var _ = store.deleteItem(new Write.Delete(TABLE, key, Optional.empty()));
    var _ = store.getItem(new Read(TABLE, key, List.of(a), false));
    var _ = store.query(TABLE, Query.hashKey(new AttributeValue.S("a")), Optional.empty());
    var _ = store.scan(TABLE, Scan.all(), Optional.empty());
  }

  /**
   * Sends unsigned requests, each on a connection of its own, which would not survive the snapshot. The first makes a
   * session of TLS, and the others resume it, as the first connection after the restore does.
   */
  private void reach(URI uri, long until) {
    try {
      for (int i = 0; i < CONNECTIONS && System.nanoTime() - until < 0; i++) {
        client.touch(uri);
      }
    } catch (IOException e) {
      throw new IllegalStateException("no answer from " + uri.getHost() + ": " + e.getMessage(), e);
    }
  }
}
