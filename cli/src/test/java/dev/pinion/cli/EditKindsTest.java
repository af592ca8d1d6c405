package dev.pinion.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Kinds of edits of one class that change what others mean, or whether they compile, though these do not mention it.
/// After each, there is what a compilation of everything makes of the sources.
@Timeout(60)
final class EditKindsTest {
  private static final List<String> STRICT = Stream.concat(SourceCompiler.OPTIONS.stream(),
      Stream.of("-Xlint:deprecation,removal,unchecked,auxiliaryclass", "-Werror")).toList();

  /// Each line is a file; after the mark come those that change. A dash stands for a file that is deleted.
  static final List<String> EDITS = List.of(
      // a private field hides an inherited one
      """
          A class A { int x; }
          B class B extends A {}
          C class C { int x(B b) { return b.x; } }
          =
          B class B extends A { private int x; }
          """,
      // it is not private any more, and covers the inherited one
      """
          A class A { String x = "a"; }
          B class B extends A { private int x; static B make() { return new B(); } }
          C class C { Object x() { return ((A) B.make()).x + B.make(); } }
          =
          B class B extends A { int x; static B make() { return new B(); } }
          """,
      // an inherited constant is hidden, in code that has copied it
      """
          K interface K { int X = 1; }
          B class B implements K { static B make() { return null; } }
          F class F { static B b; }
          C class C { static final boolean NEVER = false; int x() { return NEVER ? F.b.X : 0; } }
          =
          B class B implements K { private int X; static B make() { return null; } }
          """,
      // a method is overloaded by an interface that is functional in another way
      """
          F interface F { int of(int a); }
          G interface G { int of(); }
          T class T { static void take(F f) {} static void take(G g) {} }
          U class U { void u() { T.take(() -> 1); } }
          =
          F interface F { int of(); }
          """,
      // an interface is functional no longer, so that the other one is meant
      """
          F interface F { int of(); }
          G interface G { int of(); }
          H interface H extends F {}
          T class T { static String take(H f) { return "f"; } static String take(Object g) { return "g"; } }
          U class U { String u() { return T.take(() -> 1); } }
          =
          F interface F { int of(); void more(); }
          """,
      // a member of what another method returns, in code that never runs
      """
          A class A { void log() {} }
          F class F { static A make() { return null; } }
          U class U { static final boolean LOGS = false; void u() { if (LOGS) F.make().log(); } }
          =
          A class A { void log(int level) {} }
          """,
      // what is closed there without a name
      """
          A class A implements AutoCloseable { public void close() {} }
          F class F { static A make() { return null; } }
          U class U { static final boolean LOGS = false; void u() { if (LOGS) try (var a = F.make()) {} } }
          =
          A class A implements AutoCloseable { public void close() throws Exception {} }
          """,
      // an inner class of what another method returns
      """
          A class A { class Inner { Inner() {} } }
          F class F { static A make() { return null; } }
          U class U { static final boolean LOGS = false; void u() { if (LOGS) F.make().new Inner(); } }
          =
          A class A { class Inner { Inner(int a) {} } }
          """,
      // a member that is gone uncovers the one of the outer class
      """
          A class A { String log() { return "a"; } }
          B class B extends A {}
          U class U { String log() { return "u"; } class Inner extends B { Object u() { return log(); } } }
          =
          A class A {}
          """,
      // a member that is new covers the one of a static import
      """
          A class A {}
          B class B extends A { static final String TEXT = "b"; }
          C class C { static final String TEXT = "c"; }
          D class D extends A {}
          U class U extends D { Object u() { return C.TEXT; } }
          =
          A class A { static class C { static final String TEXT = "inner"; } }
          """,
      // a constant through constants, in the label of a switch
      """
          A class A { static final int X = 1; }
          B class B { static final int Y = A.X + 1; }
          C class C { static final int Z = B.Y + 1; }
          U class U { int u(int i) { return switch (i) { case C.Z -> 1; case 4 -> 2; default -> 0; }; } }
          =
          A class A { static final int X = 2; }
          """,
      // a type that two methods share
      """
          A class A { static A one() { return null; } Object m() { return null; } }
          B class B extends A { static B make() { return null; } }
          C class C extends A { static C make() { return null; } }
          U class U { void u(boolean is) { Object o = is ? null : (is ? B.make() : C.make()).m(); } }
          =
          A class A { static A one() { return null; } void m() {} }
          """,
      // a record's component, a sealed type, an enum's constant
      """
          R record R(int x, int y) {}
          U class U { int u(Object o) { return o instanceof R(int x, int y) ? x : 0; } }
          =
          R record R(int x, long y) {}
          """,
      """
          S sealed interface S permits A, B {}
          A final class A implements S {}
          B non-sealed class B implements S {}
          U class U { int u(S s) { return switch (s) { case A a -> 1; case B b -> 2; }; } }
          =
          S sealed interface S permits A {}
          B class B {}
          """,
      """
          E enum E { A, B }
          U class U { int u(E e) { return switch (e) { case A -> 1; case B -> 2; }; } }
          =
          E enum E { A, B, C }
          """,
      // classes that are gone, moved, or in the way of others
      """
          String class String {}
          U class U { Object u() { return new String(); } }
          =
          String -
          """,
      """
          A class A {}
          U import java.util.*; class U { Object u() { return new ArrayList<Object>(); } }
          =
          A class A {} class ArrayList<T> {}
          """,
      """
          A class A {} class Other { }
          B class B {}
          U class U { Object u() { return new Other(); } }
          =
          A class A {}
          B class B {} class Other { int more; }
          """,
      // an annotation's target, and what repeats
      """
          A @interface A {}
          U @A class U {}
          =
          A @java.lang.annotation.Target(java.lang.annotation.ElementType.METHOD) @interface A {}
          """,
      """
          L @interface L { A[] value(); }
          A @java.lang.annotation.Repeatable(L.class) @interface A {}
          U @A @A class U {}
          =
          A @interface A {}
          """);

