package dev.pinion.cli;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/// The arrows between modules: who may use whom.
final class ModuleArrowsTest {
  private static final String ROOT = "dev.pinion";

  /// Module (its package's leaf) to the modules it may use directly; those that they use come along.
  private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
      Map.entry("core", Set.of()),
      Map.entry("json", Set.of("core")),
      Map.entry("engine", Set.of()),
      Map.entry("gateway", Set.of("core", "engine")),
      Map.entry("tables", Set.of("core")),
      Map.entry("sim", Set.of("gateway", "json", "tables")),
      Map.entry("workspace", Set.of()),
      Map.entry("inspect", Set.of("core")),
      Map.entry("aws", Set.of("inspect")),
      Map.entry("tfaws", Set.of("aws")),
      Map.entry("awscdk", Set.of("aws")),
      Map.entry("lambda", Set.of("core", "json")),
      Map.entry("preview", Set.of("tfaws", "lambda", "gateway")),
      Map.entry("junit", Set.of("sim")),
      Map.entry("cli", Set.of("junit", "preview", "awscdk", "sim", "workspace")),
      Map.entry("maven", Set.of("cli")));

  static final Set<String> MODULES = new TreeSet<>(ARROWS.keySet());

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);

  @ParameterizedTest
  @FieldSource("MODULES")
  void usesOnlyTheModulesBelowIt(String module) {
    List<String> allowed = reachable(module).stream().flatMap(each -> packages(each).stream()).toList();
    noClasses().that()
        .resideInAnyPackage(packages(module).toArray(String[]::new))
        .should()
        .dependOnClassesThat(ours().and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
        .because(module + " may use " + allowed)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void coreUsesNothingButTheJdk() {
    classes().that()
        .resideInAnyPackage(packages("core").toArray(String[]::new))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(ROOT, ROOT + ".spi", "java..", "javax..", "jdk..", "org.jspecify.annotations"))
        .check(CLASSES);
  }

  @Test
  @DisplayName("every package belongs to a module of the table")
  void everyPackageIsInTheTable() {
    List<String> known = MODULES.stream().flatMap(each -> packages(each).stream()).toList();
    assertThat(CLASSES).extracting(JavaClass::getPackageName).isSubsetOf(known);
  }

  private static DescribedPredicate<JavaClass> ours() {
    return describe(
        "are Pinion's", each -> each.getPackageName().equals(ROOT) || each.getPackageName().startsWith(ROOT + "."));
  }

  private static List<String> packages(String module) {
    return module.equals("core") ? List.of(ROOT, ROOT + ".spi") : List.of(ROOT + "." + module);
  }

  private static Set<String> reachable(String module) {
    Set<String> all = new TreeSet<>(Set.of(module));
    for (String used : ARROWS.getOrDefault(module, Set.of())) {
      all.addAll(reachable(used));
    }
    return all;
  }
}
