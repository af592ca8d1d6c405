package dev.pinion.sim;

import dev.pinion.AttributeValue;
import dev.pinion.Item;
import dev.pinion.Scan;
import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.Network;
import dev.pinion.gateway.ConnectionStatus;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.Limit;
import dev.pinion.sim.ShownTexts.Shown;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Page;
import dev.pinion.spi.TableModel;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What the page asks for: events, connections, the app, the settings. Any thread. */
final class ConsoleViews {
  private static final int MOST_CONNECTIONS = 500;
  private static final int MOST_ROWS = 20;
  private static final int MOST_LETTERS = 20;
  private static final int MOST_SCANNED = 100_000;
  private static final int ROW_CHARACTERS = 4_000;
  private static final long PATIENCE_MILLIS = 20_000;

  private final Console console;
  private final RowTexts texts;

  /** Connections that are open. */
  record Connections(int open, int found, List<One> connections) {}

  /** A connection that is open. */
  record One(
      String webSocket, String id, long since, String address, Optional<String> userAgent, long lastActiveAt,
      long messagesReceived, long bytesReceived, long framesSent, long bytesSent) {
    static One of(String webSocket, ConnectionStatus status) {
      ConnectionContext context = status.context();
      return new One(
          webSocket, context.connectionId(), context.connectedAt(), context.sourceIp(), context.userAgent(),
          status.lastActiveAt(), status.messagesReceived(), status.bytesReceived(), status.framesSent(),
          status.bytesSent());
    }
  }

  /** A connection's last frames, as far as somebody has looked. */
  record Frames(boolean open, Optional<Slow> network, List<Recorder.Frame> frames) {}

  /** A network that may be slow. */
  record Slow(long delayMillis, long bytesPerSecond) {
    static Slow of(Network network) {
      return new Slow(network.delay().toMillis(), network.bytesPerSecond());
    }
  }

  /** A row that has a connection's id, with its key as DynamoDB's protocol writes it. */
  record Row(String table, Map<String, Object> key, Shown row) {}

  /** The rows that have a connection's id; not all if there are too many rows. */
  record Rows(List<Row> rows, boolean all) {}

  /** The dead letters of a task, queue or table: how many, at most a thousand, and the last ones. */
  record Dead(int count, List<Letter> letters) {}

  /** A dead letter. */
  record Letter(Shown body, Shown error, int attempts, long at) {}

  /** A fault that can be switched. */
  record Switch(String kind, String what, double rate) {}

  /**
   * A limit of the gateway.
   *
   * @param usual its value unless somebody changes it
   */
  record Bound(String id, String text, String meaning, String unit, long most, long value, long usual) {}

  /** What can be changed while the app runs. */
  record Settings(
      boolean changeable, List<Switch> faults, long seed, int happened, Slow network, List<Bound> limits,
      long aheadMillis, long now) {}

  ConsoleViews(Console console) {
    this.console = console;
    texts = new RowTexts(console.recording().json());
  }

  /** Returns the answer to a GET; empty if there is none. */
  Optional<Object> answer(HttpRequest request) throws InterruptedException {
    return switch (request.path()) {
      case "/page/events.json" -> Optional.of(
          console.recording().poll(
              number(request, "after").orElse(0L) + 1,
              parameter(request, "wait").isPresent() ? PATIENCE_MILLIS : 0));
      case "/page/connections.json" -> Optional.of(connections(parameter(request, "find").orElse("")));
      case "/page/connection.json" -> Optional.of(frames(request));
      case "/page/rows.json" -> Optional.of(rows(parameter(request, "id").orElse("")));
      case "/page/model.json" -> Optional.of(console.description());
      case "/page/dead.json" -> Optional.of(dead(parameter(request, "id").orElse("")));
      case "/page/settings.json" -> Optional.of(settings());
      default -> Optional.empty();
    };
  }

  private static Optional<String> parameter(HttpRequest request, String name) {
    Matcher found = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(request.query());
    return found.find() ? Optional.of(URLDecoder.decode(found.group(1), UTF_8)) : Optional.empty();
  }

  private static Optional<Long> number(HttpRequest request, String name) {
    return parameter(request, name).filter(each -> each.matches("\\d{1,18}")).map(Long::parseLong);
  }