  /// Likewise, where what the compiler warns of is an error.
  static final List<String> STRICT_EDITS = List.of(
      """
          A class A { static void a() {} }
          F class F { static A make() { return null; } }
          U class U { void u() { F.make().a(); } }
          =
          A class A { @Deprecated static void a() {} }
          """,
      """
          A class A { /** A text. */ static void a() {} }
          U class U { void u() { A.a(); } }
          =
          A class A { /** A text. @deprecated */ static void a() {} }
          """,
      """
          A class A { @Deprecated static void a() {} }
          U class U { @SuppressWarnings("deprecation") void u() { A.a(); } }
          =
          A class A { @Deprecated(forRemoval = true) static void a() {} }
          """,
      """
          A class A {}
          U class U { A a; }
          =
          A @Deprecated class A {}
          """,
      """
          A class A { @SafeVarargs static <T> void a(T... a) {} }
          U class U { void u() { A.a(java.util.List.of(1)); } }
          =
          A class A { @SuppressWarnings("unchecked") static <T> void a(T... a) {} }
          """,
      """
          A class A {} class Other {}
          U class U {}
          =
          U class U { Other other; }
          """);

  @TempDir private Path folder = Path.of("");
  private final IncrementalCompiler compiler = new IncrementalCompiler();

  @AfterEach
  void close() {
    compiler.close();
  }

  @ParameterizedTest
  @FieldSource("EDITS")
  void afterAnEdit(String program) throws IOException {
    assertSame(program, SourceCompiler.OPTIONS);
  }

  @ParameterizedTest
  @FieldSource("STRICT_EDITS")
  void afterAnEditWithWarningsThatAreErrors(String program) throws IOException {
    assertSame(program, STRICT);
  }

  @Test
  void theEncodingIsThatOfTheOptions() throws IOException {
    Files.write(folder.resolve("A.java"), new byte[] {'c', 'l', 'a', 's', 's', ' ', (byte) 0xc4, '{', '}'});
    List<String> options = List.of("-encoding", "ISO-8859-1");
    CompiledSources now = compiler.compile(set(options), null, Map.of(), false, Ran.print(new ByteArrayOutputStream()));
    assertThat(now.all()).containsOnlyKeys("Ä");
  }

  private void assertSame(String program, List<String> options) throws IOException {
    String[] parts = program.split("=\n", 2);
    write(parts[0]);
    CompiledSources before =
        compiler.compile(set(options), null, Map.of(), false, Ran.print(new ByteArrayOutputStream()));
    write(parts[1]);
    Map<String, String> expected = outcome(options, null);
    assertThat(outcome(options, before)).isEqualTo(expected);
  }

  /// Returns the classes, or the compiler's messages as the only name.
  private Map<String, String> outcome(List<String> options, @Nullable CompiledSources before) {
    Map<String, String> outcome = new HashMap<>();
    try {
      compiler.compile(set(options), before, Map.of(), false, Ran.print(new ByteArrayOutputStream())).all()
          .forEach((name, bytes) -> outcome.put(name, HexFormat.of().formatHex(bytes)));
    } catch (UserException e) {
      outcome.put(String.valueOf(e.getMessage()), "");
    }
    return outcome;
  }

  private SourceSet set(List<String> options) {
    return new SourceSet(Program.files(folder, ".java"), options, List.of(), false);
  }

  private void write(String lines) throws IOException {
    for (String line : lines.lines().toList()) {
      int space = line.indexOf(' ');
      Path file = folder.resolve(line.substring(0, space) + ".java");
      String text = line.substring(space + 1);
      if (text.equals("-")) Files.delete(file);
      else Files.writeString(file, text);
    }
  }
}
