package dev.pinion.inspect;

import dev.pinion.inspect.Piece.Filled;
import dev.pinion.inspect.Piece.Held;
import dev.pinion.inspect.Piece.Place;
import dev.pinion.inspect.Shapes.Shape;
import dev.pinion.inspect.Shapes.Sort;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The source of a generated app. Each piece gets a number of its own, which makes its names unique.
final class ProgramText {
  private static final String MEMBERS =
      """
          private static final Random RANDOM = new Random(1);
          private static final Item item = Item.of("id", "1");
          private static final Key key = Key.of("id", "1");
          private static Table sa, sb, sc, field;
          private static WebSocket sws, sother;
          private static MessageQueue<String> squeue, sfifo;
          private static HttpApi shttp;
          private static Config sconfig;
          private static Secret ssecret;
          private static Task<String> sjob, slater;
          private static APP self;
          public interface Act { void act(); }
          record Asked(String text) {}
          record Box<T>(T value) {
            <R> Box<R> map(Function<? super T, ? extends R> f) { return new Box<>(f.apply(value)); }
          }
          static <T> T same(T value) { return value; }
          static <T> T pick(T one, T two) { return RANDOM.nextBoolean() ? one : two; }
          static Table unfold(int n, Table one, Table two) { return n == 0 ? one : unfold(n - 1, two, one); }
          static Table first(Table... tables) { return tables[0]; }
          static void even(int n, Runnable runnable) { if (n > 0) odd(n - 1, runnable); else runnable.run(); }
          static void odd(int n, Runnable runnable) { if (n > 0) even(n - 1, runnable); else runnable.run(); }
          static void twice(Runnable runnable) { runnable.run(); runnable.run(); }
          static void ended(Thread thread) {
            try { thread.join(); } catch (InterruptedException e) { throw new IllegalStateException(e); }
          }
          static void counted(CountDownLatch latch) {
            try { latch.await(); } catch (InterruptedException e) { throw new IllegalStateException(e); }
          }
          static void initialize(String name) {
            try { Class.forName(name); } catch (ClassNotFoundException e) { throw new IllegalStateException(e); }
          }
          static void done(Future<?> future) {
            try {
              future.get();
            } catch (InterruptedException | ExecutionException e) { throw new IllegalStateException(e); }
          }
          static byte[] serialized(Object object) {
            try (var bytes = new java.io.ByteArrayOutputStream(); var out = new java.io.ObjectOutputStream(bytes)) {
              out.writeObject(object);
              out.flush();
              return bytes.toByteArray();
            } catch (java.io.IOException e) { throw new IllegalStateException(e); }
          }
          static Object deserialized(byte[] bytes) {
            try (var in = new java.io.ObjectInputStream(new java.io.ByteArrayInputStream(bytes))) {
              return in.readObject();
            } catch (java.io.IOException | ClassNotFoundException e) { throw new IllegalStateException(e); }
          }
          """;
  private static final String RESOURCES = """
      self = this;
      Table a = sa = cloud.table("a").hashKey("id", STRING).attribute("u", STRING).index("byI", "u").index("byJ", "u")
          .create();
      Table b = sb = cloud.table("b").hashKey("id", STRING).attribute("u", STRING).index("byI", "u").index("byJ", "u")
          .create();
      Table c = sc = cloud.table("c").hashKey("id", STRING).attribute("u", STRING).index("byI", "u").index("byJ", "u")
          .create();
      field = a;
      WebSocket ws = sws = cloud.webSocket("ws").create();
      WebSocket other = sother = cloud.webSocket("other").create();
      MessageQueue<String> queue = squeue = cloud.queue("queue", String.class).create();
      MessageQueue<String> fifo = sfifo = cloud.queue("fifo", String.class)
          .orderedBy(m -> { c.getItem(key); return m; })
          .create();
      HttpApi http = shttp = cloud.httpApi("http").create();
      Config config = sconfig = cloud.config("greeting");
      Secret secret = ssecret = cloud.secret("password");
      Task<String> job = sjob = cloud.task("job", String.class).create();
      job.onStart(x -> { });
      Task<String> later = slater = cloud.task("later", String.class).create();
      later.onStart(x -> { });
      """;
  private static final String TABLES = "abc";
  /// A name of one letter, outside of texts.
  private static final Pattern NAME = Pattern.compile("\"[^\"]*\"|'[^']*'|(?<![\\w.])([a-z])(?![\\w(])");

  private final String name;
  private final StringBuilder members = new StringBuilder(MEMBERS);
  private final List<String> define = new ArrayList<>();
  private int pieces;

  /// Where code stands.
  enum Scope {
    /// In define, or in a lambda of it: it sees define's variables.
    LOCAL,
    /// In a member of the app's class: it sees static fields alone.
    STATIC
  }

  ProgramText(String name) {
    this.name = name;
  }

