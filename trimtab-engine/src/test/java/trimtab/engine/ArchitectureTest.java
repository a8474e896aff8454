package trimtab.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Who may know whom, and what a deterministic engine may not touch.
class ArchitectureTest {
  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("trimtab.engine");

  @Test
  void theTwoMachinesSpeakOnlyByMessages() {
    noClasses()
        .that()
        .resideInAPackage("trimtab.engine.account..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("trimtab.engine.clearing..")
        .check(ENGINE);
    noClasses()
        .that()
        .resideInAPackage("trimtab.engine.clearing..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("trimtab.engine.account..", "trimtab.engine.breach..")
        .check(ENGINE);
    noClasses()
        .that()
        .resideInAPackage("trimtab.engine.message..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("trimtab.engine.account..", "trimtab.engine.clearing..")
        .check(ENGINE);
  }

  @Test
  void onlyTheEngineKnowsTheWhole() {
    noClasses()
        .that()
        .resideOutsideOfPackage("trimtab.engine")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("trimtab.engine")
        .check(ENGINE);
  }

  @Test
  void theEngineUsesTheCoreAndTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("trimtab.engine..", "trimtab.core..", "java..", "org.jspecify..")
        .check(ENGINE);
  }

  @Test
  void thereIsNoClockNoChanceAndNoOrderOfHashes() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(HashMap.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(HashSet.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.time..", "java.util.concurrent..", "java.io..", "java.net..")
        .check(ENGINE);
  }

  @Test
  void theRulesLookAtSomething() {
    assertThat(ENGINE.containPackage("trimtab.engine.account")).isTrue();
    assertThat(ENGINE.containPackage("trimtab.engine.clearing")).isTrue();
    assertThat(ENGINE.size()).isGreaterThan(60);
  }
}
