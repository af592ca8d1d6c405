package dev.pinion.inspect;

import java.util.List;
import java.util.Set;

/** What is known of methods of the JDK and of libraries, whose code is not read. */
final class ForeignCode {
  private static final Set<String> REFLECTION = Set.of(
      "java.lang.reflect.Method.invoke",
      "java.lang.reflect.Constructor.newInstance",
      "java.lang.reflect.Field.get",
      "java.lang.reflect.Field.set",
      "java.lang.reflect.Proxy.newProxyInstance",
      "java.lang.Class.newInstance",
      "java.lang.invoke.MethodHandle.invoke",
      "java.lang.invoke.MethodHandle.invokeExact",
      "java.lang.invoke.MethodHandle.invokeWithArguments",
      "java.lang.invoke.MethodHandleProxies.asInterfaceInstance",
      "java.io.ObjectInputStream.readObject",
      "java.io.ObjectInputStream.readUnshared",
      "java.beans.XMLDecoder.readObject",
      "java.util.ServiceLoader.load",
      "java.util.ServiceLoader.loadInstalled",
      "java.lang.System.load",
      "java.lang.System.loadLibrary",
      "java.lang.Runtime.load",
      "java.lang.Runtime.loadLibrary");
  private static final Set<String> REFLECTIVE_CLASSES = Set.of(
      "java.lang.invoke.ConstantBootstraps",
      "java.lang.invoke.VarHandle",
      "java.lang.reflect.AccessFlag",
      "sun.misc.Unsafe");
  /** Static methods of these give what they are given, and keep nothing. */
  private static final List<String> FACTORIES = List.of(
      "java.util.",
      "java.time.",
      "java.text.",
      "java.math.",
      "java.nio.",
      "java.net.http.",
      "java.net.URI",
      "java.net.URLDecoder",
      "java.net.URLEncoder",
      "java.security.AlgorithmParameter",
      "java.security.Key",
      "java.security.MessageDigest",
      "java.security.SecureRandom",
      "java.security.Signature",
      "java.security.cert.",
      "javax.crypto.",
      "java.lang.String",
      "java.lang.Integer",
      "java.lang.Long",
      "java.lang.Double",
      "java.lang.Float",
      "java.lang.Short",
      "java.lang.Byte",
      "java.lang.Character",
      "java.lang.Boolean",
      "java.lang.Math",
      "java.lang.Enum",
      "java.lang.Iterable",
      "java.lang.ScopedValue",
      "java.lang.foreign.",
      "kotlin.");
  private static final List<String> REGISTRIES = List.of(
      "java.util.logging.",
      "java.util.prefs.",
      "java.util.spi.",
      "java.util.TimeZone",
      "java.util.Locale",
      "java.util.ResourceBundle",
      "java.util.ServiceLoader",
      "java.util.concurrent.ForkJoinPool",
      "java.nio.file.FileSystems");
  private static final Set<String> THREAD_FACTORIES =
      Set.of("startVirtualThread", "ofVirtual", "ofPlatform", "sleep", "onSpinWait", "yield");
  /** Collections and the like, in these packages, call nothing of what they hold but what these types have. */
  private static final Set<Class<?>> KNOWN_TO_COLLECTIONS = Set.of(
      Object.class,
      Comparable.class,
      CharSequence.class,
      Number.class,
      Iterable.class,
      java.util.Collection.class,
      java.util.SequencedCollection.class,
      java.util.List.class,
      java.util.Set.class,
      java.util.Map.class,
      java.util.Map.Entry.class,
      java.util.Iterator.class,
      java.util.Formattable.class,
      java.util.AbstractCollection.class,
      java.util.AbstractList.class,
      java.util.AbstractSet.class,
      java.util.AbstractMap.class);
  private static final List<String> LOUD = List.of(
      "java.util.logging.",
      "java.util.prefs.",
      "java.util.Timer",
      "java.util.EventListener",
      "java.util.Observable",
      "java.util.ServiceLoader",
      "java.util.ResourceBundle");
  private static final List<String> QUIET_CONCURRENT = List.of("Concurrent", "CopyOnWrite", "atomic.", "locks.");

