package dev.pinion.inspect;

import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.HandlerOptions;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.TableBuilder;
import dev.pinion.TransactGet;
import dev.pinion.TransactWrite;
import dev.pinion.WebSocket;
import dev.pinion.WebSocketBuilder;
import dev.pinion.inspect.Instructions.Site;
import dev.pinion.inspect.Obj.Kind;
import dev.pinion.inspect.Obj.Resource;
import dev.pinion.inspect.Obj.Search;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.TableModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls of Pinion's API: what acts is what a handler uses. */
final class PinionCalls {
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
  private static final Set<String> DECLARING = Stream
      .of(Cloud.class, TableBuilder.class, WebSocketBuilder.class, HandlerOptions.class)
      .map(Class::getName)
      .collect(Collectors.toSet());
  /** A query or scan of which it is not known whether it is of an index, and which. */
  private static final Search ANY = new Search("*");

  private final Analysis analysis;
  private final ForeignCalls foreign;

  PinionCalls(Analysis analysis, ForeignCalls foreign) {
    this.analysis = analysis;
    this.foreign = foreign;
  }

  Value call(Member member, List<Value> operands, Site site) {
    if (analysis.isDefinition()) return declared(member, site);
    if (member.is(Table.class, null)) table(member, operands);
    else if (member.is(WebSocket.class, null)) webSocket(member, operands);
    else if (member.is(Config.class, "value")) value(Kind.CONFIG, operands.getFirst());
    else if (member.is(Secret.class, "value")) value(Kind.SECRET, operands.getFirst());
    else if (member.is(TransactWrite.class, null) || member.is(TransactGet.class, null)) part(member, operands);
    else if (DECLARING.contains(member.owner())) declares(member);
    else if (member.is(Query.class, null) || member.is(Scan.class, null)) {
      Optional<Value> search = search(member, operands);
      if (search.isPresent()) return search.get();
    }
    return given(member, operands, site);
  }

  /** What define is given for a declaration; handlers are not called. */
  private Value declared(Member member, Site site) {
    Class<?> type = analysis.types().load(member.type().returnType());
    return Value.of(List.of(new Obj.Foreign(site)), true).only(each -> analysis.types().fits(each, type));
  }

  /** What Pinion reads of the operands: records and classes by reflection, collections and streams by their methods. */
  private Value given(Member member, List<Value> operands, Site site) {
    List<Value> walked = new ArrayList<>();
    List<Value> read = new ArrayList<>();
    int receiver = operands.size() - member.type().parameterCount();
    for (int i = receiver; i < operands.size(); i++) {
      Class<?> type = analysis.types().load(member.type().parameterType(i - receiver));
      boolean walks = Iterable.class.isAssignableFrom(type) || type == Stream.class;
      (walks ? walked : read).add(operands.get(i));
    }
    if (!walked.isEmpty()) {
      Member walk = new Member(Member.Kind.STATIC, "java.util.Objects", "hash", member.type());
      analysis.calls().call(walk, walked, site);
    }
    return foreign.reflective(member, read, site);
  }

