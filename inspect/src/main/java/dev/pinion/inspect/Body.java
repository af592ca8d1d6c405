package dev.pinion.inspect;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A method's code, ready to be interpreted.
 *
 * @param file the source file's name
 * @param instructions in their order
 * @param lines the source line of each instruction, 0 where none is known
 * @param targets the instruction that each label stands before
 * @param handlers in the order in which they are asked
 * @param locals how many slots local variables have
 */
record Body(
    String file,
    List<Instruction> instructions,
    List<Integer> lines,
    Map<Label, Integer> targets,
    List<Handler> handlers,
    int locals) {

  /** What happens with what is thrown between two instructions. */
  record Handler(int from, int to, int at, Optional<String> type) {}

  static Body of(ClassModel owner, MethodModel method, CodeModel code) {
    List<Instruction> instructions = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    Map<Label, Integer> targets = new HashMap<>();
    List<ExceptionCatch> catches = new ArrayList<>();
    int line = 0;
    for (CodeElement element : code) {
      if (element instanceof Instruction instruction) {
        instructions.add(instruction);
        lines.add(line);
      } else if (element instanceof LabelTarget target) {
        targets.put(target.label(), instructions.size());
      } else if (element instanceof LineNumber number) {
        line = number.line();
      } else if (element instanceof ExceptionCatch handler) {
        catches.add(handler);
      }
    }
    List<Handler> handlers = catches.stream()
        .map(each -> new Handler(
            at(targets, each.tryStart()),
            at(targets, each.tryEnd()),
            at(targets, each.handler()),
            each.catchType().map(type -> type.asInternalName().replace('/', '.'))))
        .toList();
    String file = owner.findAttribute(Attributes.sourceFile()).map(each -> each.sourceFile().stringValue())
        .orElseGet(() -> owner.thisClass().asInternalName());
    int locals = method.findAttribute(Attributes.code()).map(CodeAttribute::maxLocals).orElse(0);
    return new Body(file, instructions, lines, targets, handlers, locals);
  }

  private static int at(Map<Label, Integer> targets, Label label) {
    return requireNonNull(targets.get(label));
  }

  int target(Label label) {
    return at(targets, label);
  }
}
