package dev.pinion.inspect;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables by which switches over enums find their cases. The compiler puts them into static fields of a class of
 * their own, whose initializer has for each case {@code $SwitchMap$E[E.CONSTANT.ordinal()] = number}.
 */
final class SwitchMaps {
  private static final String TABLE = "$SwitchMap$";

  private final Types types;
  private final ClassFiles files;
  private final Fields fields;
  private final Map<Obj.Cases, Map<Integer, Integer>> known = new HashMap<>();

  SwitchMaps(Types types, ClassFiles files, Fields fields) {
    this.types = types;
    this.files = files;
    this.fields = fields;
  }

  /** Whether a static field is such a table. */
  static boolean isTable(String field) {
    return field.startsWith(TABLE);
  }

  /** The places of constants in their enum; any number where one of them is not known. */
  Value ordinals(Value constants) {
    Set<Obj> numbers = new LinkedHashSet<>();
    for (Obj each : constants.objects()) {
      int place = each.ofApp().filter(Enum.class::isAssignableFrom).map(type -> place(each, type)).orElse(-1);
      if (place < 0) return Value.OTHER;
      numbers.add(new Obj.Choice(place));
    }
    return constants.other() || numbers.isEmpty() ? Value.OTHER : Value.of(numbers, false);
  }

  private int place(Obj constant, Class<?> type) {
    Class<?> declaring = type.isEnum() ? type : type.getSuperclass();
    List<String> names = constants(declaring);
    for (int i = 0; i < names.size(); i++) {
      Value found = fields.get(declaring, names.get(i));
      if (found.isOne() && found.objects().contains(constant)) return i;
    }
    return -1;
  }

  /** The names of the constants of an enum, in their order. */
  private List<String> constants(Class<?> type) {
    return files.file(type).stream().flatMap(file -> file.fields().stream())
        .filter(each -> each.flags().has(AccessFlag.ENUM))
        .map(each -> each.fieldName().stringValue())
        .toList();
  }

  /** What a table has for the places of constants; any number where they or the table are not known. */
  Value numbers(Value table, Value places) {
    boolean is = table.isOne() && table.objects().iterator().next() instanceof Obj.Cases;
    if (!is || places.other() || places.objects().isEmpty()) return Value.OTHER;
    Obj.Cases cases = (Obj.Cases) table.objects().iterator().next();
    Map<Integer, Integer> numbers = known.computeIfAbsent(cases, this::read);
    Set<Obj> all = new LinkedHashSet<>();
    for (Obj each : places.objects()) {
      if (numbers.isEmpty() || !(each instanceof Obj.Choice(int place))) return Value.OTHER;
      all.add(new Obj.Choice(numbers.getOrDefault(place, 0)));
    }
    return Value.of(all, false);
  }

  /** A table; empty where the compiler has made it in another way. */
  private Map<Integer, Integer> read(Obj.Cases cases) {
    Map<Integer, Integer> numbers = new HashMap<>();
    List<Instruction> code = files.initializer(cases.owner()).map(each -> each.body().instructions()).orElse(List.of());
    for (int i = 0; i + 4 < code.size(); i++) {
      if (!reads(code.get(i), cases.field()) || code.get(i + 4).opcode() != Opcode.IASTORE) continue;
      int place = place(code.get(i + 1), code.get(i + 2));
      if (place < 0 || !(code.get(i + 3) instanceof ConstantInstruction number)) return Map.of();
      numbers.put(place, (Integer) number.constantValue());
    }
    return numbers;
  }

  private static boolean reads(Instruction instruction, String field) {
    return instruction instanceof FieldInstruction read && read.opcode() == Opcode.GETSTATIC
        && read.name().equalsString(field);
  }

  private int place(Instruction constant, Instruction call) {
    boolean asks = call instanceof InvokeInstruction invoke && invoke.name().equalsString("ordinal");
    if (!asks || !(constant instanceof FieldInstruction read) || !types.isEnumConstant(read)) return -1;
    Class<?> type = types.load(ClassNames.binary(read.owner().asSymbol()));
    return constants(type).indexOf(read.name().stringValue());
  }
}
