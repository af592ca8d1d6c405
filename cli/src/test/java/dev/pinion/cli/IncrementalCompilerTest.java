package dev.pinion.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What is compiled again after changes of sources: enough for the same result as compiling everything.
@Timeout(60)
final class IncrementalCompilerTest {
  @TempDir private Path folder = Path.of("");
  private final IncrementalCompiler compiler = new IncrementalCompiler();
  private final ByteArrayOutputStream warnings = new ByteArrayOutputStream();
  private @Nullable CompiledSources compiled;

  @AfterEach
  void close() {
    compiler.close();
  }

  @Test
  void aChangedBodyCompilesItsFileOnly() throws IOException {
    small();
    write("A", "class A { static String text() { return \"two\"; } }");
    assertThat(changed()).containsExactly("A");
  }

  @Test
  void anUnchangedProgramIsNotCompiled() throws IOException {
    small();
    write("A", "class A { static String text() { return \"one\"; } }");
    assertThat(changed()).isEmpty();
  }

  @Test
  void aChangedMemberCompilesWhatMentionsIt() throws IOException {
    write("A", "class A { static String text() { return \"one\"; } }");
    write("B", "class B { String text() { return \"\" + A.text(); } }");
    write("C", "class C { Object text() { return new B().text(); } }");
    write("D", "class D {}");
    changed();
    write("A", "class A { static Object text() { return \"one\"; } }");
    assertThat(changed()).contains("A", "B").doesNotContain("D");
  }

  @Test
  void anInheritedMemberIsFoundByThoseThatNameOnlyTheSubclass() throws IOException {
    write("A", "class A { int number() { return 1; } }");
    write("B", "class B extends A {}");
    write("C", "class C { long number(B b) { return b.number(); } }");
    write("D", "class D {}");
    changed();
    write("A", "class A { long number() { return 1; } }");
    assertThat(changed()).contains("A", "C").doesNotContain("D");
  }

  @Test
  void whatUsesOnlyUsersOfAMemberIsLeft() throws IOException {
    write("A", "class A { static String text() { return \"one\"; } record Entry(int number) {} }");
    write("B", "class B { static String text() { return A.text(); } record Entry(int number) {} }");
    write("C", "class C { static String text() { return B.text(); } record Entry(int number) {} }");
    changed();
    write("A",
        "class A { static String text() { return \"one\"; } static void more() {} record Entry(int number) {} }");
    assertThat(changed()).containsExactly("A", "A$Entry", "B", "B$Entry");
  }

  @Test
  void aMemberThatHidesAConstantIsFoundByThoseThatHaveCopiedIt() throws IOException {
    write("K", "interface K { String TEXT = \"constant\"; }");
    write("A", "class A {}");
    write("B", "class B extends A implements K {}");
    write("C", "class C { String text() { return B.TEXT; } }");
    write("D", "class D {}");
    changed();
    write("A", "class A { static String TEXT = \"one\"; }");
    assertThatThrownBy(this::changed).hasMessageContaining("C.java:1: error: reference to TEXT is ambiguous");
  }

  @Test
  void codeThatNeverRunsIsCompiledAgain() throws IOException {
    write("A", "class A { static void log() {} }");
    write("B", "class B { static final boolean LOGS = false; void b() { if (LOGS) A.log(); } }");
    changed();
    write("A", "class A {}");
    assertThatThrownBy(this::changed).hasMessageContaining("B.java:1: error: ");
  }

  @Test
  void aConstantIsCopiedIntoClassesThatDoNotMentionIt() throws IOException {
    write("A", "class A { static final String TEXT = \"one\"; }");
    write("B", "class B { String text() { return A.TEXT; } }");
    changed();
    write("A", "class A { static final String TEXT = \"two\"; }");
    assertThat(changed()).containsExactly("A", "B");
  }

  @Test
  void privateMembersAreNobodyElsesBusiness() throws IOException {
    small();
    write("A", "class A { static String text() { return more(); } private static String more() { return \"x\"; } }");
    assertThat(changed()).containsExactly("A");
  }

