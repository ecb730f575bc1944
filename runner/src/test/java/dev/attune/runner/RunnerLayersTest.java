package dev.attune.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.attune.runner",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RunnerLayersTest {
  @ArchTest
  static final ArchRule KNOWS_BEAM_AND_NOTHING_OF_ATTUNE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.attune.runner..",
              "java..",
              "org.apache.beam..",
              "org.joda.time..",
              "org.jspecify..",
              "org.slf4j..",
              "org.xerial.snappy..");

  @ArchTest
  static final ArchRule HAS_NO_CYCLES =
      slices().matching("dev.attune.runner.(*)..").should().beFreeOfCycles();
}