  /** Parts of names of collections that nothing can change. */
  private static final List<String> CONSTANT = List.of("Immutable", "Empty", "Singleton");

  private ForeignCode() {}

  /** Whether a call reaches what cannot be known. */
  static boolean isReflection(Member member, Class<?> owner) {
    return REFLECTION.contains(owner.getName() + "." + member.name())
        || REFLECTIVE_CLASSES.contains(owner.getName())
        || (owner.getName().startsWith("java.lang.constant.Dynamic") && member.name().startsWith("resolve"));
  }

  /** Whether a constructor does nothing that matters. */
  static boolean isPlainConstructor(Member member, Class<?> owner) {
    return member.name().equals(Member.CONSTRUCTOR)
        && (owner == Object.class || owner == Record.class || owner == Enum.class);
  }

  /** Whether a static method may keep what it is given for others who ask. */
  static boolean isRegistry(Member member, Class<?> owner) {
    String name = owner.getName();
    if (owner == Thread.class) return !THREAD_FACTORIES.contains(member.name());
    return REGISTRIES.stream().anyMatch(name::startsWith) || FACTORIES.stream().noneMatch(name::startsWith);
  }

  /** Whether a class is of Kotlin's standard library, which uses no object by reflection that it is given. */
  static boolean isKotlins(Class<?> type) {
    return type.getName().startsWith("kotlin.") && !type.getName().startsWith("kotlin.reflect.");
  }

  /** Whether code of a class calls only common methods of objects that it knows nothing of. */
  static boolean isCollection(Class<?> owner) {
    String name = owner.getName();
    if (name.startsWith("java.util.concurrent.")) {
      String rest = name.substring("java.util.concurrent.".length());
      return QUIET_CONCURRENT.stream().anyMatch(rest::startsWith) && !rest.endsWith("FieldUpdater");
    }
    return owner == Object.class || owner == String.class || owner == Iterable.class || owner == ThreadLocal.class
        || name.equals("kotlin.jvm.internal.Intrinsics")
        || (name.startsWith("java.util.") && LOUD.stream().noneMatch(name::startsWith));
  }

  /** Whether a method gives constants of an enum that it was not given. */
  static boolean givesOtherConstants(Member member, Class<?> owner) {
    return owner == java.util.EnumSet.class && (member.name().equals("range") || member.name().equals("complementOf"));
  }

  /**
   * Whether an object is a collection or an array that may be changed, or leads to one, as an iterator does: not one of
   * those that all share.
   */
  static boolean isChangeable(Object object) {
    if (object instanceof Object[] array) return array.length > 0;
    if (!(object instanceof java.util.Map || object instanceof java.util.Collection
        || object instanceof java.util.Map.Entry || object instanceof java.util.Iterator)) {
      return false;
    }
    String name = object.getClass().getName();
    return CONSTANT.stream().noneMatch(name::contains);
  }

  /** Whether collections call methods of a type. */
  static boolean isKnownToCollections(Class<?> type) {
    return KNOWN_TO_COLLECTIONS.contains(type) || java.util.Date.class.isAssignableFrom(type)
        || type == java.util.Calendar.class || type == java.util.TimeZone.class
        || type.getName().startsWith("java.time.");
  }

  /** Whether a class reads and writes fields of objects by their names. */
  static boolean updatesFields(Class<?> owner) {
    return owner.getName().startsWith("java.util.concurrent.atomic.") && owner.getName().endsWith("FieldUpdater");
  }

  /** Whether a class calls methods of objects by their names: serialization, beans, management. */
  static boolean isReflective(Class<?> owner) {
    String name = owner.getName();
    return name.startsWith("java.io.Object") || name.startsWith("java.beans.") || name.startsWith("javax.management.")
        || name.startsWith("java.lang.management.") || name.startsWith("javax.script.") || name.startsWith("java.rmi.");
  }
}
