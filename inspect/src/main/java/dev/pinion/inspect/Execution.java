package dev.pinion.inspect;

import dev.pinion.inspect.ClassFiles.Code;
import dev.pinion.spi.SourceLocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Interprets methods with sets of objects instead of objects, each for every combination of arguments that it may get,
 * until nothing new is found.
 */
final class Execution implements Trace {
  private static final int MOST_CONTEXTS = 24;
  private static final int MOST_DEPTH = 200;
  private static final int MOST_NESTED = 4;
  private static final int MOST_PASSES = 80;
  private static final int MOST_STEPS = 4_000_000;

  private final Heap heap;
  private final Findings findings;
  private final IdentityHashMap<Code, Map<List<Value>, Context>> contexts = new IdentityHashMap<>();
  private final Deque<Activation> stack = new ArrayDeque<>();
  private final Deque<Postponed> postponed = new ArrayDeque<>();
  private List<SourceLocation> prefix = List.of();
  private @Nullable Function<Context, Activation> interpreters;
  private int pass;
  private int steps;
  private int unsure;

  /** A method that is being interpreted. */
  interface Activation {
    void run();

    /** What the method gives, as far as it has been interpreted. */
    Value result();

    /** The line that is being interpreted. */
    SourceLocation location();

    /** Whether the instruction that is being interpreted is reached whenever the method is called. */
    boolean surely();

    boolean isInitializer();
  }

  /** A method with the arguments that it is interpreted for. */
  static final class Context {
    final Code code;
    List<Value> arguments;
    Value result = Value.NOTHING;
    int pass = -1;

    private final int depth;

    Context(Code code, List<Value> arguments) {
      this.code = code;
      this.arguments = arguments;
      int deepest = 0;
      for (Value each : arguments) {
        for (Obj object : each.objects()) deepest = Math.max(deepest, Site.depth(object));
      }
      this.depth = deepest + 1;
    }

    /**
     * A place in the code. Beyond a depth it is the same for all arguments: an object could else be made of another
     * without end.
     */
    Site site(int at) {
      return depth <= MOST_NESTED ? new Site(this, code, at, depth)
          : new Site(new Obj.Identity(code), code, at, MOST_NESTED + 1);
    }
  }

  /** A call that is nested too deeply to be followed at once. */
  private record Postponed(Context context, List<SourceLocation> path) {}

  Execution(Heap heap, Findings findings) {
    this.heap = heap;
    this.findings = findings;
  }

  /** Sets what interprets a method. */
  void interpretBy(Function<Context, Activation> made) {
    interpreters = made;
  }

  /** Interprets from an entry until nothing new is found. */
  void run(Runnable entry) {
    try {
      do {
        if (pass++ > MOST_PASSES) throw new GiveUp("its code is too entangled to be followed");
        stack.clear();
        entry.run();
        while (!postponed.isEmpty()) resume(postponed.removeFirst());
      } while (heap.grew());
    } catch (GiveUp e) {
      findings.giveUp(e.reason(), path());
    }
  }

  private void resume(Postponed call) {
    prefix = call.path();
    maybe(() -> interpret(call.context()));
    prefix = List.of();
  }

  /** How often the entry has been interpreted. */
  int pass() {
    return pass;
  }

  /** What a method gives for arguments; its receiver, if it has one, is the first. */
  Value invoke(Code code, List<Value> arguments) {
    Context context = context(code, arguments);
    if (context.pass == pass) return context.result;
    context.pass = pass;
    if (stack.size() < MOST_DEPTH) return interpret(context);
    postponed.add(new Postponed(context, path()));
    return context.result;
  }

  private Value interpret(Context context) {
    if (interpreters == null) throw new IllegalStateException("nothing interprets");
    Activation activation = interpreters.apply(context);
    stack.addLast(activation);
    try {
      activation.run();
    } catch (GiveUp e) {
      if (steps > MOST_STEPS) throw e;
      findings.giveUp(e.reason(), path());
    } finally {
      stack.removeLast();
    }
    Value result = activation.result();
    if (!context.result.includes(result)) {
      context.result = context.result.or(result);
      heap.grow();
    }
    return context.result;
  }

  private Context context(Code code, List<Value> arguments) {
    Map<List<Value>, Context> known = contexts.computeIfAbsent(code, _ -> new LinkedHashMap<>());
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

  /** Counts an instruction. */
  void step() {
    if (steps++ > MOST_STEPS) throw new GiveUp("its code is too large to be followed");
  }

  @Override
  public List<SourceLocation> path() {
    List<SourceLocation> path = new ArrayList<>(prefix);
    for (Activation each : stack) {
      SourceLocation here = each.location();
      if (here.line() > 0 && (path.isEmpty() || !path.getLast().equals(here))) path.add(here);
    }
    return path;
  }

  @Override
  public Value maybe(Supplier<Value> call) {
    unsure++;
    try {
      return call.get();
    } finally {
      unsure--;
    }
  }

  @Override
  public boolean surely() {
    return unsure == 0 && stack.stream().allMatch(Activation::surely);
  }

  @Override
  public boolean initializes() {
    return stack.stream().anyMatch(Activation::isInitializer);
  }
}
