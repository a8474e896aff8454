package trimtab.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/// The arrows between the modules, and what the core must not know. Maven already hides what a
/// module does not declare; this holds the declarations, too.
class ArchitectureTest {
  private static final JavaClasses TRIMTAB =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("trimtab..");

  @Test
  void coreUsesTheJdkAloneAndNothingThatMovesByItself() {
    classes()
        .that()
        .resideInAPackage("trimtab.core..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "trimtab.core..", "java.lang..", "java.math", "java.util..", "org.jspecify..")
        .check(TRIMTAB);
    noClasses()
        .that()
        .resideInAPackage("trimtab.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..", "java.util.logging..", "java.lang.reflect..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, java.util.Random.class, System.Logger.class)
        .check(TRIMTAB);
  }

  @Test
  void modulesPointDownOnly() {
    mayNotUse("trimtab.engine..", "trimtab.market..", "trimtab.lab..", "trimtab.app..");
    mayNotUse("trimtab.market..", "trimtab.engine..", "trimtab.lab..", "trimtab.app..");
    mayNotUse("trimtab.lab..", "trimtab.app..");
  }

  @Test
  void onlyTheAppEndsTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackage("trimtab.app..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(TRIMTAB);
  }

  private static void mayNotUse(String module, String... others) {
    noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(TRIMTAB);
  }
}
