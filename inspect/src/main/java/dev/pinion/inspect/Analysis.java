package dev.pinion.inspect;

import dev.pinion.App;
import dev.pinion.AuthorizeHandler;
import dev.pinion.ChangeHandler;
import dev.pinion.ConnectHandler;
import dev.pinion.DisconnectHandler;
import dev.pinion.HttpBodyHandler;
import dev.pinion.HttpCallHandler;
import dev.pinion.MessageHandler;
import dev.pinion.QueueHandler;
import dev.pinion.QueueMessageHandler;
import dev.pinion.RequestHandler;
import dev.pinion.TaskHandler;
import dev.pinion.TickHandler;
import dev.pinion.inspect.ClassFiles.Code;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.ConsumerModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.StartModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TickModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The analysis of one handler, of define, or of what the process may call: puts its parts together. */
final class Analysis {
  private static final List<Class<?>> HANDLERS =
      List.of(ConnectHandler.class, DisconnectHandler.class, MessageHandler.class, RequestHandler.class,
          TaskHandler.class, TickHandler.class, HttpCallHandler.class, HttpBodyHandler.class,
          QueueHandler.class, QueueMessageHandler.class, ChangeHandler.class, AuthorizeHandler.class);
  /** What a queue calls for the keys of its messages. */
  private static final Member KEY = new Member(
      Member.Kind.VIRTUAL, Function.class.getName(), "apply",
      MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object));

  private final InspectedProgram program;
  private final Findings findings = new Findings();
  private final Heap heap;
  private final Execution execution;
  private final LiveObjects live;
  private final Initialization initialization;
  private final Fields fields;
  private final SwitchMaps switches;
  private final Calls calls;
  private final SentMessages messages;

  /** How calls that leave the app's code are followed. */
  private interface Beyond {
    Outside of(Caller caller);
  }

  private Analysis(InspectedProgram program, boolean definition) {
    this.program = program;
    Types types = program.types();
    this.heap = new Heap(object -> Types.classOf(object).filter(types::extendsForeign).isPresent());
    this.execution = new Execution(heap, findings);
    this.messages = new SentMessages(types, findings, execution);
    Set<String> texts = program.app().tables().stream()
        .flatMap(table -> table.indexes().stream())
        .map(TableModel.IndexModel::name)
        .collect(Collectors.toCollection(HashSet::new));
    texts.addAll(program.keys());
    Predicate<String> followed = text -> texts.contains(text) || !types.names().in(text).isEmpty();
    this.live = new LiveObjects(
        types, heap, program.live(), followed, program.keys(), wrong -> findings.change(wrong, execution.path()));
    this.initialization = new Initialization(types, program.files(), execution, definition);
    this.fields = new Fields(types, program.files(), heap, live, initialization, findings, execution);
    this.switches = new SwitchMaps(types, program.files(), fields);
    Unknowns unknowns = new Unknowns(types, heap, live, findings, execution);
    Beyond beyond = definition ? this::beyondDefine : this::beyondHandler;
    this.calls = new Calls(
        types, program.files(), program.methods(), heap, initialization, execution, unknowns, beyond::of);
    Instructions instructions = new Instructions(types, heap, live, fields, calls, switches);
    execution.interpretBy(context -> new Interpreter(execution, types, heap, instructions, context));
  }

  private Outside beyondDefine(Caller caller) {
    Callbacks callbacks = new Callbacks(program.types(), program.methods(), heap, execution, caller);
    return new DefineCalls(program.types(), heap, callbacks, fields, findings, execution);
  }

  private Outside beyondHandler(Caller caller) {
    return new PinionCalls(program.app(), program.types(), heap, foreign(caller), findings, execution, messages,
        this::key);
  }

  private void key(Function<?, ?> key, Value message, Site site) {
    calls.call(KEY, Site.of(List.of(site, "key")), List.of(live.value(key), message));
  }

  private ForeignCalls foreign(Caller caller) {
    Callbacks callbacks = new Callbacks(program.types(), program.methods(), heap, execution, caller);
    LibraryReflection reflection = new LibraryReflection(
        program.types(), program.files(), heap, fields, fields.data(), initialization, callbacks,
        (resource, library) -> PinionCalls.handedOver(resource, library, program.app(), findings, execution),
        type -> findings.doubt(
            "a library makes a " + ClassNames.shortName(type.getName()) + " of data: it may be any that the app has",
            execution.path(), List.of()));
    return new ForeignCalls(
        program.types(), heap, live, fields, initialization, callbacks, reflection, switches, findings, execution);
  }

  /** What a handler does. Follows it again where it turns out to use maps with keys that were not followed. */
  static Findings handler(InspectedProgram program, HandlerModel handler) {
    for (int keys = program.keys().size();; keys = program.keys().size()) {
      Analysis analysis = new Analysis(program, false);
      ForeignCalls codec = analysis.foreign(analysis.calls);
      analysis.execution.run(() -> analysis.handle(handler, codec));
      if (program.keys().size() == keys) return analysis.findings;
    }
  }

  private void handle(HandlerModel handler, ForeignCalls codec) {
    switch (handler) {
      case RouteModel route -> handle(route, codec);
      case StartModel start -> {
        codec.make(start.payloadType());
        calls.call(
            method(start), Site.of(start.path()),
            List.of(live.value(start.handler()), fields.data().value(start.payloadType())));
      }
      case TickModel tick ->
          calls.call(method(tick), Site.of(tick.path()), List.of(live.value(tick.handler()), Value.OTHER));
      case HttpRouteModel route -> handle(route, codec);
      case ConsumerModel consumer -> handle(consumer, codec);
      case AuthorizerModel authorizer -> calls.call(
          method(authorizer), Site.of(authorizer.path()), List.of(live.value(authorizer.handler()), Value.OTHER));
      case ChangeModel change ->
          calls.call(method(change), Site.of(change.path()), List.of(live.value(change.handler()), Value.OTHER));
    }
  }

  private void handle(ConsumerModel consumer, ForeignCalls codec) {
    codec.make(consumer.messageType());
    Member method = method(consumer);
    List<Value> operands = new ArrayList<>(
        List.of(live.value(consumer.handler()), fields.data().value(consumer.messageType())));
    if (method.type().parameterCount() > 1) operands.add(Value.OTHER);
    calls.call(method, Site.of(consumer.path()), operands);
  }

  private void handle(RouteModel route, ForeignCalls codec) {
    Site site = Site.of(route.path());
    codec.make(route.bodyType());
    Member method = method(route);
    List<Value> operands = new ArrayList<>(List.of(live.value(route.handler()), Value.OTHER));
    if (method.type().parameterCount() > 1) operands.add(fields.data().value(route.bodyType()));
    Value answer = calls.call(method, site, operands);
    if (route.handler() instanceof RequestHandler<?>) {
      codec.read(List.of(answer), Object.class, site);
      messages.answer(answer);
    }
    if (operands.size() > 2 && route.bodyType() == String.class)
      lambda(operands.getFirst()).ifPresent(messages::swapped);
  }

  private void handle(HttpRouteModel route, ForeignCalls codec) {
    Site site = Site.of(route.path());
    List<Value> operands = new ArrayList<>(List.of(live.value(route.handler()), Value.OTHER));
    route.bodyType().ifPresent(type -> {
      codec.make(type);
      operands.add(fields.data().value(type));
    });
    Value answer = calls.call(method(route), site, operands);
    codec.read(List.of(answer), Object.class, site);
    messages.answer(answer);
  }

  /** The code of a handler that is a lambda. */
  private Optional<Code> lambda(Value handler) {
    for (Obj each : handler.objects()) {
      if (each instanceof Obj.Closure closure) {
        Member target = closure.target();
        return program.files().declared(program.types().load(target.owner())).stream()
            .filter(method -> method.name().equals(target.name())
                && method.descriptor().equals(target.type().descriptorString()))
            .findFirst().flatMap(program.files()::code);
      }
    }
    return Optional.empty();
  }

  private static Member method(HandlerModel handler) {
    Class<?> type = HANDLERS.stream().filter(each -> each.isInstance(handler.handler())).findFirst().orElseThrow();
    return Arrays.stream(type.getMethods())
        .filter(each -> Modifier.isAbstract(each.getModifiers()))
        .map(each -> new Member(
            Member.Kind.VIRTUAL,
            type.getName(),
            each.getName(),
            MethodTypeDesc.of(
                ClassDesc.ofDescriptor(each.getReturnType().descriptorString()),
                Arrays.stream(each.getParameterTypes())
                    .map(parameter -> ClassDesc.ofDescriptor(parameter.descriptorString()))
                    .toList())))
        .findFirst()
        .orElseThrow();
  }

  /** What define, and the constructor and static initializers that it reaches, call. */
  static Findings define(InspectedProgram program, App app) {
    Analysis analysis = new Analysis(program, true);
    analysis.execution.run(() -> analysis.define(app));
    return analysis.findings;
  }

  private void define(App app) {
    Class<?> type = app.getClass();
    initialization.initialize(type);
    Value self = live.value(app);
    program.files().constructor(type, MethodTypeDesc.of(ConstantDescs.CD_void))
        .ifPresent(constructor -> calls.invoke(constructor, List.of(self)));
    MethodTypeDesc define = MethodTypeDesc.of(ConstantDescs.CD_void, ClassDesc.of("dev.pinion.Cloud"));
    Member member = new Member(Member.Kind.VIRTUAL, type.getName(), "define", define);
    calls.call(member, Site.of("define"), List.of(self, Value.OTHER));
  }

  /** What is done when code outside the app calls what define has given the process: log handlers, hooks, threads. */
  static Findings process(InspectedProgram program) {
    Analysis analysis = new Analysis(program, false);
    ForeignCalls process = analysis.foreign(analysis.calls);
    analysis.execution.run(process::callWhatTheProcessHolds);
    return analysis.findings;
  }
}
