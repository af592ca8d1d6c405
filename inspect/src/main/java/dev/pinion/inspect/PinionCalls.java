package dev.pinion.inspect;

import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.HandlerOptions;
import dev.pinion.HttpApi;
import dev.pinion.HttpApiBuilder;
import dev.pinion.MessageQueue;
import dev.pinion.Query;
import dev.pinion.QueueBuilder;
import dev.pinion.Scan;
import dev.pinion.Schedule;
import dev.pinion.ScheduleBuilder;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.TableBuilder;
import dev.pinion.Task;
import dev.pinion.TaskBuilder;
import dev.pinion.Tickets;
import dev.pinion.TransactGet;
import dev.pinion.TransactWrite;
import dev.pinion.WebSocket;
import dev.pinion.WebSocketBuilder;
import dev.pinion.inspect.Obj.Kind;
import dev.pinion.inspect.Obj.Resource;
import dev.pinion.inspect.Obj.Search;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskOperation;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls of Pinion's API: what acts is what a handler uses. */
final class PinionCalls implements Outside {
  /** By the methods of {@link Table}. */
  static final Map<String, RowOperation> ROWS = Map.of(
      "putItem",
      RowOperation.PUT_ITEM,
      "getItem",
      RowOperation.GET_ITEM,
      "getItemConsistently",
      RowOperation.GET_ITEM,
      "updateItem",
      RowOperation.UPDATE_ITEM,
      "deleteItem",
      RowOperation.DELETE_ITEM,
      "query",
      RowOperation.QUERY,
      "scan",
      RowOperation.SCAN,
      "batchGetItem",
      RowOperation.BATCH_GET_ITEM,
      "batchWriteItem",
      RowOperation.BATCH_WRITE_ITEM);
  /** By the methods of {@link TransactWrite} and {@link TransactGet} that name a table. */
  static final Map<String, RowOperation> PARTS = Map.of(
      "put",
      RowOperation.PUT_ITEM,
      "update",
      RowOperation.UPDATE_ITEM,
      "delete",
      RowOperation.DELETE_ITEM,
      "check",
      RowOperation.CONDITION_CHECK_ITEM,
      "get",
      RowOperation.GET_ITEM);
  /** By the methods of {@link WebSocket}. */
  static final Map<String, ConnectionOperation> CONNECTIONS = Map.of(
      "sendMessage",
      ConnectionOperation.POST,
      "broadcast",
      ConnectionOperation.POST,
      "disconnect",
      ConnectionOperation.DELETE,
      "connection",
      ConnectionOperation.GET,
      "url",
      ConnectionOperation.URL);
  /** By the methods of {@link Task}. */
  static final Map<String, TaskOperation> STARTS = Map.of(
      "start",
      TaskOperation.START,
      "startIn",
      TaskOperation.START_IN);
  /** The methods of {@link MessageQueue} that send. */
  private static final Set<String> SENDS = Set.of("send", "sendIn");
  private static final Set<String> DECLARING = Stream
      .of(
          Cloud.class, TableBuilder.class, WebSocketBuilder.class, ScheduleBuilder.class, Schedule.class,
          HttpApiBuilder.class, TaskBuilder.class, QueueBuilder.class, HandlerOptions.class)
      .map(Class::getName)
      .collect(Collectors.toSet());
  /** A query or scan of which it is not known whether it is of an index, and which. */
  private static final Search ANY = new Search("*");

  private final AppModel app;
  private final Types types;
  private final Heap heap;
  private final ForeignCalls foreign;
  private final Findings findings;
  private final Trace trace;
  private final SentMessages messages;
  private final KeyCalls keys;

  /** Follows what a queue calls for the key of a message. */
  @FunctionalInterface
  interface KeyCalls {
    void key(Function<?, ?> key, Value message, Site site);
  }

  PinionCalls(
      AppModel app, Types types, Heap heap, ForeignCalls foreign, Findings findings, Trace trace,
      SentMessages messages, KeyCalls keys) {
    this.app = app;
    this.types = types;
    this.heap = heap;
    this.foreign = foreign;
    this.findings = findings;
    this.trace = trace;
    this.messages = messages;
    this.keys = keys;
  }