  String of(List<List<Piece>> handlers) {
    StringBuilder routes = new StringBuilder();
    for (int i = 0; i < handlers.size(); i++) {
      StringBuilder code = new StringBuilder();
      for (Piece each : handlers.get(i)) code.append(statement(each, Scope.LOCAL, "t")).append('\n');
      String route = i < TABLES.length() && hasChanges() ? TABLES.charAt(i) + ".onChange(con -> {\n"
          : "ws.onRoute(\"r" + i + "\", (con, body) -> {\n";
      routes.append(isHttp() ? request(i, code) : route + code + "});\n");
    }
    return whole(RESOURCES + String.join("\n", define) + "\n" + routes);
  }

  /// Every second program has an HTTP API; the code must not be followed by what cannot be reached.
  private boolean isHttp() {
    return name.matches(".*[13579]");
  }

  /// Every fifth program has its first handlers for the changes of tables.
  private boolean hasChanges() {
    return name.matches(".*[48]");
  }

  private static String request(int number, CharSequence code) {
    String guarded = "if (RANDOM.nextInt(9) < 9) {\n" + code + "}\n";
    return switch (number % 3) {
      case 0 -> "http.on(\"GET /r" + number + "\", con -> {\n" + guarded + "return null;\n});\n";
      case 1 -> "http.on(\"POST /r" + number + "\", Asked.class, (con, body) -> {\n" + guarded
          + "return new Asked(body.text());\n});\n";
      default -> "http.on(\"PUT /r" + number + "\", String.class, (con, body) -> {\n" + guarded
          + "return HttpReply.ok().json(con.json(Asked.class));\n});\n";
    };
  }

  /// An app of the members, define and code of a shape without gaps, whose first handler does what it says.
  String of(Shape shape) {
    member(shape.part("member"));
    String handler = "ws.onMessage((con, body) -> {\n" + shape.part("code") + "\n});\n";
    return whole(RESOURCES + shape.part("define") + "\n" + handler);
  }

  private String whole(String statements) {
    String source = Programs.app(name, statements, members.toString());
    return "import java.util.concurrent.atomic.*;\n" + source.replaceAll("\\bAPP\\b", name);
  }

  private String statement(Piece piece, Scope scope, String table) {
    List<String> before = new ArrayList<>();
    String text = text(piece, scope, before, table);
    return String.join(" ", before) + " " + text;
  }

  private String text(Piece piece, Scope scope, List<String> before, String table) {
    return switch (piece) {
      case Piece.Resource(int number) -> (scope == Scope.STATIC ? "s" : "") + "abc".charAt(number);
      case Held held -> held(held, scope, before);
      case Filled filled -> switch (filled.sort()) {
        case RUNNABLE -> "((Runnable) (" + filled(filled, scope, before, table) + "))";
        case APP_ACT -> "((Act) (" + filled(filled, scope, before, table) + "))";
        case TABLE -> "((Table) " + filled(filled, scope, before, table) + ")";
        case STATEMENT, ACT, HOLDER -> filled(filled, scope, before, table);
      };
    };
  }

  private String filled(Filled filled, Scope scope, List<String> before, String table) {
    String number = Integer.toString(++pieces);
    Iterator<Piece> inner = filled.inner().iterator();
    String code = "";
    for (Map.Entry<String, String> part : filled.shape().parts().entrySet()) {
      String text = part.getValue();
      switch (part.getKey()) {
        case "member" -> member(fill(text, inner, Scope.STATIC, new ArrayList<>(), "t", number));
        case "define" -> {
          List<String> defined = scope == Scope.LOCAL ? define : before;
          defined.add(fill(own(text, number), inner, scope, defined, "tv" + number, number));
        }
        default -> code = filled.sort() == Sort.ACT ? fill(text, inner, scope, before, table, number)
            : fill(own(text, number), inner, scope, before, "tv" + number, number);
      }
    }
    return code;
  }

  /// A text with its variables renamed, so that it may stand inside of another.
  private static String own(String text, String number) {
    return NAME.matcher(text)
        .replaceAll(
            each -> Matcher.quoteReplacement(each.group(1) == null ? each.group() : each.group(1) + "v" + number));
  }

  /// Fills the gaps of a text.
  ///
  /// @param table the variable that has the table which an act is done with; `t` in a shape
  private String fill(
      String text, Iterator<Piece> inner, Scope scope, List<String> before, String table, String number) {
    String prefix = scope == Scope.STATIC ? "s" : "";
    Matcher gaps = Shapes.gaps(text.replace("ZZ", number));
    StringBuilder filled = new StringBuilder();
    while (gaps.find()) {
      String with = switch (gaps.group(1)) {
        case "S" -> statement(inner.next(), scope, table);
        case "A" -> act((Filled) inner.next(), scope, table);
        case "W" -> prefix + (pieces % 2 == 0 ? "ws" : "other");
        case "Q" -> prefix + (pieces % 2 == 0 ? "queue" : "fifo");
        case "CFG" -> prefix + "config";
        case "SEC" -> prefix + "secret";
        default -> text(inner.next(), scope, before, table);
      };
      gaps.appendReplacement(filled, Matcher.quoteReplacement(with));
    }
    return gaps.appendTail(filled).toString();
  }