  @Test
  void anonymousClassesAndLambdasComeAndGo() throws IOException {
    small();
    write("A", """
        class A {
          static String text() {
            Runnable one = () -> {};
            return new Object() { public String toString() { return "" + one; } }.toString();
          }
        }
        """);
    assertThat(changed()).containsExactly("A", "A$1");
    small();
    assertThat(changed()).containsExactly("A");
    assertThat(all()).doesNotContainKey("A$1");
  }

  @Test
  void anErrorElsewhereIsReported() throws IOException {
    small();
    write("A", "class A {}");
    assertThatThrownBy(this::changed).isInstanceOf(UserException.class).hasMessageContaining("B.java:1: error: ")
        .hasMessageContaining("text()");
    write("A", "class A { static String text() { return \"three\"; } }");
    assertThat(changed()).containsExactly("A");
  }

  @Test
  void allErrorsAreReportedUntilTheyAreMended() throws IOException {
    small();
    write("A", "class A { static String text() { return 1; } }");
    write("B", "class B { String text() { return 2; } }");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::changed).hasMessageContaining("A.java:1: error: ").hasMessageContaining("2 errors");
    }
    write("A", "class A { static String text() { return \"1\"; } }");
    assertThatThrownBy(this::changed).hasMessageContaining("1 error").hasMessageContaining("B.java:1: error: ");
    write("B", "class B { String text() { return \"2\"; } }");
    assertThat(changed()).containsExactly("A", "B");
  }

  @Test
  void aDeletedFileTakesItsClassesAlong() throws IOException {
    small();
    Files.delete(folder.resolve("B.java"));
    changed();
    assertThat(all()).containsOnlyKeys("A");
  }

  @Test
  void aNewFileIsUsedByOthers() throws IOException {
    small();
    write("C", "class C { static String text() { return \"new\"; } }");
    write("B", "class B { String text() { return C.text(); } }");
    assertThat(changed()).contains("B", "C");
  }

  @Test
  void aSealedInterfaceConcernsEverySwitch() throws IOException {
    write("Shape", "sealed interface Shape { record Dot() implements Shape {} }");
    write("User", "class User { int of(Shape shape) { return switch (shape) { case Shape.Dot d -> 1; }; } }");
    changed();
    write("Shape", "sealed interface Shape { record Dot() implements Shape {} record Line() implements Shape {} }");
    assertThatThrownBy(this::changed).hasMessageContaining("User.java:1: error: ");
  }

  @Test
  void warningsAreThoseOfTheCompiledFiles() throws IOException {
    small();
    write("A", "class A { static String text() { new Thread().stop(); return \"\"; } }");
    changed();
    assertThat(warnings.toString(StandardCharsets.UTF_8)).contains("A.java:1: warning: [removal]");
  }

  @Test
  void classesOfAnotherModuleReplaceThoseOfTheClassPath() throws IOException {
    write("A", "class A { static String text() { return \"one\"; } }");
    Map<String, byte[]> others = compile(set("A"), null, Map.of(), false).all();
    write("B", "class B { String text() { return A.text(); } }");
    CompiledSources user = compile(set("B"), null, others, false);
    assertThat(user.all()).containsOnlyKeys("B");
    write("A", "class A { static int text() { return 1; } }");
    Map<String, byte[]> changed = compile(set("A"), null, Map.of(), false).all();
    assertThatThrownBy(() -> compile(set("B"), user, changed, true)).hasMessageContaining("B.java:1: error: ");
  }

  @Test
  void withoutASourceThereIsNoClass() throws IOException {
    small();
    Files.delete(folder.resolve("A.java"));
    Files.delete(folder.resolve("B.java"));
    assertThat(changed()).isEmpty();
    assertThat(all()).isEmpty();
  }

  @Test
  void aFolderBehindALink() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    folder = Files.createSymbolicLink(folder.resolve("link"), real);
    small();
    write("A", "class A { static String text() { return \"two\"; } }");
    assertThat(changed()).containsExactly("A");
    assertThat(all()).containsOnlyKeys("A", "B");
  }

  @Test
  void aFileThatIsALinkGetsAnotherTarget() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one.d")).resolve("A");
    Path two = Files.createDirectory(folder.resolve("two.d")).resolve("A");
    Files.writeString(one, "class A { static String text() { return \"one\"; } }");
    Files.writeString(two, "class A { static String text() { return \"other\"; } }");
    Path link = Files.createSymbolicLink(folder.resolve("A.java"), one);
    write("B", "class B { String text() { return \"\" + A.text(); } }");
    changed();
    Files.delete(link);
    Files.createSymbolicLink(link, two);
    changed();
    assertThat(all()).containsOnlyKeys("A", "B");
    assertThat(new String(all().get("A"), StandardCharsets.ISO_8859_1)).contains("other");
  }

  @Test
  void aCompilationUsesWhatItHasRead() throws IOException {
    write("A", "class A {}");
    SourceContents read = SourceContents.of(set("A"));
    write("A", "class A { int later; }");
    try (var files = SourceCompiler.find().getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var units = new CompilerFiles(files, Map.of(), List.of(folder.resolve("A.java"))).units(read);
      assertThat(units.getFirst().getCharContent(false)).hasToString("class A {}");
    }
  }

  @Test
  void aNewPrivateMemberOfASubclassConcernsThoseThatNameIt() throws IOException {
    write("A", "class A { int x; }");
    write("B", "class B extends A {}");
    write("C", "class C { int x; }");
    write("D", "class D {}");
    changed();
    write("B", "class B extends A { private int y; private void more() {} }");
    assertThat(changed()).containsExactly("B");
    write("B", "class B extends A { private int x; private void more() {} }");
    assertThat(changed()).containsExactly("A", "B", "C");
  }

  @Test
  void methodsOfAnInterfaceConcernAll() throws IOException {
    write("A", "interface A { int a(); static int b() { return 1; } }");
    write("B", "class B { int b() { return A.b(); } }");
    write("C", "class C {}");
    changed();
    write("A", "interface A { int a(); static long b() { return 1; } }");
    assertThatThrownBy(this::changed).hasMessageContaining("B.java:1: error: ");
    write("A", "interface A { int a(); static int b() { return 2; } }");
    assertThat(changed()).containsExactly("A");
    write("A", "interface A { int a(int x); static int b() { return 2; } }");
    assertThat(changed()).containsExactly("A", "B", "C");
  }

  private void small() throws IOException {
    write("A", "class A { static String text() { return \"one\"; } }");
    write("B", "class B { String text() { return \"\" + A.text(); } }");
    write("C", "class C {}");
    if (Files.exists(folder.resolve("C.java"))) Files.delete(folder.resolve("C.java"));
    if (compiled == null) changed();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".java"), text);
  }

  /// Compiles what has changed, and returns the classes whose files are new objects.
  private Set<String> changed() {
    CompiledSources before = compiled;
    List<String> names = Program.files(folder, ".java").stream()
        .map(each -> String.valueOf(each.getFileName()).replace(".java", "")).toList();
    CompiledSources now = compile(set(names.toArray(String[]::new)), before, Map.of(), false);
    Map<String, byte[]> old = before == null ? Map.of() : before.all();
    compiled = now;
    Set<String> fresh = new TreeSet<>();
    IdentityHashMap<byte[], String> known = new IdentityHashMap<>();
    old.forEach((name, bytes) -> known.put(bytes, name));
    now.all().forEach((name, bytes) -> {
      if (!known.containsKey(bytes)) fresh.add(name);
    });
    return fresh;
  }

  private Map<String, byte[]> all() {
    return compiled == null ? Map.of() : compiled.all();
  }

  private CompiledSources compile(
      SourceSet set, @Nullable CompiledSources before, Map<String, byte[]> others, boolean othersChanged) {
    warnings.reset();
    return compiler.compile(set, before, others, othersChanged, Ran.print(warnings));
  }

  private SourceSet set(String... names) {
    List<Path> sources = List.of(names).stream().map(each -> folder.resolve(each + ".java")).toList();
    return new SourceSet(sources, SourceCompiler.OPTIONS, List.of(), false);
  }
}
