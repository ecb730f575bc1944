package dev.attune.launcher;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@AnalyzeClasses(packages = "dev.attune.launcher", importOptions = DoNotIncludeTests.class)
class LauncherRulesTest {
  private static final DescribedPredicate<JavaClass> DOOR_OF_THE_PIPELINE =
      nameMatching(
              "dev\\.attune\\.pipeline\\.(Prepare(Dataset|Request|Result|RefusedException)"
                  + "|write\\.report\\.ReportData.*)")
          .forSubtype();

  @ArchTest
  static final ArchRule TOUCHES_THE_PIPELINE_BY_ITS_DOOR_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.attune.pipeline..")
                  .and(DescribedPredicate.not(DOOR_OF_THE_PIPELINE)));

  @ArchTest
  static final ArchRule KNOWS_NO_BEAM =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule COMMANDS_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("dev.attune.launcher.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              resideInAnyPackage(
                  "dev.attune.launcher.console..",
                  "dev.attune.launcher.dataset..",
                  "dev.attune.launcher.tuning..",
                  "dev.attune.launcher.evaluation..",
                  "dev.attune.launcher.ledger.."));

  @ArchTest
  static final ArchRule SHARED_ROOMS_KNOW_NO_COMMAND =
      noClasses()
          .that()
          .resideInAnyPackage("dev.attune.launcher.console..", "dev.attune.launcher.dataset..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.attune.launcher",
              "dev.attune.launcher.prepare..",
              "dev.attune.launcher.init..",
              "dev.attune.launcher.check..",
              "dev.attune.launcher.demo..");

  @ArchTest
  static final ArchRule OPTIONS_ARE_NEVER_STATIC =
      fields()
          .that()
          .areAnnotatedWith(Option.class)
          .or()
          .areAnnotatedWith(Parameters.class)
          .should()
          .notBeStatic();

  @ArchTest
  static final ArchRule ASKS_THE_CLOCK_THAT_IT_IS_GIVEN =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Random.class);
}
