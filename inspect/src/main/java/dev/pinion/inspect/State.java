package dev.pinion.inspect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharArrayReader;
import java.io.CharArrayWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channel;
import java.nio.file.WatchService;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.stream.BaseStream;
import java.util.zip.ZipFile;

/** Objects of the JDK's that belong to one process: those that change, and those that are open. */
final class State {
  private static final String OWN =
      "; on AWS each function instance has its own, which no other sees and which is lost";
  private static final String KEEP = "keep it in a table, or mark the field with @PerInstance if a cache is meant";
  private static final List<Class<?>> OPEN = List.of(
      InputStream.class,
      OutputStream.class,
      Reader.class,
      Writer.class,
      RandomAccessFile.class,
      Channel.class,
      Socket.class,
      ServerSocket.class,
      DatagramSocket.class,
      WatchService.class,
      Process.class,
      Scanner.class,
      ZipFile.class);
  private static final List<Class<?>> IN_MEMORY = List.of(
      ByteArrayInputStream.class,
      ByteArrayOutputStream.class,
      CharArrayReader.class,
      CharArrayWriter.class,
      StringReader.class,
      StringWriter.class);
  private static final List<Class<?>> COUNTERS = List.of(
      AtomicInteger.class, AtomicLong.class, AtomicBoolean.class, LongAdder.class, DoubleAdder.class);
  private static final List<Class<?>> LOCKS =
      List.of(Lock.class, ReadWriteLock.class, Semaphore.class, CountDownLatch.class);
  private static final List<String> MUTATORS = List.of(
      "accumulate",
      "acquire",
      "add",
      "and",
      "append",
      "clear",
      "compareAnd",
      "compute",
      "countDown",
      "decrement",
      "delete",
      "drain",
      "flip",
      "getAnd",
      "increment",
      "insert",
      "lazySet",
      "lock",
      "merge",
      "offer",
      "or",
      "poll",
      "pop",
      "push",
      "put",
      "release",
      "remove",
      "replace",
      "reset",
      "retainAll",
      "set",
      "sort",
      "take",
      "tryLock",
      "update",
      "weakCompareAnd",
      "write",
      "xor");

  private State() {}

  /** Whether a method of a name changes its object. */
  static boolean isMutator(String method) {
    return MUTATORS.stream().anyMatch(
        each -> method.startsWith(each)
            && (method.length() == each.length() || !Character.isLowerCase(method.charAt(each.length()))));
  }

  /**
   * Whether methods such as put change objects of a class, and it matters: of the JDK, or a collection of a library. A
   * cache of a library may be empty at any time anyway.
   */
  static boolean isCollection(Class<?> type) {
    return type.getClassLoader() == null || Types.supertypes(type).stream()
        .anyMatch(each -> each == java.util.Map.class || each == java.util.Collection.class);
  }

  /** Whether an object in which nothing of the app's can be may change. */
  static boolean changes(Object plain) {
    return plain.getClass().isArray() || is(plain, COUNTERS) || is(plain, LOCKS) || plain instanceof BitSet
        || plain instanceof StringBuilder || plain instanceof StringBuffer;
  }

  /** What is wrong with changing an object that define has made. */
  static String changed(Object object) {
    boolean counts = is(object, COUNTERS) || (object.getClass().isArray() && isPrimitive(object));
    return changed(object.getClass(), counts);
  }

  /** What is wrong with changing an object that a static initializer has made. */
  static String changed(Class<?> type) {
    return changed(type, COUNTERS.stream().anyMatch(each -> each.isAssignableFrom(type)));
  }

  private static String changed(Class<?> type, boolean counts) {
    String name = name(type);
    if (LOCKS.stream().anyMatch(each -> each.isAssignableFrom(type))) {
      return "uses " + name
          + " that define has made; on AWS each function instance has its own, which holds no other off:"
          + " give the writes conditions";
    }
    return "changes " + name + " that define has made" + OWN + ": "
        + (counts ? "count in a table, with updateItem and Attribute.add" : KEEP);
  }

  private static boolean isPrimitive(Object array) {
    return array.getClass().componentType().isPrimitive();
  }

  /** What is wrong with changing a field. */
  static String changed(String kind, String field) {
    return "changes the " + kind + " " + field + OWN + ": " + KEEP;
  }

  /** What is wrong with using an object that define has made; empty where nothing is. */
  static Optional<String> opened(Object object) {
    String name = name(object.getClass());
    if (object instanceof BaseStream || (object instanceof Iterator<?> && !(object instanceof Scanner))) {
      return Optional.of("uses " + name + " that define has made, which can be gone through once: make it in the"
          + " handler");
    }
    List<Object> process = List.of(System.in, System.out, System.err);
    boolean standard = process.stream().map(Obj.Identity::new).anyMatch(new Obj.Identity(object)::equals);
    boolean sql = Types.supertypes(object.getClass()).stream().anyMatch(each -> each.getName().startsWith("java.sql."))
        && object instanceof AutoCloseable;
    if (standard || is(object, IN_MEMORY) || !(is(object, OPEN) || sql)) return Optional.empty();
    return Optional
        .of("uses " + name + " that define has opened, and on AWS function instances begin with a snapshot of"
            + " the process, in which what was open is not: open it in the handler, and close it there");
  }

  private static boolean is(Object object, List<Class<?>> types) {
    return types.stream().anyMatch(each -> each.isInstance(object));
  }

  private static String name(Class<?> type) {
    Class<?> named = type;
    while (named.getSuperclass() != null && (named.isAnonymousClass() || named.getSimpleName().isEmpty()
        || java.lang.reflect.Modifier.isPrivate(named.getModifiers()))) {
      named = named.getSuperclass();
    }
    String name = named.getSimpleName();
    return ("AEIOUaeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
  }
}