  /// An act on the table in a variable.
  private String act(Filled act, Scope scope, String table) {
    String code = act.shape().part("code").replace("{T}", table);
    return fill(code, act.inner().iterator(), scope, new ArrayList<>(), table, Integer.toString(++pieces));
  }

  private String held(Held held, Scope scope, List<String> before) {
    String number = Integer.toString(++pieces);
    Kept kept = new Kept(held, number, scope);
    member(kept.typed(held.holder().part("member")));
    Place place = kept.place();
    switch (place) {
      case DEFINE -> {
        define.add(kept.text("decl", Scope.LOCAL, define));
        define.add(kept.text("store", Scope.LOCAL, define));
      }
      case FIELD, STATIC -> {
        member((place == Place.FIELD ? "final " : "static final ") + kept.text("decl", Scope.LOCAL, define));
        define.add(kept.text("store", Scope.LOCAL, define));
      }
      case LATE -> {
        member("static final " + kept.text("decl", scope, before));
        before.add(kept.text("store", scope, before));
      }
      case HANDLER -> {
        before.add(kept.text("decl", scope, before));
        before.add(kept.text("store", scope, before));
      }
      case INITIALIZER, BY_NAME -> before.add(late(kept, place));
    }
    String load = kept.text("load", scope, before);
    if (place == Place.INITIALIZER) load = load.replaceAll("\\bhx?" + number + "\\b", "Init" + number + ".$0");
    return "((" + type(held.sort()) + ") " + load + ")";
  }

  /// A member of the app's class.
  private void member(String text) {
    if (!text.isEmpty() && !text.endsWith("final ")) members.append(text).append('\n');
  }

  /// A class whose initializer fills the holder; gives the statement that initializes it.
  private String late(Kept kept, Place place) {
    List<String> first = new ArrayList<>();
    String declared = kept.text("decl", Scope.STATIC, first);
    String stored = kept.text("store", Scope.STATIC, first);
    String init = "Init" + kept.number;
    int value = place == Place.INITIALIZER ? declared.indexOf(" = ") : -1;
    String fields = value < 0 ? "" : "static final " + declared.substring(0, value) + "; ";
    String filled = value < 0 ? "" : declared.substring(0, value).replaceFirst(".* ", "") + declared.substring(value);
    if (place == Place.BY_NAME) member("static final " + declared);
    member("static final class " + init + " { " + fields + "static { " + String.join(" ", first) + filled + stored
        + " } }");
    return value >= 0 ? ""
        : "try { Class.forName(\"" + name + "$" + init + "\"); }"
            + " catch (ClassNotFoundException ev" + kept.number + ") { throw new IllegalStateException(ev" + kept.number
            + "); }";
  }

  /// A holder with its number.
  private final class Kept {
    private final Held held;
    private final String number;
    private final Scope scope;

    Kept(Held held, String number, Scope scope) {
      this.held = held;
      this.number = number;
      this.scope = scope;
    }

    String typed(String text) {
      return text.replace("ZZ", number).replace("{X}", held.asObject() ? "Object" : type(held.sort()));
    }

    /// One of the holder's parts; before it stands what its value needs.
    String text(String part, Scope in, List<String> first) {
      String text = typed(own(held.holder().part(part), number));
      while (text.contains("{V}")) {
        String value = ProgramText.this.text(held.value(), in, first, "t");
        text =
            text.replaceFirst("\\{V}", Matcher.quoteReplacement((held.asObject() ? "((Object) " : "(") + value + ")"));
      }
      return part.equals("decl") && !text.isEmpty() ? text + ";" : text;
    }

    /// Where it can be: what is made with its value is made where that is known.
    Place place() {
      boolean local = scope == Scope.LOCAL;
      boolean made = held.holder().has("decl", "{V}");
      // A class initializer that waits for a thread which needs the class waits for ever.
      boolean thread = held.holder().part("member").contains("extends Thread");
      boolean filled = !thread && !waits(held.value()) && (made || held.holder().has("store", "{V}"));
      return switch (held.place()) {
        case DEFINE -> local ? Place.DEFINE : Place.HANDLER;
        case FIELD, STATIC -> !local ? Place.HANDLER : made ? Place.DEFINE : held.place();
        case LATE -> made ? Place.HANDLER : Place.LATE;
        case BY_NAME -> !filled ? Place.HANDLER : made ? Place.INITIALIZER : Place.BY_NAME;
        case INITIALIZER -> filled ? Place.INITIALIZER : Place.HANDLER;
        case HANDLER -> Place.HANDLER;
      };
    }
  }

  private static boolean waits(Piece piece) {
    return piece.all().anyMatch(each -> switch (each) {
      case Filled filled -> filled.shape().waits();
      case Held held -> held.holder().waits();
      case Piece.Resource _ -> false;
    });
  }

  private static String type(Sort sort) {
    return switch (sort) {
      case RUNNABLE -> "Runnable";
      case APP_ACT -> "Act";
      case TABLE -> "Table";
      case STATEMENT, ACT, HOLDER -> throw new IllegalArgumentException(sort + " is no value");
    };
  }
}