  @Override
  public Value call(Member member, Class<?> owner, List<Value> operands, Site site) {
    if (!types.isOfPinion(owner)) {
      Value result = foreign.call(member, owner, operands, site);
      messages.put(member, owner, operands, result, site);
      return result;
    }
    findings.visit(site);
    if (owner == Table.class) table(member, operands);
    else if (owner == WebSocket.class) webSocket(member, operands, site);
    else if (owner == HttpApi.class) httpApi(member, operands);
    else if (owner == Task.class) task(member, operands);
    else if (owner == MessageQueue.class) queue(member, operands, site);
    else if (member.is(Config.class, "value")) value(Kind.CONFIG, operands.getFirst());
    else if (member.is(Secret.class, "value")) value(Kind.SECRET, operands.getFirst());
    else if (owner == TransactWrite.class || owner == TransactGet.class) part(member, operands);
    else if (owner == Tickets.class) {
      Optional<Value> tickets = tickets(member, operands);
      if (tickets.isPresent()) return tickets.get();
    } else if (DECLARING.contains(owner.getName()) && !member.name().equals("toString")) declares(member);
    else if (owner == Query.class || owner == Scan.class) {
      Optional<Value> search = search(member, operands);
      if (search.isPresent()) return search.get();
    }
    return given(member, operands, site);
  }

