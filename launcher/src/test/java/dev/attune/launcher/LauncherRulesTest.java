package dev.attune.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@AnalyzeClasses(packages = "dev.attune.launcher", importOptions = DoNotIncludeTests.class)
class LauncherRulesTest {
  private static final DescribedPredicate<JavaClass> DOOR_OF_THE_PIPELINE =
      nameMatching(
              "dev\\.attune\\.pipeline\\.(PrepareDataset|FindUnimproved|prepare\\..*"
                  + "|nearness\\.PromptKeys|example\\.(Key128|Identity\\$Keys|RejectionReason)"
                  + "|stage\\.(UnimprovedRow|RowVersion)|selection\\.SelectedRows"
                  + "|score\\.RefusalPhrases|text\\.NormalForm"
                  + "|source\\.feedback\\.improvement\\.ImprovementFiles"
                  + "|source\\.h2\\.H2FileContents(\\$InUseException)?"
                  + "|source\\.file\\.find\\.FileKind"
                  + "|source\\.secretmanager\\.Secret(Passwords|Exception)"
                  + "|redact\\.TextRedactor|accounting\\.PersonalKind"
                  + "|accounting\\.RunSummary.*)")
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
  static final ArchRule ONLY_THE_LOCAL_BACK_END_KNOWS_TRIBUO =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.attune.launcher.baseline..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tribuo..", "com.oracle.labs..");

  @ArchTest
  static final ArchRule COMMANDS_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("dev.attune.launcher.(*)..")
          .should()
          .notDependOnEachOther()
          // These use the others.
          .ignoreDependency(
              resideInAnyPackage(
                  "dev.attune.launcher.cli..",
                  "dev.attune.launcher.demo..",
                  "dev.attune.launcher.loop.."),
              DescribedPredicate.alwaysTrue())
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              resideInAnyPackage(
                  "dev.attune.launcher.estimate..",
                  "dev.attune.launcher.console..",
                  "dev.attune.launcher.dataset..",
                  "dev.attune.launcher.tuning..",
                  "dev.attune.launcher.evaluation..",
                  "dev.attune.launcher.judge..",
                  "dev.attune.launcher.ledger..",
                  "dev.attune.launcher.promotion..",
                  "dev.attune.launcher.persona..",
                  "dev.attune.launcher.session.."))
          // The models of the local back end answer text requests, too.
          .ignoreDependency(
              resideInAPackage("dev.attune.launcher.session.."),
              resideInAPackage("dev.attune.launcher.baseline.."));

  @ArchTest
  static final ArchRule ONLY_VERTEX_KNOWS_GOOGLE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.attune.launcher.vertex..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.google.api..",
              "com.google.auth..",
              "com.google.cloud..",
              "com.google.protobuf..",
              "com.google.rpc..",
              "io.grpc..");

  @ArchTest
  static final ArchRule SHARED_ROOMS_KNOW_NO_COMMAND =
      noClasses()
          .that()
          .resideInAnyPackage("dev.attune.launcher.console..", "dev.attune.launcher.dataset..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.attune.launcher",
              "dev.attune.launcher.cli..",
              "dev.attune.launcher.estimate..",
              "dev.attune.launcher.demo..");

  @ArchTest
  static final ArchRule ONLY_THE_ESTIMATE_KNOWS_A_TOKENIZER =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.attune.launcher.estimate..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.knuddels..");

  @ArchTest
  static final ArchRule FIGURES_KNOW_NO_MODEL_AND_NO_FILE =
      classes()
          .that()
          .resideInAPackage("dev.attune.launcher.evaluation.figures..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.attune.launcher.evaluation.figures..",
              "dev.attune.launcher.promotion.gate..",
              "java.lang..",
              "java.util..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule THE_GATE_IS_ARITHMETIC =
      noClasses()
          .that()
          .haveSimpleName("Gate")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.attune.launcher.ledger..",
              "dev.attune.launcher.console..",
              "java.io..",
              "java.nio..",
              "java.sql..",
              "java.time..");

  @ArchTest
  static final ArchRule THE_TESTS_OF_THE_GATE_ARE_STATISTICS =
      classes()
          .that()
          .resideInAPackage("dev.attune.launcher.promotion.gate..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.attune.launcher.promotion.gate..",
              "java.lang..",
              "java.util..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule PROMOTION_KNOWS_EVALUATIONS_BY_THE_LEDGER_ALONE =
      noClasses()
          .that()
          .resideInAPackage("dev.attune.launcher.promotion..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.attune.launcher.evaluation..");

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
          .that()
          // The one that is given.
          .doNotHaveFullyQualifiedName("dev.attune.launcher.console.SystemTicker")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat(
              assignableTo(Random.class)
                  .and(not(assignableTo(SecureRandom.class)))
                  .as("throw dice for anything but a password"));
}
