package io.github.lotaprestage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The plan of the house: what may know what.
class ArchitectureTest {

  private static final String BASE = "io.github.lotaprestage.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.lotaprestage");

  @Test
  void dataFlowsOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("main")
        .definedBy("io.github.lotaprestage")
        .layer("cli")
        .definedBy(BASE + "cli")
        .layer("plan")
        .definedBy(BASE + "plan")
        .layer("source")
        .definedBy(BASE + "source")
        .layer("engine")
        .definedBy(BASE + "engine")
        .layer("s3")
        .definedBy(BASE + "s3")
        .layer("journal")
        .definedBy(BASE + "journal")
        .layer("report")
        .definedBy(BASE + "report")
        .whereLayer("main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("s3")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("journal")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("source")
        .mayOnlyBeAccessedByLayers("cli", "s3")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("cli", "s3", "source", "journal", "report")
        .whereLayer("plan")
        .mayNotAccessAnyLayer()
        .check(CLASSES);
  }

  @Test
  void awsStaysInS3() {
    onlyIn("software.amazon.awssdk..", "s3");
    onlyIn("org.apache.hc..", "s3");
  }

  @Test
  void picocliStaysInCli() {
    onlyIn("picocli..", "cli");
  }

  @Test
  void jacksonStaysWhereJsonIsWritten() {
    onlyIn("tools.jackson..", "report", "journal");
  }

  @Test
  void logbackStaysInCli() {
    onlyIn("ch.qos.logback..", "cli");
  }

  private static void onlyIn(String library, String... rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(Stream.of(rooms).map(BASE::concat).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void onlyMainExits() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.github.lotaprestage.Exit")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void onlyMainTouchesTheStandardStreams() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        CLASSES.that(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "not Main", each -> !each.getSimpleName().equals("Main"))));
  }
}
