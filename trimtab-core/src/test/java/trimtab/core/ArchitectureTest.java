package trimtab.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The arrows inside the core, and what none of it may touch.
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("trimtab.core");

  private static final DescribedPredicate<JavaClass> PURE_JDK =
      resideInAnyPackage("java.lang", "java.math", "java.util", "java.util.function")
          .or(resideInAnyPackage("java.util.stream", "java.util.regex"))
          // What the compiler writes for records, lambdas and switches.
          .or(resideInAnyPackage("java.lang.invoke", "java.lang.runtime"))
          .or(resideInAPackage("org.jspecify.annotations"));

  @Test
  void coreUsesThePureJdkAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat(resideInAPackage("trimtab.core..").or(PURE_JDK))
        .check(CORE);
  }

  @Test
  void nothingMovesByItself() {
    DescribedPredicate<JavaClass> moves =
        DescribedPredicate.describe(
            "are sources of randomness, clocks, threads or the environment",
            type ->
                Set.of("Random", "SplittableRandom", "UUID", "Timer", "Date", "Calendar")
                        .contains(type.getSimpleName())
                    || type.isAssignableTo(Thread.class)
                    || type.isEquivalentTo(Runtime.class)
                    || type.isEquivalentTo(ProcessBuilder.class));
    noClasses().should().dependOnClassesThat(moves).check(CORE);
    noClasses()
        .should()
        .accessTargetWhere(calls(Math.class, "random"))
        .orShould()
        .accessTargetWhere(calls(StrictMath.class, "random"))
        .orShould()
        .accessTargetWhere(ofTheEnvironment())
        .check(CORE);
  }

  /// `Math` may answer the last bit differently from host to host; `StrictMath` may not.
  @Test
  void transcendentalFunctionsAreStrict() {
    noClasses()
        .should()
        .accessTargetWhere(
            calls(
                Math.class,
                "pow",
                "exp",
                "expm1",
                "log",
                "log10",
                "log1p",
                "cbrt",
                "sin",
                "cos",
                "tan",
                "asin",
                "acos",
                "atan",
                "atan2",
                "sinh",
                "cosh",
                "tanh",
                "hypot"))
        .check(CORE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("trimtab.core.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void certificatesAreValuesAlone() {
    classes()
        .that()
        .resideInAPackage("trimtab.core.certificate")
        .should()
        .onlyDependOnClassesThat(resideInAPackage("trimtab.core.certificate").or(PURE_JDK))
        .check(CORE);
  }

  /// The checker must not share a line with what it checks.
  @Test
  void checkerKnowsCertificatesAlone() {
    classes()
        .that()
        .resideInAPackage("trimtab.core.certificate.check")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("trimtab.core.certificate", "trimtab.core.certificate.check")
                .or(PURE_JDK))
        .check(CORE);
    noClasses()
        .that()
        .resideOutsideOfPackage("trimtab.core.certificate.check")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("trimtab.core.certificate.check")
        .check(CORE);
  }

  /// The compiler copies constants, so an import of one leaves no trace in a class file.
  @Test
  void checkerNamesCertificatesAlone() throws IOException {
    Path sources = Path.of("src/main/java/trimtab/core/certificate/check");
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        String foreign =
            Files.readString(file)
                .replaceAll("trimtab\\.core\\.certificate\\.(check|Certificate|Claim)\\b", "");
        assertThat(foreign).as(file.toString()).doesNotContain("trimtab.");
      }
    }
  }

  private static DescribedPredicate<JavaAccess<?>> ofTheEnvironment() {
    return DescribedPredicate.describe(
        "read clocks, streams or properties of the System",
        access ->
            access.getTarget().getOwner().isEquivalentTo(System.class)
                && !access.getTarget().getName().equals("arraycopy"));
  }

  private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String... names) {
    return DescribedPredicate.describe(
        "call " + owner.getSimpleName() + "." + Set.of(names),
        access -> {
          AccessTarget target = access.getTarget();
          return target.getOwner().isEquivalentTo(owner)
              && Set.of(names).contains(target.getName());
        });
  }
}
