package dev.pinion.inspect;

import java.lang.classfile.ClassModel;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The method that a call runs: the reference is resolved first, then a method is selected by the receiver's class, as
 * the JVM does (JVMS 5.4.3.3, 5.4.3.4, 5.4.5, 5.4.6 and the invoke instructions of 6.5).
 *
 * <p>Initializes no class. Access is not checked, as the compiler has done that; only invokeinterface fails as in the
 * JVM where it selects a method that is not public. Not for use by several threads at once.
 */
final class Selection {
  private final Function<Class<?>, List<Declared>> methods;
  private final Map<Class<?>, Map<String, Declared>> known = new HashMap<>();
  private final Map<Class<?>, Set<Class<?>>> interfaces = new HashMap<>();

  /** A method or constructor as its class declares it. */
  record Declared(Class<?> owner, String name, String descriptor, int flags) {
    /**
     * Those of a class, as reflection gives them.
     *
     * @throws NoClassDefFoundError if a class that a descriptor names is missing
     */
    static List<Declared> of(Class<?> type) {
      List<Declared> all = new ArrayList<>();
      for (Method each : type.getDeclaredMethods()) all.add(of(each));
      for (Constructor<?> each : type.getDeclaredConstructors()) all.add(of(each));
      return all;
    }

    /** Those of a class, as its class file gives them. */
    static List<Declared> of(Class<?> type, ClassModel file) {
      return file.methods().stream()
          .map(each -> new Declared(
              type, each.methodName().stringValue(), each.methodType().stringValue(), each.flags().flagsMask()))
          .toList();
    }

    static Declared of(Executable method) {
      Class<?> result = method instanceof Method each ? each.getReturnType() : void.class;
      String name = method instanceof Method ? method.getName() : Member.CONSTRUCTOR;
      String descriptor = MethodType.methodType(result, method.getParameterTypes()).toMethodDescriptorString();
      return new Declared(method.getDeclaringClass(), name, descriptor, method.getModifiers());
    }

    boolean isStatic() {
      return Modifier.isStatic(flags);
    }

    boolean isPrivate() {
      return Modifier.isPrivate(flags);
    }

    boolean isPublic() {
      return Modifier.isPublic(flags);
    }

    boolean isAbstract() {
      return Modifier.isAbstract(flags);
    }

    private boolean isPackagePrivate() {
      return (flags & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE)) == 0;
    }

    private boolean isPolymorphic() {
      int polymorphic = Modifier.NATIVE | Modifier.TRANSIENT; // the second is ACC_VARARGS here
      return (owner == MethodHandle.class || owner == VarHandle.class) && (flags & polymorphic) == polymorphic;
    }

