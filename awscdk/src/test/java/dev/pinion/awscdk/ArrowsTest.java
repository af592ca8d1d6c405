package dev.pinion.awscdk;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/// The arrows from this module, which is not on the class path of the test of all the others.
final class ArrowsTest {
  @Test
  void usesOnlyTheModulesBelowIt() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.pinion.tfaws", "dev.pinion.lambda", "dev.pinion.json", "dev.pinion.engine", "dev.pinion.gateway",
            "dev.pinion.tables", "dev.pinion.sim", "dev.pinion.cli")
        .check(new ClassFileImporter().importPath(Program.ROOT.resolve("awscdk/target/classes")));
  }
}
