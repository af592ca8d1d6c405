package dev.pinion.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/// A second, coarse analysis (rapid type analysis): which calls of tables and WebSockets code can reach, if a call may
/// run any method of its name and descriptor that some object made anywhere in the app has, and code outside the app
/// may call all methods of the objects that there are.
final class Hierarchy {
  private static final Set<String> SERIALIZING =
      Set.of("readObject", "writeObject", "readResolve", "writeReplace", "readObjectNoData");

  private final Map<String, ClassModel> classes = new LinkedHashMap<>();
  private final Set<String> objects = new LinkedHashSet<>();
  private final Deque<MethodModel> work = new ArrayDeque<>();
  private final Set<MethodModel> reached = new LinkedHashSet<>();
  private final Set<Place> operations = new LinkedHashSet<>();

  /// A place that calls an operation of a table or a WebSocket.
  ///
  /// @param code its class and method; of all method references to an operation, the operation
  /// @param at the number of the instruction in the method; -1 for method references
  record Place(String code, int at) {
    static Place of(String type, String method, String descriptor, int at) {
      return new Place(type.replace('/', '.') + '.' + method + descriptor, at);
    }

    static Place ofReference(String type, String method) {
      return new Place(type.replace('/', '.') + "::" + method, -1);
    }
  }

  /// The places of operations that an app's `define`, and whatever it names, can reach.
  static Set<Place> reached(Programs.Loader loader, String app) {
    Hierarchy hierarchy = new Hierarchy();
    for (String name : loader.names()) {
      if (name.equals(app) || name.startsWith(app + "$")) hierarchy.read(loader, name);
    }
    hierarchy.classes.values().forEach(each -> each.methods().stream()
        .filter(method -> method.methodName().equalsString("define")).forEach(hierarchy::reach));
    while (!hierarchy.work.isEmpty()) hierarchy.follow(hierarchy.work.remove());
    return hierarchy.operations;
  }

  private void read(Programs.Loader loader, String name) {
    try (InputStream file = requireNonNull(loader.getResourceAsStream(name.replace('.', '/') + ".class"))) {
      ClassModel model = ClassFile.of().parse(file.readAllBytes());
      classes.put(model.thisClass().asInternalName(), model);
      model.methods().stream().flatMap(each -> each.code().stream()).flatMap(CodeModel::elementStream)
          .forEach(each -> {
            if (each instanceof NewObjectInstruction made) objects.add(made.className().asInternalName());
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void reach(MethodModel method) {
    if (reached.add(method)) work.add(method);
  }

  private void follow(MethodModel method) {
    int at = 0;
    for (CodeElement each : method.code().map(CodeModel::elementList).orElse(List.of())) {
      if (each instanceof Instruction instruction) follow(instruction, method, at++);
    }
  }

  private void follow(Instruction instruction, MethodModel method, int at) {
    switch (instruction) {
      case InvokeInstruction call -> {
        operation(call.owner().asInternalName(), call.name().stringValue(), method, at);
        named(
            call.owner().asInternalName(), call.name().stringValue(), call.type().stringValue(),
            call.opcode() == Opcode.INVOKESPECIAL || call.opcode() == Opcode.INVOKESTATIC);
      }
      case InvokeDynamicInstruction call -> call.bootstrapArgs().stream()
          .filter(DirectMethodHandleDesc.class::isInstance).map(DirectMethodHandleDesc.class::cast)
          .forEach(each -> {
            String descriptor = each.owner().descriptorString();
            String owner = descriptor.substring(1, descriptor.length() - 1);
            operation(owner, each.methodName(), method, -1);
            named(owner, each.methodName(), each.lookupDescriptor(), true);
          });
      default -> {
      }
    }
  }

  private void operation(String owner, String name, MethodModel method, int at) {
    boolean rows =
        owner.equals("dev/pinion/Table") && (PinionCalls.ROWS.containsKey(name) || name.startsWith("transact"));
    if (!rows && !(owner.equals("dev/pinion/WebSocket") && PinionCalls.CONNECTIONS.containsKey(name))) return;
    String type = method.parent().orElseThrow().thisClass().asInternalName();
    operations.add(
        at < 0 ? Place.ofReference(owner, name)
            : Place.of(type, method.methodName().stringValue(), method.methodType().stringValue(), at));
  }

  private void named(String owner, String name, String descriptor, boolean direct) {
    classes.forEach((type, model) -> {
      boolean made = name.equals("<init>") && type.equals(owner);
      for (MethodModel method : model.methods()) {
        String found = method.methodName().stringValue();
        boolean same = found.equals(name) && method.methodType().equalsString(descriptor);
        boolean itself = direct || method.flags().has(AccessFlag.PRIVATE);
        boolean named = same && (itself ? type.equals(declaring(owner, method)) : isOfSomeObject(type, method));
        boolean anyCall = made && isCalledFromOutside(method) && isOfSomeObject(type, method);
        if (found.equals("<init>") ? same && made : named || anyCall) reach(method);
        if (found.equals("<clinit>") && type.equals(owner)) reach(method);
      }
    });
  }

  /// Whether code outside the app can call a method of its objects: a private one only where the JDK looks for it.
  private static boolean isCalledFromOutside(MethodModel method) {
    return !method.flags().has(AccessFlag.PRIVATE) || SERIALIZING.contains(method.methodName().stringValue());
  }

  /// Whether there may be an object of which a method is: of its class, or of one below it that does not override it.
  private boolean isOfSomeObject(String type, MethodModel method) {
    if (method.flags().has(AccessFlag.STATIC)) return false;
    return method.flags().has(AccessFlag.PRIVATE) || requireNonNull(classes.get(type)).flags().has(AccessFlag.INTERFACE)
        || objects.stream().anyMatch(each -> type.equals(declaring(each, method)));
  }

  private @Nullable String declaring(String type, MethodModel method) {
    @Nullable ClassModel model = classes.get(type);
    while (model != null) {
      boolean declares = model.methods().stream()
          .anyMatch(each -> each.methodName().equals(method.methodName())
              && each.methodType().equals(method.methodType()));
      if (declares) return model.thisClass().asInternalName();
      model = model.superclass().map(each -> classes.get(each.asInternalName())).orElse(null);
    }
    return null;
  }
}
