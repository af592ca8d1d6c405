package dev.pinion.inspect;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/// Classes and interfaces in two packages and two loaders, whose methods of one name return which they are, and calls
/// of them from everywhere. Javac would refuse many of them; the JVM takes them, as classes are compiled at different
/// times.
final class RandomHierarchy {
  static final String NAME = "m";
  private static final List<MethodTypeDesc> TYPES = List.of(
      MethodTypeDesc.of(ConstantDescs.CD_Object),
      MethodTypeDesc.of(ConstantDescs.CD_String));
  private static final int[] ACCESS = {Modifier.PUBLIC, Modifier.PUBLIC, Modifier.PROTECTED, 0, 0, Modifier.PRIVATE};

  private final Random random;
  private final String root;
  private final List<Type> types = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Loader> loaders = new ArrayList<>();

  /// A class or interface to be made; `level` is the number of its loader.
  record Type(ClassDesc name, int level, Optional<Type> above, List<Type> interfaces,
      Map<MethodTypeDesc, Integer> methods,
      boolean isInterface) {
    boolean isBelow(Type other) {
      return equals(other) || above.filter(each -> each.isBelow(other)).isPresent()
          || interfaces.stream().anyMatch(each -> each.isBelow(other));
    }

    /// Whether it has a method from an interface.
    boolean inherits(MethodTypeDesc type) {
      return (isInterface && methods.containsKey(type)) || above.filter(each -> each.inherits(type)).isPresent()
          || interfaces.stream().anyMatch(each -> each.inherits(type));
    }
  }

  /// A call in a method of its own, named `call` and its number.
  record Call(int number, Type caller, Member.Kind kind, Type owner, MethodTypeDesc type, Type receiver) {
    Member member() {
      return new Member(kind, ClassNames.binary(owner.name), NAME, type);
    }
  }

  RandomHierarchy(long seed) {
    random = new Random(seed);
    root = "h" + seed;
    int interfaces = random.nextInt(5);
    for (int i = 0; i < interfaces; i++) types.add(type("I" + i, true));
    int classes = 1 + random.nextInt(4);
    for (int i = 0; i < classes; i++) types.add(type("C" + i, false));
    List<Type> callers = new ArrayList<>(types);
    for (int level = 0; level < 2; level++) {
      for (String in : List.of(".p.", ".q.")) {
        callers
            .add(new Type(ClassDesc.of(root + in + "X" + level), level, Optional.empty(), List.of(), Map.of(), false));
      }
    }
    for (int i = 0; i < 60; i++) call(callers).ifPresent(calls::add);
    loaders.add(new Loader(getClass().getClassLoader(), 0, callers));
    loaders.add(new Loader(loaders.getFirst(), 1, callers));
  }

  List<Call> calls() {
    return calls;
  }

  Class<?> load(Type type) throws ClassNotFoundException {
    return Class.forName(ClassNames.binary(type.name), true, loaders.get(type.level));
  }

  private Type type(String name, boolean isInterface) {
    List<Type> classes = types.stream().filter(each -> !each.isInterface).toList();
    Optional<Type> above =
        isInterface || classes.isEmpty() || random.nextInt(6) == 0 ? Optional.empty() : Optional.of(classes.getLast());
    List<Type> interfaces =
        types.stream().filter(each -> each.isInterface && random.nextInt(3) == 0).toList();
    int level = random.nextInt(3) == 0 ? 1 : 0;
    for (Type each : interfaces) level = Math.max(level, each.level);
    level = Math.max(level, above.map(Type::level).orElse(0));
    Map<MethodTypeDesc, Integer> methods = new HashMap<>();
    for (MethodTypeDesc each : TYPES) {
      boolean implementing = above.filter(type -> type.inherits(each)).isPresent()
          || interfaces.stream().anyMatch(type -> type.inherits(each));
      if (random.nextInt(3) > 0) methods.put(each, isInterface ? interfaceFlags() : classFlags(implementing));
    }
    String in = random.nextBoolean() ? ".p." : ".q.";
    return new Type(ClassDesc.of(root + in + name), level, above, interfaces, methods, isInterface);
  }

  private int interfaceFlags() {
    int access = random.nextInt(5) == 0 ? Modifier.PRIVATE : Modifier.PUBLIC;
    if (random.nextInt(8) == 0) return access | Modifier.STATIC;
    return access == Modifier.PUBLIC && random.nextInt(3) == 0 ? access | Modifier.ABSTRACT : access;
  }