  private Connections connections(String text) {
    Predicate<ConnectionContext> wanted = each -> text.isEmpty() || each.connectionId().contains(text)
        || each.sourceIp().contains(text) || each.userAgent().filter(agent -> agent.contains(text)).isPresent();
    int open = 0;
    List<One> found = new ArrayList<>();
    for (Map.Entry<String, Gateway> each : console.gateways().entrySet()) {
      open += each.getValue().connections();
      each.getValue().connections(wanted, MOST_CONNECTIONS + 1)
          .forEach(status -> found.add(One.of(each.getKey(), status)));
    }
    found.sort(Comparator.comparingLong(One::since).reversed());
    return new Connections(open, found.size(), found.stream().limit(MOST_CONNECTIONS).toList());
  }

  private Frames frames(HttpRequest request) {
    String id = parameter(request, "id").orElse("");
    Recorder recorder = console.recording().recorder();
    Optional<Slow> open = console.gateways().values().stream()
        .flatMap(each -> each.connections(one -> one.connectionId().equals(id), 1).stream()).findFirst()
        .map(each -> Slow.of(each.network()));
    return new Frames(open.isPresent(), open, recorder == null ? List.of() : recorder.frames(id));
  }

  private Dead dead(String id) {
    NewestLetters newest = console.newestLetters(id, MOST_LETTERS);
    ShownTexts shown = console.recording().texts();
    return new Dead(
        newest.count(), newest.letters().stream().map(
            each -> new Letter(
                shown.of(each.body(), ROW_CHARACTERS), shown.of(each.error(), ROW_CHARACTERS), each.attempts(),
                each.at().toEpochMilli()))
            .toList());
  }

  /** Looks through all tables for rows that have an id as the value of an attribute, or in one. */
  private Rows rows(String id) {
    List<Row> rows = new ArrayList<>();
    boolean all = true;
    for (TableModel table : console.model().tables()) {
      Optional<Item> next = Optional.empty();
      int scanned = 0;
      do {
        Page page = console.store().scan(table, Scan.all(), next);
        for (Item item : page.items()) {
          if (has(item, id) && rows.size() < MOST_ROWS) rows.add(row(table, item));
        }
        scanned += page.items().size();
        next = page.lastEvaluatedKey();
      } while (next.isPresent() && scanned < MOST_SCANNED && rows.size() < MOST_ROWS);
      all &= next.isEmpty();
    }
    return new Rows(rows, all && rows.size() < MOST_ROWS);
  }

  private static boolean has(Item item, String id) {
    return item.attributes().values().stream().anyMatch(each -> has(each, id));
  }

  private static boolean has(AttributeValue value, String id) {
    return switch (value) {
      case AttributeValue.S(String text) -> text.equals(id);
      case AttributeValue.Ss(var texts) -> texts.contains(id);
      case AttributeValue.L(var values) -> values.stream().anyMatch(each -> has(each, id));
      case AttributeValue.M(var values) ->
          values.containsKey(id) || values.values().stream().anyMatch(each -> has(each, id));
      default -> false;
    };
  }

  private Row row(TableModel table, Item item) {
    return new Row(
        table.id(), RowTexts.key(table, item, console.recording().texts()),
        console.recording().texts().of(texts.of(item), ROW_CHARACTERS));
  }

  private List<Bound> limits() {
    return Stream.of(Limit.values()).map(
        each -> new Bound(
            each.name(), each.text(), each.meaning(), each.unit().name(), each.unit().most(),
            console.moment().now(each), console.moment().usual(each)))
        .toList();
  }

  private Settings settings() {
    List<Switch> switches = new ArrayList<>();
    console.faults().ifPresent(faults -> {
      for (Fault.Kind kind : Fault.Kind.values()) {
        switches.add(new Switch(kind.text, kind.happened, faults.rate(kind)));
      }
    });
    return new Settings(
        console.faults().isPresent() && console.clock().isPresent(), switches,
        console.faults().map(Faults::seed).orElse(0L), console.faults().map(Faults::happened).orElse(0),
        Slow.of(console.moment().network()), limits(),
        console.clock().map(MovableClock::ahead).orElse(0L),
        console.clock().map(MovableClock::millis).orElseGet(System::currentTimeMillis));
  }
}
