package dev.pinion.inspect;

/** Something that a variable may hold, as far as it matters for what a handler may do. */
sealed interface Obj {

  /** One of the app's tables, WebSocket APIs, configs and secrets. */
  record Resource(Kind kind, String id) implements Obj {}

  /** The kinds of resources, each with the class that handlers use it by. */
  enum Kind {
    TABLE("Table"),
    WEB_SOCKET("WebSocket"),
    CONFIG("Config"),
    SECRET("Secret");

    private final String type;

    Kind(String type) {
      this.type = "dev.pinion." + type;
    }

    String type() {
      return type;
    }
  }

  /** An object of the app's own classes that {@code define} left behind; itself, not what it equals. */
  record Live(Identity identity) implements Obj {
    Class<?> type() {
      return identity.object().getClass();
    }
  }

  /** An object of the app's own classes that a handler makes. */
  record Fresh(Object site, Class<?> type) implements Obj {}

  /** An object of the app's own classes that is made of data, such as a message's body. */
  record Made(Class<?> type) implements Obj {}

  /**
   * A lambda or method reference.
   *
   * @param key which one
   * @param type the functional interface
   * @param target the method behind it
   * @param method the name of the functional interface's method
   * @param captured how many values it has captured; they are its fields 0, 1 and so on
   */
  record Closure(Object key, Class<?> type, Member target, String method, int captured) implements Obj {}

  /** An object of a class that is not analysed: a collection, a stream. It is known by what it may hold. */
  record Foreign(Object key) implements Obj {}

  /** An object of the JDK's that changes and holds nothing of the app's, such as a counter that define has made. */
  record State(Identity identity) implements Obj {}

  /** An array of references. */
  record Arr(Object key) implements Obj {}

  /** A query or scan of a table, or of the index with this name; empty for the table. */
  record Search(String index) implements Obj {}

  /** A part of a transaction that {@code define} has made. */
  record Part() implements Obj {}

  /** A text that is the name of an index. */
  record Text(String text) implements Obj {}

  /** A class of the app's own as an object. */
  record Type(Class<?> type) implements Obj {}

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
