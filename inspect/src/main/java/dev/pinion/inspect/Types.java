package dev.pinion.inspect;

import dev.pinion.App;
import dev.pinion.Query;
import dev.pinion.spi.AppModel;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Method;
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
  private final AppModel app;
  private final InspectLoader loader;
  private final Libraries libraries;
  private final Map<String, Class<?>> classes = new HashMap<>();
  private final Map<String, Optional<ClassModel>> files = new HashMap<>();
  private final Map<Class<?>, Owner> owners = new HashMap<>();
  private final Map<Class<?>, Boolean> initialized = new HashMap<>();
  private final Map<String, Optional<Code>> found = new HashMap<>();

  /** Whose a class is. */
  enum Owner {
    /** The user's, and that of libraries that use Pinion: its code is analysed. */
    APP,
    PINION,
    JDK,
    /** That of libraries that do not know Pinion: they can act only through what they are given. */
    LIBRARY
  }

  /** A method with a body, in a class that is analysed. */
  record Code(Class<?> owner, String name, String descriptor, boolean isStatic, Body body) {}

  Types(AppModel app, InspectLoader loader, Libraries libraries) {
    this.app = app;
    this.loader = loader;
    this.libraries = libraries;
  }

  InspectLoader loader() {
    return loader;
  }

  /** The class of a binary name, or of a descriptor. */
  Class<?> load(String name) {
    Class<?> known = classes.get(name);
    if (known != null) return known;
    try {
      Class<?> loaded = name.startsWith("[") || name.endsWith(";") || name.length() == 1
          ? load(ClassDesc.ofDescriptor(name.replace('.', '/')))
          : Class.forName(name, false, loader);
      classes.put(name, loaded);
      return loaded;
    } catch (ClassNotFoundException | LinkageError e) {
      throw new GiveUp("class " + name + " cannot be loaded: " + e.getMessage());
    }
  }

  Class<?> load(ClassDesc type) {
    if (type.isPrimitive()) return primitive(type);
    if (type.isArray()) return load(type.componentType()).arrayType();
    return load(binary(type));
  }

  private static Class<?> primitive(ClassDesc type) {
    return java.lang.invoke.MethodType.fromMethodDescriptorString("()" + type.descriptorString(), null).returnType();
  }

  static String binary(ClassDesc type) {
    String descriptor = type.descriptorString();
    return type.isArray() ? descriptor : descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
  }

  static String shortName(String binary) {
    return binary.substring(Math.max(binary.lastIndexOf('.'), binary.lastIndexOf('$')) + 1);
  }

  Owner owner(Class<?> type) {
    return owners.computeIfAbsent(type, this::find);
  }

  private Owner find(Class<?> type) {
    if (type.isArray() || type.isPrimitive()) return Owner.JDK;
    String name = type.getName();
    if (name.startsWith(App.class.getPackageName() + ".") && type.getClassLoader() != loader) return Owner.PINION;
    if (type.getClassLoader() != loader) return Owner.JDK;
    return loader.own().contains(name) || libraries.usesPinion(name) ? Owner.APP : Owner.LIBRARY;
  }

  boolean isApps(Class<?> type) {
    return owner(type) == Owner.APP;
  }

  /**
   * Whether a class is initialized without a mistake: initializing it here, where nothing can act, shows that it does
   * not act. One that define has not initialized, and that would use more than this process, stays as it is: beside a
   * running app it would open its files and take its ports.
   */
  boolean initialized(Class<?> type) {
    Boolean known = initialized.get(type);
    if (known == null) {
      initialized.put(type, false);
      known = supertypes(type).stream().noneMatch(this::isToBeLeft) && initialize(type);
      initialized.put(type, known);
    }
    return known;
  }

  private boolean initialize(Class<?> type) {
    try {
      Class.forName(type.getName(), true, loader);
      return !loader.hasActed();
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private boolean isToBeLeft(Class<?> type) {
    if (!loader.own().contains(type.getName()) || loader.isInitialized(type)) return false;
    if (file(type).filter(Initializers::isIn).isEmpty()) return false;
    Analysis analysis = new Analysis(app, this, true);
    return analysis.run(() -> analysis.calls().initialize(type)).leavesTheProcess();
  }

  /** The method's body, looked for in a class and those above it, then in their interfaces. */
  Optional<Code> find(Class<?> type, String name, String descriptor) {
    String key = type.getName() + "." + name + descriptor;
    Optional<Code> known = found.get(key);
    if (known == null) {
      known = supertypes(type).stream()
          .filter(this::isApps)
          .flatMap(each -> declared(each, name, descriptor).stream())
          .findFirst();
      found.put(key, known);
    }
    return known;
  }

  /** A class, those above it from the nearest, then all interfaces, the more special ones first. */
  static List<Class<?>> supertypes(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) all.add(each);
    List<Class<?>> interfaces = new ArrayList<>();
    for (Class<?> each : List.copyOf(all)) collect(each, interfaces);
    interfaces.sort((one, two) -> one == two ? 0 : depth(two) - depth(one));
    all.addAll(interfaces);
    return List.copyOf(all);
  }

  private static void collect(Class<?> type, List<Class<?>> interfaces) {
    for (Class<?> each : type.getInterfaces()) {
      if (!interfaces.contains(each)) interfaces.add(each);
      collect(each, interfaces);
    }
  }

  private static int depth(Class<?> type) {
    int depth = 0;
    for (Class<?> each : type.getInterfaces()) depth = Math.max(depth, depth(each) + 1);
    return depth;
  }

  private Optional<Code> declared(Class<?> type, String name, String descriptor) {
    return file(type).flatMap(file -> file.methods().stream()
        .filter(each -> each.methodName().equalsString(name) && each.methodType().equalsString(descriptor))
        .findFirst()
        .flatMap(method -> code(type, file, method)));
  }

  private static Optional<Code> code(Class<?> type, ClassModel file, MethodModel method) {
    String descriptor = method.methodType().stringValue();
    String name = method.methodName().stringValue();
    if (Modifier.isNative(method.flags().flagsMask())) {
      throw new GiveUp(type.getSimpleName() + "." + name + " is native, and its code cannot be read");
    }
    boolean isStatic = Modifier.isStatic(method.flags().flagsMask());
    return method.code().map(code -> new Code(type, name, descriptor, isStatic, Body.of(file, method, code)));
  }

  private Optional<ClassModel> file(Class<?> type) {
    return files.computeIfAbsent(type.getName(), name -> {
      byte @Nullable [] bytes = loader.file(name);
      if (bytes == null) throw new GiveUp("class " + name + " has no class file: it is made while the app runs");
      return Optional.of(ClassFile.of().parse(bytes));
    });
  }

  /** The methods of an app's object that code which is not analysed may call; all of them, where it uses reflection. */
  List<Method> callable(Class<?> type, boolean all) {
    List<Method> methods = new ArrayList<>();
    List<Class<?>> supertypes = supertypes(type);
    try {
      for (Class<?> each : supertypes) {
        if (!isApps(each)) continue;
        for (Method method : each.getDeclaredMethods()) {
          int flags = method.getModifiers();
          if (Modifier.isStatic(flags) || Modifier.isAbstract(flags)) continue;
          if (all || overrides(supertypes, method)) methods.add(method);
        }
      }
    } catch (LinkageError e) {
      throw new GiveUp("class " + type.getName() + " cannot be read: " + e.getMessage());
    }
    methods.sort(java.util.Comparator.comparing(Method::toString));
    return methods;
  }

  private boolean overrides(List<Class<?>> supertypes, Method method) {
    return supertypes.stream()
        .filter(each -> owner(each) == Owner.JDK || owner(each) == Owner.LIBRARY)
        .anyMatch(each -> declares(each, method.getName(), method.getParameterCount()))
        || declares(Object.class, method.getName(), method.getParameterCount());
  }

  private static boolean declares(Class<?> type, String name, int parameters) {
    for (Method each : type.getDeclaredMethods()) {
      if (each.getName().equals(name) && each.getParameterCount() == parameters) return true;
    }
    return false;
  }

  /** Whether a type is an interface with one method to implement. */
  static boolean isFunctional(Class<?> type) {
    return type.isInterface() && java.util.Arrays.stream(type.getMethods())
        .filter(each -> Modifier.isAbstract(each.getModifiers()))
        .filter(each -> !declares(Object.class, each.getName(), each.getParameterCount()))
        .count() == 1;
  }

  /** Whether code that is not analysed knows the method of a functional interface. */
  boolean isForeignFunction(Obj.Closure closure) {
    return supertypes(closure.type()).stream()
        .filter(each -> owner(each) == Owner.JDK || owner(each) == Owner.LIBRARY)
        .anyMatch(each -> java.util.Arrays.stream(each.getDeclaredMethods())
            .anyMatch(method -> method.getName().equals(closure.method())));
  }

  /** The class of an object of the app's own, empty for others. */
  static Optional<Class<?>> classOf(Obj object) {
    return switch (object) {
      case Obj.Live live -> Optional.of(live.type());
      case Obj.Fresh fresh -> Optional.of(fresh.type());
      case Obj.Made made -> Optional.of(made.type());
      default -> Optional.empty();
    };
  }

  /** Whether a variable of a type may hold an object. */
  boolean fits(Obj object, Class<?> type) {
    if (type == Object.class) return true;
    if (type.isPrimitive()) return false;
    return switch (object) {
      case Obj.Resource resource -> type.isAssignableFrom(load(resource.kind().type()));
      case Obj.Live _, Obj.Fresh _, Obj.Made _ -> type.isAssignableFrom(classOf(object).orElseThrow())
          || (object instanceof Obj.Made made && made.type().isAssignableFrom(type));
      case Obj.Closure _ -> type.isInterface();
      case Obj.Foreign _ -> !isApps(type) && owner(type) != Owner.PINION && !type.isArray() && isHolder(type);
      case Obj.Arr _ -> type.isArray() || type == java.io.Serializable.class || type == Cloneable.class;
      case Obj.Search _ -> type == Query.class || type.getName().equals("dev.pinion.Scan") || type == Record.class;
      case Obj.Part _ -> owner(type) == Owner.PINION;
      case Obj.State(Obj.Identity(Object state)) -> type.isInstance(state);
      case Obj.Text _ -> type.isAssignableFrom(String.class);
      case Obj.Type _ -> type.isAssignableFrom(Class.class);
    };
  }

  /** Whether an object of a class that is not analysed may hold one of the app's. */
  boolean isHolder(Class<?> type) {
    if (type.isPrimitive()) return false;
    if (type.isArray()) return !type.componentType().isPrimitive();
    return switch (owner(type)) {
      case PINION -> false;
      case APP -> true;
      case JDK, LIBRARY -> !Values.isPlain(type);
    };
  }
}