  private void table(Member member, List<Value> operands) {
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
      for (Search each : searched) use(table, operation, each, isOne(operands.getFirst()));
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

  /** Whether a value can be one thing only. */
  private static boolean isOne(Value value) {
    return value.objects().size() == 1 && !value.other();
  }

  private void use(Resource table, RowOperation operation, Search search, boolean known) {
    if (!search.equals(ANY)) {
      Optional<String> index = Optional.of(search.index()).filter(each -> !each.isEmpty());
      analysis.findings().use(new Use.Rows(table.id(), operation, index), analysis.path(), known);
      return;
    }
    List<String> indexes = analysis.app().tables().stream().filter(each -> each.id().equals(table.id()))
        .flatMap(each -> each.indexes().stream())
        .map(TableModel.IndexModel::name)
        .toList();
    use(table, operation, new Search(""), false);
    if (indexes.isEmpty()) return;
    analysis.findings().doubt(
        "it reads an index of " + name(table) + " whose name is not a constant: it may be any", analysis.path());
    indexes.forEach(each -> use(table, operation, new Search(each), false));
  }

  private void webSocket(Member member, List<Value> operands) {
    if (member.name().startsWith("on")) declares(member);
    ConnectionOperation operation = CONNECTIONS.get(member.name());
    if (operation == null) return;
    for (Resource each : resources(Kind.WEB_SOCKET, operands.getFirst())) {
      Use use = new Use.Connections(each.id(), operation);
      analysis.findings().use(use, analysis.path(), isOne(operands.getFirst()));
    }
  }

  private void value(Kind kind, Value receiver) {
    resources(kind, receiver)
        .forEach(each -> analysis.findings().use(new Use.Value(each.id()), analysis.path(), isOne(receiver)));
  }

  private void part(Member member, List<Value> operands) {
    RowOperation operation = PARTS.get(member.name());
    if (operation == null || member.kind() != Member.Kind.STATIC) return;
    boolean known = isOne(operands.getFirst());
    for (Resource each : resources(Kind.TABLE, operands.getFirst())) use(each, operation, new Search(""), known);
  }

  /** Parts that define has made are not read: they may be of any table. */
  private void parts(Value value) {
    Set<Obj> all = new LinkedHashSet<>(value.objects());
    value.objects().stream().filter(analysis.heap()::isContainer)
        .forEach(each -> all.addAll(analysis.heap().inside(each)));
    if (all.stream().noneMatch(Obj.Part.class::isInstance)) return;
    analysis.findings().doubt("it uses a part of a transaction that define has made: it may be any", analysis.path());
    for (TableModel table : analysis.app().tables()) {
      PARTS.values().forEach(each -> use(new Resource(Kind.TABLE, table.id()), each, new Search(""), false));
    }
  }

  private void declares(Member member) {
    analysis.findings().mistake(
        member + ", which declares, and only define may declare: move it there",
        analysis.path(),
        analysis.surely());
  }

  private Optional<Value> search(Member member, List<Value> operands) {
    if (member.kind() == Member.Kind.STATIC) return Optional.of(Value.of(new Search("")));
    if (member.name().equals("index") && member.type().parameterCount() == 1) {
      Value name = operands.get(1);
      List<Search> found = new ArrayList<>();
      for (Obj each : name.objects()) {
        if (each instanceof Obj.Text(String text)) found.add(new Search(text));
      }
      if (found.isEmpty() || name.other()) found.add(ANY);
      return Optional.of(Value.of(found, false));
    }
    boolean changed = Types.binary(member.type().returnType()).equals(member.owner());
    return changed ? Optional.of(Value.of(searches(operands.getFirst(), ANY), false)) : Optional.empty();
  }

  /** The resources that a value may be; all of their kind where nothing is known of it. */
  private List<Resource> resources(Kind kind, Value value) {
    List<Resource> found = new ArrayList<>();
    for (Obj each : value.objects()) {
      if (each instanceof Resource resource && resource.kind() == kind) found.add(resource);
    }
    if (!found.isEmpty() || value.isNothing()) return found;
    List<? extends ResourceModel> all = switch (kind) {
      case TABLE -> analysis.app().tables();
      case WEB_SOCKET -> analysis.app().webSockets();
      case CONFIG, SECRET -> analysis.app().values();
    };
    if (all.size() > 1) {
      String what = kind.name().toLowerCase(Locale.ROOT).replace("_s", "S");
      analysis.findings().doubt("it uses a " + what + " of which it is not known which it is", analysis.path());
    }
    return all.stream().map(each -> new Resource(kind, each.id())).toList();
  }

  static String name(Resource resource) {
    return resource.kind().name().toLowerCase(Locale.ROOT).replace("_s", "S") + " '" + resource.id() + "'";
  }
}
