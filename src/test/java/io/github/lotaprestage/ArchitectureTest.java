package io.github.lotaprestage;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which package may use which, and which library belongs to which package.
class ArchitectureTest {

  private static final String BASE = "io.github.lotaprestage";
  private static final int MAX_FILES = 15;
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  @Test
  void dataFlowsOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("main")
        .definedBy(BASE)
        .layer("cli")
        .definedBy(in("cli.."))
        .layer("log")
        .definedBy(in("log"))
        .layer("run")
        .definedBy(in("run.."))
        .layer("doctor")
        .definedBy(in("doctor"))
        .layer("merge")
        .definedBy(in("merge"))
        .layer("plan")
        .definedBy(in("plan.."))
        .layer("resolve")
        .definedBy(in("resolve.."))
        .layer("source")
        .definedBy(in("source.."))
        .layer("object")
        .definedBy(in("object"))
        .layer("engine")
        .definedBy(in("engine.."))
        .layer("s3")
        .definedBy(in("s3.."))
        .layer("records")
        .definedBy(in("records.."))
        .layer("files")
        .definedBy(in("files"))
        .layer("report")
        .definedBy(in("report.."))
        .layer("threads")
        .definedBy(in("threads"))
        .whereLayer("main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("log")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("doctor")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("merge")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("run")
        .mayOnlyBeAccessedByLayers("main", "cli", "doctor", "merge")
        .whereLayer("s3")
        .mayOnlyBeAccessedByLayers("run", "doctor")
        .whereLayer("records")
        .mayOnlyBeAccessedByLayers("cli", "run")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("main", "cli", "run", "doctor", "merge")
        .whereLayer("files")
        .mayOnlyBeAccessedByLayers("run", "source", "records", "report", "merge")
        .whereLayer("resolve")
        .mayOnlyBeAccessedByLayers("run", "source")
        .whereLayer("source")
        .mayOnlyBeAccessedByLayers("run", "s3")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("run", "s3", "records", "report", "merge")
        .whereLayer("threads")
        .mayOnlyBeAccessedByLayers("engine", "source")
        .whereLayer("object")
        .mayOnlyAccessLayers("plan")
        .whereLayer("plan")
        .mayNotAccessAnyLayer()
        .check(CLASSES);
  }

  @Test
  void noPackageLeadsBackToItself() {
    slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyItsFacadeIsSeenOfTheStore() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(in("s3.."))
            .should()
            .dependOnClassesThat(
                resideInAPackage(in("s3.."))
                    .and(DescribedPredicate.not(resideInAPackage(in("s3"))))
                    .and(DescribedPredicate.not(resideInAPackage(in("s3.probe"))))));
  }

  @Test
  void onlyTheDoctorUsesTheProbes() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(in("s3.probe"), in("doctor"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(in("s3.probe")));
  }

  @Test
  void packagesAreSmall() {
    Map<String, Long> files =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files).allSatisfy((_, count) -> assertThat(count).isLessThanOrEqualTo(MAX_FILES));
  }

  @Test
  void awsAndHttpStayInS3() {
    onlyIn("software.amazon.awssdk..", "s3..");
    onlyIn("org.apache.hc..", "s3..");
  }

  @Test
  void picocliStaysInCli() {
    onlyIn("picocli..", "cli..");
  }

  @Test
  void jacksonStaysWhereJsonIsReadOrWritten() {
    onlyIn(
        "tools.jackson..",
        "report",
        "report.format",
        "report.plan",
        "records",
        "records.bounds",
        "merge",
        "source.lists",
        "source.manifests");
  }

  @Test
  void thePrometheusClientStaysWhereMetricsAreWritten() {
    onlyIn("io.prometheus..", "report.file");
  }

  @Test
  void logbackStaysInLog() {
    onlyIn("ch.qos.logback..", "log");
  }

  private static String in(String name) {
    return BASE + "." + name;
  }

  private static void onlyIn(String library, String... packages) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                Stream.of(packages).map(ArchitectureTest::in).toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  @Test
  void onlyMainExits() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(BASE + ".Exit")
            .should()
            .callMethod(System.class, "exit", int.class));
  }

  @Test
  void onlyMainTouchesTheStandardStreams() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        CLASSES.that(
            DescribedPredicate.describe("not Main", each -> !each.getSimpleName().equals("Main"))));
  }
}