  /// Beside an interface's method, HotSpot 25 throws AbstractMethodError for a private or static method where
  /// JVMS 5.4.6 selects a default one, and crashes over some package-private ones.
  private int classFlags(boolean implementing) {
    int access = ACCESS[random.nextInt(implementing ? 3 : ACCESS.length)];
    if (!implementing && random.nextInt(8) == 0) return access | Modifier.STATIC;
    return access != Modifier.PRIVATE && random.nextInt(6) == 0 ? access | Modifier.ABSTRACT : access;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// A call that the verifier takes: of the caller's own supertypes it is made on an object of the caller.
  private Optional<Call> call(List<Type> callers) {
    Type caller = one(callers);
    Member.Kind kind = one(List.of(Member.Kind.VIRTUAL, Member.Kind.VIRTUAL, Member.Kind.SPECIAL, Member.Kind.STATIC));
    Type owner = one(types);
    Type receiver = one(types);
    boolean inside = caller.isBelow(owner);
    boolean fits =
        receiver.isBelow(inside ? caller : owner) || (owner.isInterface && !inside && kind == Member.Kind.VIRTUAL);
    boolean special = caller.equals(owner) || (inside && (!owner.isInterface || caller.interfaces.contains(owner)));
    boolean possible = !receiver.isInterface && fits && caller.level >= owner.level
        && (kind != Member.Kind.SPECIAL || (special && types.contains(caller)));
    return possible ? Optional.of(new Call(calls.size(), caller, kind, owner, one(TYPES), receiver)) : Optional.empty();
  }

  private final class Loader extends ClassLoader {
    private final Map<String, Type> own = new HashMap<>();

    Loader(ClassLoader parent, int level, List<Type> all) {
      super(parent);
      all.stream().filter(each -> each.level == level).forEach(each -> own.put(ClassNames.binary(each.name), each));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      @Nullable Type type = own.get(name);
      if (type == null) throw new ClassNotFoundException(name);
      byte[] file = file(type);
      return defineClass(name, file, 0, file.length);
    }
  }

  private byte[] file(Type type) {
    return ClassFile.of().build(type.name, file -> {
      file.withFlags(type.isInterface ? Modifier.PUBLIC | Modifier.INTERFACE | Modifier.ABSTRACT
          : Modifier.PUBLIC | AccessFlag.SUPER.mask());
      ClassDesc above = type.above.map(Type::name).orElse(ConstantDescs.CD_Object);
      file.withSuperclass(above);
      file.withInterfaceSymbols(type.interfaces.stream().map(Type::name).toList());
      if (!type.isInterface) {
        file.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, Modifier.PUBLIC, code -> code.aload(0)
            .invokespecial(above, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
      }
      type.methods.forEach((descriptor, flags) -> method(file, type, descriptor, flags));
      calls.stream().filter(each -> each.caller.equals(type)).forEach(each -> caller(file, each));
    });
  }

  private static void method(ClassBuilder file, Type type, MethodTypeDesc descriptor, int flags) {
    if (Modifier.isAbstract(flags)) {
      file.withMethod(NAME, descriptor, flags, _ -> {});
    } else {
      String which = ClassNames.binary(type.name) + "." + NAME + descriptor.descriptorString();
      file.withMethodBody(NAME, descriptor, flags, code -> code.loadConstant(which).areturn());
    }
  }

  private static void caller(ClassBuilder file, Call call) {
    MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    file.withMethodBody("call" + call.number, type, Modifier.PUBLIC | Modifier.STATIC, code -> {
      ClassDesc owner = call.owner.name;
      if (call.kind != Member.Kind.STATIC) {
        code.aload(0);
        Type seen = call.caller.isBelow(call.owner) ? call.caller : call.owner;
        if (!seen.isInterface) code.checkcast(seen.name);
      }
      switch (call.kind) {
        case STATIC -> code.invokestatic(owner, NAME, call.type, call.owner.isInterface);
        case SPECIAL, NEW -> code.invokespecial(owner, NAME, call.type, call.owner.isInterface);
        case VIRTUAL -> {
          if (call.owner.isInterface) code.invokeinterface(owner, NAME, call.type);
          else code.invokevirtual(owner, NAME, call.type);
        }
      }
      code.areturn();
    });
  }

  /// What a call runs, or the error that it throws, as the JVM has it.
  Object run(Call call) throws ReflectiveOperationException {
    Object receiver = requireNonNull(load(call.receiver).getDeclaredConstructor().newInstance());
    try {
      return load(call.caller).getMethod("call" + call.number, Object.class).invoke(null, receiver);
    } catch (java.lang.reflect.InvocationTargetException e) {
      return requireNonNull(e.getCause()).getClass();
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Type each : types) {
      text.append(each.isInterface ? "interface " : "class ").append(ClassNames.binary(each.name)).append('@')
          .append(each.level);
      each.above.ifPresent(above -> text.append(" extends ").append(ClassNames.binary(above.name)));
      text.append(' ').append(each.interfaces.stream().map(one -> ClassNames.binary(one.name)).toList()).append(" {");
      each.methods.forEach((type, flags) -> text.append(' ').append(Modifier.toString(flags)).append(" m")
          .append(type.displayDescriptor()).append(';'));
      text.append(" }\n");
    }
    return text.toString();
  }
}
