package dev.attune.pipeline;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;

@AnalyzeClasses(
    packages = "dev.attune.pipeline",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  private static final String[] SHARED = {
    "..pipeline.example..",
    "..pipeline.rejection..",
    "..pipeline.accounting..",
    "..pipeline.coder..",
    "..pipeline.stage..",
    "..pipeline.text..",
    "..pipeline.nearness..",
    "..pipeline.graph.."
  };

  @ArchTest
  static final ArchRule valuesAndRulesDoNotKnowBeam =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..pipeline.example..",
              "..pipeline.rejection..",
              "..pipeline.accounting..",
              "..pipeline.text..",
              "..pipeline.nearness..",
              "..pipeline.graph..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule onlyTheChoiceOfTheRunnerKnowsTheLocalRunner =
      noClasses()
          .that()
          .resideOutsideOfPackage("..pipeline.prepare..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.attune.runner..");

  /** The readers of the three sources are one stage, {@code read}. */
  @ArchTest
  static final ArchRule stagesDoNotKnowEachOther =
      slices()
          .matching("dev.attune.pipeline.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), resideInAnyPackage(SHARED))
          .ignoreDependency(
              resideInAnyPackage("..pipeline.run..", "..pipeline.prepare.."), alwaysTrue())
          .ignoreDependency(
              resideInAPackage("..pipeline.write.."), resideInAPackage("..pipeline.report.."));

  @ArchTest
  static final ArchRule whatIsSharedDoesNotKnowTheStages =
      noClasses()
          .that()
          .resideInAnyPackage(SHARED)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..pipeline.source..",
              "..pipeline.redact..",
              "..pipeline.check..",
              "..pipeline.score..",
              "..pipeline.encode..",
              "..pipeline.prompt..",
              "..pipeline.dedup..",
              "..pipeline.split..",
              "..pipeline.write..");

  @ArchTest
  static final ArchRule stagesDoNotKnowTheLaunch =
      noClasses()
          .that()
          .resideInAPackage("dev.attune.pipeline.*..")
          .and()
          .resideOutsideOfPackages("..pipeline.run..", "..pipeline.prepare..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.attune.pipeline", "..pipeline.run..", "..pipeline.prepare..");

  @ArchTest
  static final ArchRule transformsAreNamedAsVerbs =
      classes()
          .that()
          .areAssignableTo(PTransform.class)
          .should()
          .haveNameNotMatching(".*(Transform|Source|Sink|Reader|Writer)");

  @ArchTest
  static final ArchRule doFnsAreHidden =
      classes()
          .that()
          .areAssignableTo(DoFn.class)
          .should()
          .haveSimpleNameEndingWith("Fn")
          .andShould()
          .notBePublic();

  @ArchTest
  static final ArchRule noHiddenClockOrDice =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Random.class)
          .orShould()
          .callMethod(Math.class, "random");
}
