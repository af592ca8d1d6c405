package dev.pinion.inspect;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.Tickets;
import dev.pinion.TransactGet;
import dev.pinion.TransactWrite;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The classes of a program, and whose they are. */
final class Types {
  private final InspectLoader loader;
  private final PinionUsers users;
  private final ClassNames names;
  private final Map<String, Class<?>> classes = new HashMap<>();
  private final Map<Class<?>, Owner> owners = new HashMap<>();
  private final Map<Class<?>, Boolean> holders = new HashMap<>();
  private final Map<Class<?>, Boolean> functional = new HashMap<>();
  private final Map<ClassLoader, Boolean> hosts = new HashMap<>();

  /** Whose a class is. */
  enum Owner {
    /** The user's, and that of libraries that use Pinion: its code is analysed. */
    APP,
    PINION,
    JDK,
    /** That of libraries that do not know Pinion: they can act only through what they are given. */
    LIBRARY
  }

  Types(InspectLoader loader, PinionUsers users) {
    this.loader = loader;
    this.users = users;
    this.names = new ClassNames(loader.own());
  }

  /** The names of the user's own classes in texts. */
  ClassNames names() {
    return names;
  }

  InspectLoader loader() {
    return loader;
  }

  /** The class of a binary name, or of an array's descriptor. */
  Class<?> load(String name) {
    Class<?> known = classes.get(name);
    if (known != null) return known;
    try {
      Class<?> loaded = name.startsWith("[")
          ? load(ClassDesc.ofDescriptor(name.replace('.', '/')))
          : Class.forName(name, false, loader);
      classes.put(name, loaded);
      return loaded;
    } catch (ClassNotFoundException | LinkageError e) {
      throw new GiveUp("class " + name + " cannot be loaded: " + e.getMessage());
    }
  }

  /** The class of a binary name; empty where it cannot be loaded, so that it has no objects. */
  Optional<Class<?>> find(String name) {
    try {
      return Optional.of(load(name));
    } catch (GiveUp absent) {
      return Optional.empty();
    }
  }

  Class<?> load(ClassDesc type) {
    if (type.isPrimitive()) return primitive(type);
    if (type.isArray()) return load(type.componentType()).arrayType();
    return load(ClassNames.binary(type));
  }

  private static Class<?> primitive(ClassDesc type) {
    return java.lang.invoke.MethodType.fromMethodDescriptorString("()" + type.descriptorString(), null).returnType();
  }

  Owner owner(Class<?> type) {
    Owner known = owners.get(type);
    if (known == null) {
      known = find(type);
      owners.put(type, known);
    }
    return known;
  }

  private Owner find(Class<?> type) {
    if (type.isArray() || type.isPrimitive()) return Owner.JDK;
    String name = type.getName();
    if (name.startsWith(App.class.getPackageName() + ".") && type.getClassLoader() != loader) return Owner.PINION;
    if (type.getClassLoader() != loader) return Owner.JDK;
    return loader.own().contains(name) || users.mayUsePinion(name) ? Owner.APP : Owner.LIBRARY;
  }

  boolean isApps(Class<?> type) {
    return owner(type) == Owner.APP;
  }

  boolean isOfPinion(Class<?> type) {
    return owner(type) == Owner.PINION;
  }

  /**
   * Whether a class is one that the program cannot see: of Pinion's command, or of what has called the inspector. An
   * array has the loader of its elements, which may be of Pinion's API, whose loader is the host's.
   */
  boolean isOfHost(Class<?> type) {
    if (type.isArray()) return false;
    ClassLoader own = type.getClassLoader();
    return own != null && hosts.computeIfAbsent(own, each -> !isAbove(each, loader) && !isAbove(loader, each));
  }

  /** Whether a class is of the program's loader, or of one that the program has made. */
  boolean isBelow(Class<?> type) {
    return type.getClassLoader() != null && isAbove(loader, type.getClassLoader());
  }

  private static boolean isAbove(ClassLoader upper, ClassLoader lower) {
    for (@Nullable ClassLoader each = lower; each != null; each = each.getParent()) {
      if (each.equals(upper)) return true;
    }
    return false;
  }

  /** Whether the code of a class is neither analysed nor Pinion's. */
  boolean isForeign(Class<?> type) {
    Owner owner = owner(type);
    return owner == Owner.JDK || owner == Owner.LIBRARY;
  }

  /** Whether an object is of the app's, or one of its resources, or stands for what it does with them. */
  boolean isFollowed(Object object) {
    Class<?> type = object.getClass();
    if (isApps(type) || (type.isHidden() && loader.lambda(object) != null)) return true;
    return isOfPinion(type) && (Definition.modelOf(object).isPresent() || object instanceof Query
        || object instanceof Scan || object instanceof TransactWrite
        || object instanceof TransactGet || object instanceof Tickets);
  }

  /** Whether an app's class has a superclass of the JDK's or a library's, which may hold what it is given. */
  boolean extendsForeign(Class<?> type) {
    for (@Nullable Class<?> each = type.getSuperclass(); each != null; each = each.getSuperclass()) {
      if (each != Object.class && each != Record.class && each != Enum.class && isForeign(each)) return true;
    }
    return false;
  }

