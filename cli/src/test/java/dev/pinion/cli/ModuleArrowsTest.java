package dev.pinion.cli;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.pinion.aws.LibraryMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

/// The modules use each other as the table in ARCHITECTURE.md says: it lists exactly what is used.
final class ModuleArrowsTest {
  private static final String ROOT = "dev.pinion";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w-]+)` \\| [^|]+ \\| ([^|]+) \\|[^|]*\\|$");
  private static final Pattern MODULE = Pattern.compile("<module>([\\w-]+)</module>");
  /// It is tested in its own module, as it is too large for the class path of this one.
  private static final String CDK = "awscdk";

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);

  /// By the name of a module, the modules that the table lets it use.
  private static Map<String, Set<String>> table() {
    String text = read("ARCHITECTURE.md");
    Map<String, Set<String>> rows = new LinkedHashMap<>();
    ROW.matcher(text.substring(text.indexOf("\n## Modules\n")))
        .results()
        .forEach(row -> rows.put(row.group(1), used(row)));
    return rows;
  }

  private static Set<String> used(MatchResult row) {
    return row.group(2).equals("nothing") ? Set.of() : new TreeSet<>(List.of(row.group(2).split(", ")));
  }

  private static String read(String file) {
    try {
      return Files.readString(SourceLimitsTest.root().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<String> modulesOnTheClassPath() {
    return table().keySet().stream().filter(each -> CLASSES.stream().anyMatch(type -> module(type).equals(each)));
  }

  @ParameterizedTest
  @MethodSource("modulesOnTheClassPath")
  void usesExactlyTheModulesThatTheTableLists(String module) {
    Set<String> used = CLASSES.stream()
        .filter(type -> module(type).equals(module))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .filter(type -> isOurs(type.getPackageName()))
        .map(ModuleArrowsTest::module)
        .filter(other -> !other.equals(module))
        .collect(toCollection(TreeSet::new));
    assertThat(used).as("the modules that %s uses", module).isEqualTo(table().getOrDefault(module, Set.of()));
  }

  /// Of the command's classes, a program sees the API only.
  @Test
  void aLibraryOfProgramsUsesTheApiOnly() {
    List<String> libraries = table().keySet().stream()
        .filter(each -> Files.exists(SourceLimitsTest.root().resolve(each, "src/main/resources", LibraryMark.FILE)))
        .toList();
    assertThat(libraries).contains("jwt", "lambda-handler");
    assertThat(libraries).allSatisfy(each -> assertThat(table().get(each)).as(each).isEqualTo(Set.of("core")));
  }

  @Test
  void usesNoModuleThatUsesIt() {
    Map<String, Set<String>> table = table();
    table.keySet().forEach(module -> assertThat(reachable(module, table)).as("what %s uses", module)
        .doesNotContain(module));
  }

  private static Set<String> reachable(String module, Map<String, Set<String>> table) {
    Set<String> all = new TreeSet<>();
    for (String used : table.getOrDefault(module, Set.of())) {
      if (all.add(used)) all.addAll(reachable(used, table));
    }
    return all;
  }

  @Test
  void coreUsesNothingButTheJdk() {
    classes().that()
        .resideInAnyPackage(ROOT, ROOT + ".spi")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(ROOT, ROOT + ".spi", "java..", "javax..", "jdk..", "org.jspecify.annotations"))
        .check(CLASSES);
  }

  @Test
  @DisplayName("the table has every module of the build, and every package belongs to one")
  void theTableHasEveryModule() {
    List<String> built = MODULE.matcher(read("pom.xml")).results().map(each -> each.group(1)).toList();
    assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(built);
    assertThat(CLASSES).extracting(ModuleArrowsTest::module).isSubsetOf(table().keySet()).doesNotContain(CDK);
  }

  private static boolean isOurs(String packageName) {
    return packageName.equals(ROOT) || packageName.startsWith(ROOT + ".");
  }

  /// The module of a class, whose folder is the last part of the package, but for hyphens.
  private static String module(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(ROOT) || name.equals(ROOT + ".spi")) return "core";
    String last = name.substring(ROOT.length() + 1);
    return table().keySet().stream().filter(each -> each.replace("-", "").equals(last)).findFirst().orElse(last);
  }
}