  /** What Pinion reads of the operands: records and classes by reflection, collections and streams by their methods. */
  private Value given(Member member, List<Value> operands, Site site) {
    List<Value> walked = new ArrayList<>();
    List<ClassDesc> walkedTypes = new ArrayList<>();
    List<Value> read = new ArrayList<>();
    int receiver = operands.size() - member.type().parameterCount();
    for (int i = receiver; i < operands.size(); i++) {
      ClassDesc type = member.type().parameterType(i - receiver);
      Class<?> loaded = types.load(type);
      boolean walks = Iterable.class.isAssignableFrom(loaded) || loaded == Stream.class;
      (walks ? walked : read).add(operands.get(i));
      if (walks) walkedTypes.add(type);
    }
    if (!walked.isEmpty()) {
      MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_int, walkedTypes);
      foreign.call(
          new Member(Member.Kind.STATIC, "java.util.Objects", "hash", type), java.util.Objects.class, walked,
          Site.of(List.of(site, "walk")));
    }
    return foreign.read(read, types.load(member.type().returnType()), site);
  }

  private void table(Member member, List<Value> operands) {
    if (member.name().startsWith("on")) declares(member);
    if (member.name().startsWith("transact")) {
      operands.forEach(this::parts);
      return;
    }
    RowOperation operation = ROWS.get(member.name());
    if (operation == null) return;
    boolean searches = operation == RowOperation.QUERY || operation == RowOperation.SCAN;
    List<Search> searched = List.of(new Search(""));
    if (searches && operands.size() > 1) {
      boolean typed = !member.type().parameterType(0).descriptorString().equals("Ljava/lang/Object;");
      searched = searches(operands.get(1), typed ? ANY : new Search(""));
    }
    for (Resource table : resources(Kind.TABLE, operands.getFirst())) {
      for (Search each : searched) use(table, operation, each, operands.getFirst().isOne());
    }
  }

  private static List<Search> searches(Value value, Search otherwise) {
    List<Search> found = new ArrayList<>();
    for (Obj each : value.objects()) {
      if (each instanceof Search search) found.add(search);
    }
    if (found.isEmpty() || !otherwise.equals(ANY)) found.add(otherwise);
    return found;
  }

  private void use(Resource table, RowOperation operation, Search search, boolean known) {
    if (!search.equals(ANY)) {
      Optional<String> index = Optional.of(search.index()).filter(each -> !each.isEmpty());
      findings.use(new Use.Rows(table.id(), operation, index), trace.path(), known);
      return;
    }
    List<String> indexes = app.tables().stream().filter(each -> each.id().equals(table.id()))
        .flatMap(each -> each.indexes().stream())
        .map(TableModel.IndexModel::name)
        .toList();
    use(table, operation, new Search(""), false);
    if (indexes.isEmpty()) return;
    List<Use> any = indexes.stream()
        .<Use>map(each -> new Use.Rows(table.id(), operation, Optional.of(each)))
        .toList();
    findings.doubt(
        "it reads an index of " + name(table) + " by a name that is not a constant, or none of its indexes ("
            + String.join(", ", indexes) + "): it may be any",
        trace.path(), any);
    indexes.forEach(each -> use(table, operation, new Search(each), false));
  }

  private void webSocket(Member member, List<Value> operands, Site site) {
    if (member.name().startsWith("on")) declares(member);
    messages.call(member, operands, site);
    ConnectionOperation operation = CONNECTIONS.get(member.name());
    if (operation == null) return;
    for (Resource each : resources(Kind.WEB_SOCKET, operands.getFirst())) {
      Use use = new Use.Connections(each.id(), operation);
      findings.use(use, trace.path(), operands.getFirst().isOne());
    }
  }

  private void httpApi(Member member, List<Value> operands) {
    if (member.name().startsWith("on")) declares(member);
    if (!member.name().equals("url")) return;
    for (Resource each : resources(Kind.HTTP_API, operands.getFirst())) {
      findings.use(new Use.HttpUrl(each.id()), trace.path(), operands.getFirst().isOne());
    }
  }

  private void task(Member member, List<Value> operands) {
    if (member.name().startsWith("on")) declares(member);
    TaskOperation operation = STARTS.get(member.name());
    if (operation == null) return;
    for (Resource each : resources(Kind.TASK, operands.getFirst())) {
      findings.use(new Use.Start(each.id(), operation), trace.path(), operands.getFirst().isOne());
    }
  }

  private void queue(Member member, List<Value> operands, Site site) {
    if (member.name().startsWith("on")) declares(member);
    if (!SENDS.contains(member.name())) return;
    messages.call(member, operands, site);
    for (Resource each : resources(Kind.QUEUE, operands.getFirst())) {
      findings.use(new Use.Send(each.id()), trace.path(), operands.getFirst().isOne());
      app.queues().stream().filter(queue -> queue.id().equals(each.id())).flatMap(queue -> queue.fifo().stream())
          .flatMap(fifo -> Stream.concat(Stream.of(fifo.group()), fifo.deduplication().stream()))
          .forEach(key -> keys.key(key, operands.getLast(), site));
    }
  }

  private void value(Kind kind, Value receiver) {
    resources(kind, receiver)
        .forEach(each -> findings.use(new Use.Value(each.id()), trace.path(), receiver.isOne()));
  }

  /** Tickets are made of a secret and a table; who issues one reads the secret, and who redeems one also writes. */
  private Optional<Value> tickets(Member member, List<Value> operands) {
    if (member.kind() == Member.Kind.STATIC) {
      return Optional.of(
          Value.of(new Obj.TicketBook(only(Kind.SECRET, operands.getFirst()), only(Kind.TABLE, operands.get(1)))));
    }
    boolean issues = member.name().equals("issue");
    if (!issues && !member.name().equals("redeem")) {
      return member.name().equals("toString") ? Optional.empty() : Optional.of(operands.getFirst());
    }
    Value secrets = parts(operands.getFirst(), Kind.SECRET, Obj.TicketBook::secret);
    value(Kind.SECRET, secrets);
    if (issues) return Optional.empty();
    Value tables = parts(operands.getFirst(), Kind.TABLE, Obj.TicketBook::table);
    resources(Kind.TABLE, tables).forEach(each -> use(each, RowOperation.PUT_ITEM, new Search(""), tables.isOne()));
    return Optional.empty();
  }

  private static Optional<String> only(Kind kind, Value value) {
    return value.isOne() && value.objects().iterator().next() instanceof Resource resource && resource.kind() == kind
        ? Optional.of(resource.id())
        : Optional.empty();
  }

  private static Value parts(Value tickets, Kind kind, Function<Obj.TicketBook, Optional<String>> part) {
    List<Obj> found = new ArrayList<>();
    for (Obj each : tickets.objects()) {
      Optional<String> id = each instanceof Obj.TicketBook book ? part.apply(book) : Optional.empty();
      found.add(id.<Obj>map(known -> new Resource(kind, known)).orElseGet(() -> new Obj.Unknown(kind.type())));
    }
    return Value.of(found, tickets.other());
  }

  private void part(Member member, List<Value> operands) {
    RowOperation operation = PARTS.get(member.name());
    if (operation == null || member.kind() != Member.Kind.STATIC) return;
    boolean known = operands.getFirst().isOne();
    for (Resource each : resources(Kind.TABLE, operands.getFirst())) use(each, operation, new Search(""), known);
  }

  /** Parts that define has made are used where they are handed over; those of a handler, where it makes them. */
  private void parts(Value value) {
    Set<Obj> all = new LinkedHashSet<>(value.objects());
    value.objects().stream().filter(heap::isContainer).forEach(each -> all.addAll(heap.inside(each)));
    long parts = all.stream().filter(Obj.Part.class::isInstance).count();
    for (Obj each : all) {
      if (each instanceof Obj.Part(String table, RowOperation operation)) {
        use(new Resource(Kind.TABLE, table), operation, new Search(""), parts == 1);
      }
    }
  }

  private void declares(Member member) {
    findings.mistake(
        member + ", which declares, and only define may declare: move it there",
        trace.path(),
        trace.surely());
  }

  private Optional<Value> search(Member member, List<Value> operands) {
    if (member.kind() == Member.Kind.STATIC) return Optional.of(Value.of(new Search("")));
    if (member.name().equals("index") && member.type().parameterCount() == 1) {
      Value name = operands.get(1);
      List<Search> found = new ArrayList<>();
      for (Obj each : name.objects()) {
        if (each instanceof Obj.Text(String text)) found.add(isIndex(text) ? new Search(text) : ANY);
      }
      if (found.isEmpty() || name.other()) found.add(ANY);
      return Optional.of(Value.of(found, false));
    }
    boolean changed = ClassNames.binary(member.type().returnType()).equals(member.owner());
    return changed ? Optional.of(Value.of(searches(operands.getFirst(), ANY), false)) : Optional.empty();
  }

  private boolean isIndex(String name) {
    return app.tables().stream().flatMap(each -> each.indexes().stream()).anyMatch(each -> each.name().equals(name));
  }

  /** The resources that a value may be; all of their kind where nothing is known of it. */
  private List<Resource> resources(Kind kind, Value value) {
    List<Resource> found = new ArrayList<>();
    for (Obj each : value.objects()) {
      if (each instanceof Resource resource && resource.kind() == kind) found.add(resource);
    }
    boolean unknown = value.objects().stream().anyMatch(Obj.Unknown.class::isInstance);
    if (!unknown && (!found.isEmpty() || !value.other())) return found;
    List<? extends ResourceModel> all = switch (kind) {
      case TABLE -> app.tables();
      case WEB_SOCKET -> app.webSockets();
      case HTTP_API -> app.httpApis();
      case TASK -> app.tasks();
      case QUEUE -> app.queues();
      case CONFIG, SECRET -> app.values();
    };
    if (all.size() > 1) {
      findings.doubt("it uses a " + kind.word() + " of which it is not known which it is", trace.path(), List.of());
    }
    return all.stream().map(each -> new Resource(kind, each.id())).toList();
  }

  /** Takes note that a library is given a resource: it may do anything with it. */
  static void handedOver(Resource resource, Class<?> library, AppModel app, Findings findings, Trace trace) {
    List<Use> all = new Operations(app).of(resource.id());
    findings.doubt(
        "it hands " + name(resource) + " to " + library.getName() + ", which may do anything with it", trace.path(),
        all);
    all.forEach(use -> findings.use(use, trace.path(), false));
  }

  static String name(Resource resource) {
    return resource.kind().word() + " '" + resource.id() + "'";
  }
}