  /** A class, those above it from the nearest, then all interfaces. */
  static List<Class<?>> supertypes(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) all.add(each);
    for (Class<?> each : List.copyOf(all)) collect(each, all);
    return List.copyOf(all);
  }

  private static void collect(Class<?> type, Set<Class<?>> interfaces) {
    for (Class<?> each : type.getInterfaces()) {
      if (interfaces.add(each)) collect(each, interfaces);
    }
  }

  /** Whether an instruction reads a constant of an enum of the app's. */
  boolean isEnumConstant(FieldInstruction read) {
    Class<?> type = load(ClassNames.binary(read.owner().asSymbol()));
    if (!type.isEnum()) return false;
    try {
      return type.getDeclaredField(read.name().stringValue()).isEnumConstant();
    } catch (NoSuchFieldException _) {
      return false;
    }
  }

  /** Whether a type is an interface with one method to implement. */
  boolean isFunctional(Class<?> type) {
    return type.isInterface() && functional.computeIfAbsent(type, each -> {
      List<String> methods = java.util.Arrays.stream(each.getMethods())
          .filter(method -> Modifier.isAbstract(method.getModifiers()))
          .filter(method -> !isOfObject(method))
          .map(method -> method.getName() + method.getParameterCount())
          .distinct()
          .toList();
      return methods.size() == 1;
    });
  }

  private static boolean isOfObject(java.lang.reflect.Method method) {
    return java.util.Arrays.stream(Object.class.getMethods())
        .anyMatch(each -> each.getName().equals(method.getName())
            && java.util.Arrays.equals(each.getParameterTypes(), method.getParameterTypes()));
  }

  /** The class of an object of the app's own, empty for others. */
  static Optional<Class<?>> classOf(Obj object) {
    return object.ofApp();
  }

  /** What of a value a variable of a type may hold. */
  Value narrow(Value value, Class<?> type) {
    if (type == Object.class) return value;
    List<Obj> fitting = new ArrayList<>();
    boolean same = true;
    for (Obj each : value.objects()) {
      if (each instanceof Obj.Unknown(Class<?> wide) && wide != type && wide.isAssignableFrom(type)) {
        fitting.add(new Obj.Unknown(type));
        same = false;
      } else if (fits(each, type)) fitting.add(each);
      else same = false;
    }
    Value fit = same ? value : Value.of(fitting, value.other());
    return isApps(type) || isResource(type) ? fit.followed() : fit;
  }

  /** Whether a class is that of one of the app's kinds of resources. */
  static boolean isResource(Class<?> type) {
    for (Obj.Kind each : Obj.Kind.values()) {
      if (each.type() == type) return true;
    }
    return false;
  }

  /** Whether a variable of a type may hold an object. */
  boolean fits(Obj object, Class<?> type) {
    if (type == Object.class) return true;
    if (type.isPrimitive()) return false;
    Optional<Class<?>> exactly = object.exactly();
    if (exactly.isPresent()) return type.isAssignableFrom(exactly.get());
    if (object instanceof Obj.Closure closure) {
      return closure.interfaces().stream().anyMatch(type::isAssignableFrom);
    }
    if (object instanceof Obj.Foreign foreign) return fits(foreign, type);
    if (object instanceof Obj.Unknown(Class<?> wide)) return isRelated(wide, type);
    if (object instanceof Obj.Arr) {
      return type.isArray() || type == java.io.Serializable.class || type == Cloneable.class;
    }
    if (object instanceof Obj.Search) return type == Query.class || type == Scan.class || type == Record.class;
    return object instanceof Obj.Part && (type == TransactWrite.class || type == TransactGet.class);
  }

  private boolean fits(Obj.Foreign foreign, Class<?> type) {
    if (type.isAssignableFrom(foreign.type())) return true;
    if (type.isAnnotation()) return java.lang.annotation.Annotation.class.isAssignableFrom(foreign.type());
    if (foreign.known() == Obj.Known.EXACTLY || isApps(type) || isOfPinion(type) || !isHolder(type)) return false;
    if (foreign.known() == Obj.Known.BOUND && isFunctional(type)) return false;
    return isRelated(foreign.type(), type);
  }

  /** Whether there may be objects of both types. */
  private static boolean isRelated(Class<?> one, Class<?> two) {
    if (one.isAssignableFrom(two) || two.isAssignableFrom(one)) return true;
    boolean open = (one.isInterface() && !Modifier.isFinal(two.getModifiers()))
        || (two.isInterface() && !Modifier.isFinal(one.getModifiers()));
    return open && !one.isArray() && !two.isArray();
  }

  /** Whether an object of a class that is not analysed may hold one of the app's. */
  boolean isHolder(Class<?> type) {
    Boolean known = holders.get(type);
    if (known == null) {
      known = mayHold(type);
      holders.put(type, known);
    }
    return known;
  }

  private boolean mayHold(Class<?> type) {
    if (type.isPrimitive()) return false;
    if (type.isArray()) return !type.componentType().isPrimitive();
    return switch (owner(type)) {
      case PINION -> false;
      case APP -> true;
      case JDK, LIBRARY -> !PlainTypes.isPlain(type);
    };
  }
}
