package dev.pinion.inspect;

import dev.pinion.inspect.Types.Code;
import dev.pinion.inspect.Types.Owner;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What one handler may do, found by interpreting its code with sets of objects instead of objects.
 *
 * <p>Every method is interpreted for each combination of arguments that it may get, until nothing new is found. Objects
 * that {@code define} has left behind are themselves; those that the handler makes are one for each place in the code.
 */
final class Analysis {
  private static final int MOST_CONTEXTS = 24;
  private static final int MOST_DEPTH = 250;
  private static final int MOST_PASSES = 60;
  private static final int MOST_STEPS = 4_000_000;

  private final AppModel app;
  private final Types types;
  private final boolean definition;
  private final Heap heap;
  private final LiveObjects live;
  private final Calls calls;
  private final Findings findings = new Findings();
  private final Map<String, Map<List<Value>, Context>> contexts = new HashMap<>();
  private final Deque<Interpreter> stack = new ArrayDeque<>();
  private int pass;
  private int steps;
  private int unsure;

  /** A method with the arguments that it is interpreted for. */
  static final class Context {
    final Code code;
    List<Value> arguments;
    Value result = Value.NOTHING;
    int pass = -1;

    Context(Code code, List<Value> arguments) {
      this.code = code;
      this.arguments = arguments;
    }
  }

  /**
   * A new analysis.
   *
   * @param definition whether it is of define, not of a handler
   */
  Analysis(AppModel app, Types types, boolean definition) {
    this.app = app;
    this.types = types;
    this.definition = definition;
    this.heap = new Heap(object -> Types.classOf(object).filter(this::extendsForeign).isPresent());
    Set<String> indexes = app.tables().stream()
        .flatMap(table -> table.indexes().stream())
        .map(TableModel.IndexModel::name)
        .collect(Collectors.toSet());
    this.live = new LiveObjects(types, heap, indexes, definition, wrong -> findings.change(wrong, path()));
    this.calls = new Calls(this);
  }

  private boolean extendsForeign(Class<?> type) {
    return Types.supertypes(type).stream()
        .anyMatch(each -> !each.isInterface() && types.owner(each) != Owner.APP
            && each != Object.class && each != Record.class && each != Enum.class);
  }

  AppModel app() {
    return app;
  }

  Types types() {
    return types;
  }

  Heap heap() {
    return heap;
  }

  LiveObjects live() {
    return live;
  }

  Calls calls() {
    return calls;
  }

  Findings findings() {
    return findings;
  }

  /** Interprets from an entry until nothing new is found. */
  Findings run(Runnable entry) {
    try {
      do {
        if (pass++ > MOST_PASSES) throw new GiveUp("its code is too entangled to be followed");
        stack.clear();
        entry.run();
      } while (heap.grew());
    } catch (GiveUp e) {
      findings.giveUp(e.reason(), path());
    } catch (StackOverflowError e) {
      findings.giveUp("its calls are nested too deeply to be followed", List.of());
    }
    return findings;
  }

  /** What a method gives for arguments; its receiver, if it has one, is the first. */
  Value call(Code code, List<Value> arguments) {
    Context context = context(code, arguments);
    if (context.pass == pass) return context.result;
    context.pass = pass;
    if (stack.size() > MOST_DEPTH) throw new GiveUp("its calls are nested too deeply to be followed");
    Interpreter interpreter = new Interpreter(this, context);
    stack.addLast(interpreter);
    Value result = interpreter.run();
    stack.removeLast();
    if (!context.result.includes(result)) {
      context.result = context.result.or(result);
      heap.grow();
    }
    return context.result;
  }

  private Context context(Code code, List<Value> arguments) {
    String key = code.owner().getName() + "." + code.name() + code.descriptor();
    Map<List<Value>, Context> known = contexts.computeIfAbsent(key, _ -> new LinkedHashMap<>());
    Context context = known.get(arguments);
    if (context != null) return context;
    if (known.size() < MOST_CONTEXTS) {
      context = new Context(code, arguments);
      known.put(arguments, context);
      return context;
    }
    return joined(known.computeIfAbsent(List.of(), _ -> new Context(code, arguments)), arguments);
  }

  /** One context for all further arguments of a method that has many; its code is interpreted again as they grow. */
  private static Context joined(Context context, List<Value> arguments) {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) all.add(context.arguments.get(i).or(arguments.get(i)));
    if (!all.equals(context.arguments)) {
      context.arguments = List.copyOf(all);
      context.pass = -1;
    }
    return context;
  }

  void step() {
    if (steps++ > MOST_STEPS) throw new GiveUp("its code is too large to be followed");
  }

  /** The lines that lead here, from the handler's own. */
  List<SourceLocation> path() {
    List<SourceLocation> path = new ArrayList<>();
    for (Interpreter each : stack) {
      SourceLocation here = each.location();
      if (here.line() > 0 && (path.isEmpty() || !path.getLast().equals(here))) path.add(here);
    }
    return path;
  }

  /** Whether it is define that is followed, not a handler. */
  boolean isDefinition() {
    return definition;
  }

  /** What a call gives that may not be made, such as one of a lambda that the JDK was given. */
  Value maybe(Supplier<Value> call) {
    unsure++;
    try {
      return call.get();
    } finally {
      unsure--;
    }
  }

  /** Whether everything from the handler's beginning to here is done each time the handler is called. */
  boolean surely() {
    return unsure == 0 && stack.stream().allMatch(Interpreter::surely);
  }
}
