package dev.pinion.inspect;

import dev.pinion.Config;
import dev.pinion.HttpApi;
import dev.pinion.MessageQueue;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.Task;
import dev.pinion.Tickets;
import dev.pinion.WebSocket;
import dev.pinion.spi.RowOperation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something that a variable may hold, as far as it matters for what a handler may do. */
sealed interface Obj {

  /** The class of an object of the app's own; empty for others. */
  default Optional<Class<?>> ofApp() {
    return Optional.empty();
  }

  /** Its class, where it is known which: not that it is one that fits a type. */
  default Optional<Class<?>> exactly() {
    return ofApp();
  }

  /** What it is told apart by from others of its kind, such as the place that makes it. */
  default Object key() {
    return this;
  }

  /** One of the app's tables, WebSocket APIs, HTTP APIs, tasks, queues, configs and secrets. */
  record Resource(Kind kind, String id) implements Obj {
    @Override
    public Optional<Class<?>> exactly() {
      return Optional.of(kind.type());
    }
  }

  /** The kinds of resources, each with the class that handlers use it by. */
  enum Kind {
    TABLE(Table.class, "table"),
    WEB_SOCKET(WebSocket.class, "webSocket"),
    HTTP_API(HttpApi.class, "httpApi"),
    TASK(Task.class, "task"),
    QUEUE(MessageQueue.class, "queue"),
    CONFIG(Config.class, "config"),
    SECRET(Secret.class, "secret");

    private final Class<?> type;
    private final String word;

    Kind(Class<?> type, String word) {
      this.type = type;
      this.word = word;
    }

    Class<?> type() {
      return type;
    }

    /** The kind of a resource. */
    static Kind of(Object resource) {
      for (Kind each : values()) {
        if (each.type.isInstance(resource)) return each;
      }
      throw new IllegalArgumentException(resource.getClass().getName());
    }

    /** As messages name it. */
    String word() {
      return word;
    }
  }

  /** An object of the app's own classes that {@code define} left behind; itself, not what it equals. */
  record Live(Identity identity) implements Obj {
    Class<?> type() {
      return identity.object().getClass();
    }

    @Override
    public Optional<Class<?>> ofApp() {
      return Optional.of(type());
    }
  }

  /** An object of the app's own classes that a handler makes. */
  record Fresh(Object site, Class<?> type) implements Obj {
    @Override
    public Optional<Class<?>> ofApp() {
      return Optional.of(type);
    }

    @Override
    public Object key() {
      return site;
    }
  }

  /** An object of the app's own classes that is made of data, such as a message's body, or by a library. */
  record Made(Class<?> type) implements Obj {
    @Override
    public Optional<Class<?>> ofApp() {
      return Optional.of(type);
    }
  }

  /**
   * A lambda or method reference.
   *
   * @param key which one
   * @param interfaces the functional interface, then the markers of an intersection cast
   * @param target the method behind it
   * @param method the name of the functional interface's method
   * @param descriptors the descriptors that the method has: its own and those of bridges
   * @param captured how many values it has captured; they are its fields 0, 1 and so on
   */
  record Closure(
      Object key, List<Class<?>> interfaces, Member target, String method, Set<String> descriptors, int captured)
      implements Obj {}

  /**
   * An object of a class that is not analysed: a collection, a stream. It is known by what it may hold.
   *
   * @param type its class, or one that it extends
   * @param known what is known of its class
   */
  record Foreign(Object key, Class<?> type, Known known) implements Obj {}

  /** How much is known of the class of a {@link Foreign}. */
  enum Known {
    /** It is this class. */
    EXACTLY,
    /** It is this class, or one below it, made by the JDK; none that is a function where this is Object. */
    BOUND,
    /** A library made it: it may be any that fits. */
    ANY
  }

  /** Anything of the app's that fits a type. */
  record Unknown(Class<?> type) implements Obj {}

  /** An object of the JDK's that changes and holds nothing of the app's, such as a counter that define has made. */
  record State(Identity identity) implements Obj {
    @Override
    public Optional<Class<?>> exactly() {
      return Optional.of(identity.object().getClass());
    }
  }

  /** An array of references, with the class of its elements. */
  record Arr(Object key, Class<?> elements) implements Obj {}

  /** A query or scan of a table, or of the index with this name; empty for the table. */
  record Search(String index) implements Obj {}

  /** A part of a transaction that {@code define} has made. */
  record Part(String table, RowOperation operation) implements Obj {}

  /** Tickets that are signed with a secret and redeemed in a table; empty where it is not known which. */
  record TicketBook(Optional<String> secret, Optional<String> table) implements Obj {
    @Override
    public Optional<Class<?>> exactly() {
      return Optional.of(Tickets.class);
    }
  }

  /** A text that is the name of an index, or has the name of a class in it. */
  record Text(String text) implements Obj {
    @Override
    public Optional<Class<?>> exactly() {
      return Optional.of(String.class);
    }
  }

  /** A number of which it is known which it is: whether a test of a class holds, or which case of a switch is taken. */
  record Choice(int number) implements Obj {}

  /** The table of a switch over an enum: a static field of a class that the compiler has made. */
  record Cases(Class<?> owner, String field) implements Obj {}

  /** A class of the app's own as an object. */
  record Type(Class<?> type) implements Obj {
    @Override
    public Optional<Class<?>> exactly() {
      return Optional.of(Class.class);
    }
  }

  /** A method of the app's own as an object that a library has. */
  record Reflected(java.lang.reflect.Method method) implements Obj {
    @Override
    public Optional<Class<?>> exactly() {
      return Optional.of(java.lang.reflect.Method.class);
    }
  }

  /** An object as a key that stands for itself alone. */
  record Identity(Object object) {
    @Override
    @SuppressWarnings("ReferenceEquality") // that is what it is for
    public boolean equals(Object other) {
      return other instanceof Identity same && same.object == object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }
}
