package dev.pinion.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The local variables and the operand stack before an instruction, in slots: a long or a double takes two. */
final class Frame {
  private final Value[] locals;
  private final List<Value> stack;

  private Frame(Value[] locals, List<Value> stack) {
    this.locals = locals;
    this.stack = stack;
  }

  Frame(int slots) {
    this(new Value[slots], new ArrayList<>());
    Arrays.fill(locals, Value.NOTHING);
  }

  Frame copy() {
    return new Frame(locals.clone(), new ArrayList<>(stack));
  }

  /** The same variables with one value on the stack, as a handler of exceptions finds them. */
  Frame caught(Value thrown) {
    return new Frame(locals.clone(), new ArrayList<>(List.of(thrown)));
  }

  /** Takes in what another way to the same instruction brings; whether that is new. */
  boolean merge(Frame other) {
    boolean changed = false;
    for (int i = 0; i < locals.length; i++) {
      Value both = locals[i].or(other.locals[i]);
      changed |= !locals[i].includes(both);
      locals[i] = both;
    }
    for (int i = 0; i < stack.size(); i++) {
      Value both = stack.get(i).or(other.stack.get(i));
      changed |= !stack.get(i).includes(both);
      stack.set(i, both);
    }
    return changed;
  }

  Value local(int slot) {
    return locals[slot];
  }

  void local(int slot, Value value) {
    locals[slot] = value;
  }

  void push(Value value) {
    stack.add(value);
  }

  void push(Value value, int slots) {
    for (int i = 0; i < slots; i++) push(value);
  }

  Value top() {
    return stack.getLast();
  }

  Value pop() {
    return stack.removeLast();
  }

  void pop(int slots) {
    for (int i = 0; i < slots; i++) pop();
  }

  /** Repeats the topmost slots below those that are left out. */
  void duplicate(int slots, int below) {
    List<Value> top = List.copyOf(stack.subList(stack.size() - slots, stack.size()));
    stack.addAll(stack.size() - slots - below, top);
  }
}