    @Override
    public String toString() {
      return owner.getName() + "." + name + descriptor;
    }
  }

  /** What a call comes to. */
  sealed interface Outcome {
    /** The method, where one runs. */
    default Optional<Declared> method() {
      return this instanceof Runs(Declared method) ? Optional.of(method) : Optional.empty();
    }
  }

  /** This method runs; as the outcome of a resolution, it is the resolved one, which may be abstract. */
  record Runs(Declared runs) implements Outcome {}

  /** The call throws an error. */
  record Fails(Class<? extends IncompatibleClassChangeError> error) implements Outcome {}

  /**
   * A selection among the methods of a program.
   *
   * @param methods what a class itself declares; asked once for each class
   */
  Selection(Function<Class<?>, List<Declared>> methods) {
    this.methods = methods;
  }

  /**
   * What an instruction runs, or the method handle of a lambda or method reference.
   *
   * @param member the reference; a virtual one is invokeinterface where its owner is an interface
   * @param owner the class that the reference names
   * @param caller the class that has the instruction
   * @param receiver the class of the object that the method is called on; of no meaning for static and special calls
   */
  Outcome call(Member member, Class<?> owner, Class<?> caller, Class<?> receiver) {
    Outcome resolved = resolve(owner, member.name(), member.type().descriptorString());
    if (!(resolved instanceof Runs(Declared method))) return resolved;
    if (method.isStatic() != (member.kind() == Member.Kind.STATIC)) return changed();
    return switch (member.kind()) {
      case STATIC -> resolved;
      case SPECIAL, NEW -> special(method, owner, caller);
      case VIRTUAL -> virtual(method, owner, receiver);
    };
  }

  private Outcome virtual(Declared method, Class<?> owner, Class<?> receiver) {
    if (!owner.isInterface() || method.isPrivate()) return select(method, receiver);
    if (!owner.isAssignableFrom(receiver)) return changed();
    Outcome selected = select(method, receiver);
    boolean hidden = selected.method().filter(each -> !each.isPublic()).isPresent();
    return hidden && method.owner().isInterface() ? new Fails(IllegalAccessError.class) : selected;
  }

  /** The method that a reference names, or the error of naming none (JVMS 5.4.3.3, and 5.4.3.4 of interfaces). */
  Outcome resolve(Class<?> owner, String name, String descriptor) {
    for (Class<?> each : chain(owner)) {
      Declared found = declared(each, name, descriptor);
      if (found != null) return new Runs(found);
    }
    Declared root = owner.isInterface() ? declared(Object.class, name, descriptor) : null;
    if (root != null && root.isPublic() && !root.isStatic()) return new Runs(root);
    List<Declared> inherited = inherited(interfaces(owner), name, descriptor);
    if (inherited.isEmpty()) return new Fails(NoSuchMethodError.class);
    List<Declared> bodies = bodies(inherited);
    return new Runs(bodies.size() == 1 ? bodies.getFirst() : inherited.getFirst());
  }

  /** What runs in an object of a class for a method that has been resolved (JVMS 5.4.6). */
  Outcome select(Declared resolved, Class<?> receiver) {
    return select(resolved, chain(receiver), interfaces(receiver));
  }

  /** What runs in an object that has only the methods of these interfaces and of {@code Object}, such as a lambda. */
  Outcome select(Declared resolved, List<Class<?>> implemented) {
    Set<Class<?>> all = new LinkedHashSet<>(implemented);
    implemented.forEach(each -> all.addAll(interfaces(each)));
    return select(resolved, List.of(Object.class), all);
  }

  private Outcome select(Declared resolved, List<Class<?>> classes, Set<Class<?>> implemented) {
    if (resolved.isPrivate() || resolved.isPolymorphic()) return new Runs(resolved);
    for (Class<?> each : classes) {
      Declared found = declared(each, resolved.name, resolved.descriptor);
      if (found != null && !found.isStatic() && overrides(found, resolved)) return runs(found);
    }
    return inherits(implemented, resolved);
  }

  /** Whether a method is another one or can override it (JVMS 5.4.5); both have the same name and descriptor. */
  boolean overrides(Declared lower, Declared upper) {
    if (lower.equals(upper)) return true;
    if (lower.isPrivate() || upper.isPrivate()) return false;
    if (!upper.isPackagePrivate() || samePackage(lower.owner, upper.owner)) return true;
    for (Class<?> each : chain(lower.owner).subList(1, chain(lower.owner).size())) {
      if (each == upper.owner) return false;
      Declared between = declared(each, upper.name, upper.descriptor);
      if (between != null && !between.isStatic() && overrides(between, upper) && overrides(lower, between)) return true;
    }
    return false;
  }

  private Outcome special(Declared method, Class<?> owner, Class<?> caller) {
    if (method.name.equals(Member.CONSTRUCTOR)) {
      return method.owner == owner ? new Runs(method) : new Fails(NoSuchMethodError.class);
    }
    boolean above = !owner.isInterface() && owner != caller && owner.isAssignableFrom(caller);
    Class<?> from = above ? Objects.requireNonNullElse(caller.getSuperclass(), owner) : owner;
    for (Class<?> each : chain(from)) {
      Declared found = declared(each, method.name, method.descriptor);
      if (found != null && !found.isStatic()) return runs(found);
    }
    Declared root = from.isInterface() ? declared(Object.class, method.name, method.descriptor) : null;
    if (root != null && root.isPublic() && !root.isStatic()) return new Runs(root);
    return inherits(interfaces(from), method);
  }

  private Outcome inherits(Set<Class<?>> implemented, Declared method) {
    List<Declared> bodies = bodies(inherited(implemented, method.name, method.descriptor));
    if (bodies.size() == 1) return new Runs(bodies.getFirst());
    return bodies.isEmpty() ? new Fails(AbstractMethodError.class) : changed();
  }

  /** The methods with a body among the maximally-specific ones. */
  private static List<Declared> bodies(List<Declared> inherited) {
    return inherited.stream()
        .filter(each -> !each.isAbstract())
        .filter(each -> inherited.stream()
            .noneMatch(other -> other.owner != each.owner && each.owner.isAssignableFrom(other.owner)))
        .toList();
  }

  private List<Declared> inherited(Set<Class<?>> implemented, String name, String descriptor) {
    return implemented.stream()
        .flatMap(each -> Optional.ofNullable(declared(each, name, descriptor)).stream())
        .filter(each -> !each.isPrivate() && !each.isStatic())
        .toList();
  }

  private static Outcome runs(Declared method) {
    return method.isAbstract() ? new Fails(AbstractMethodError.class) : new Runs(method);
  }

  private static Outcome changed() {
    return new Fails(IncompatibleClassChangeError.class);
  }

  private @Nullable Declared declared(Class<?> type, String name, String descriptor) {
    Map<String, Declared> all = known.computeIfAbsent(type, this::read);
    Declared found = all.get(name + descriptor);
    return found == null && (type == MethodHandle.class || type == VarHandle.class) ? all.get(name) : found;
  }

  private Map<String, Declared> read(Class<?> type) {
    Map<String, Declared> all = new HashMap<>();
    for (Declared each : methods.apply(type)) {
      all.put(each.name + each.descriptor, each);
      if (each.isPolymorphic()) all.put(each.name, each);
    }
    return all;
  }

  /** A class and those above it; an interface alone. */
  private static List<Class<?>> chain(Class<?> type) {
    List<Class<?>> all = new ArrayList<>();
    for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) all.add(each);
    return all;
  }

  /** All interfaces above a type. */
  private Set<Class<?>> interfaces(Class<?> type) {
    Set<Class<?>> found = interfaces.get(type);
    if (found != null) return found;
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> each : chain(type)) {
      for (Class<?> direct : each.getInterfaces()) {
        all.add(direct);
        all.addAll(interfaces(direct));
      }
    }
    interfaces.put(type, all);
    return all;
  }

  private static boolean samePackage(Class<?> one, Class<?> two) {
    return Objects.equals(one.getClassLoader(), two.getClassLoader())
        && one.getPackageName().equals(two.getPackageName());
  }
}
