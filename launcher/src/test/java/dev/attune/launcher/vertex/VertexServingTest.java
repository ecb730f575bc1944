package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import dev.attune.catalog.BaseModels;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.launcher.evaluation.question.AskException.Kind;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which location a model is asked. */
class VertexServingTest {
  private static final ExampleLine LINE =
      new ExampleLine(null, List.of(Turn.user("She climbs."), Turn.model("Motor")));

  private VertexEmulator emulator;

  @BeforeEach
  void start() throws Exception {
    emulator = VertexEmulator.start();
    emulator.answerText(text -> "Motor");
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  private VertexModel tuned(String location, String baseModel) throws CommandFailure {
    return VertexModel.tuned(
        Configs.of(emulator), endpoint(location), baseModel, BaseModels.bundled());
  }

  private static String endpoint(String location) {
    return "projects/123/locations/" + location + "/endpoints/7001";
  }

  /** The locations in the resource names that were asked for, in order. */
  private List<String> asked() {
    return emulator.asked().stream()
        .map(GenerateContentRequest::getModel)
        .map(name -> name.replaceFirst("projects/[^/]+/locations/([^/]+)/.*", "$1"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "us-central1, us, us",
    "us-central1, eu, us eu",
    "us-central1, us-central1, us eu us-central1",
    "europe-west4, eu, eu",
    "europe-west4, us, eu us",
    "europe-west4, europe-west4, eu us europe-west4",
    "us, us, us",
    "us, eu, us eu",
    "eu, us, eu us",
    "asia-east1, asia-east1, asia-east1",
    "asia-east1, us, asia-east1 us",
  })
  void asksATunedModelInTheLocationsOfTheCatalogue(String named, String served, String order)
      throws Exception {
    emulator.servedIn(served);
    try (VertexModel model = tuned(named, "gemini-3.5-flash")) {
      assertThat(model.answer(LINE)).isEqualTo("Motor");
      assertThat(model.answer(LINE)).isEqualTo("Motor");

      List<String> expected = new ArrayList<>(Arrays.asList(order.split(" ")));
      expected.add(served);
      assertThat(asked()).isEqualTo(expected);
      assertThat(emulator.asked().get(expected.size() - 1).getModel()).isEqualTo(endpoint(served));
      assertThat(model.name()).isEqualTo(endpoint(named));
    }
  }

  @ParameterizedTest
  @CsvSource({"gemini-2.5-flash", "gemini-2.0-flash-001", "not-in-the-catalogue"})
  void asksAnOlderModelWhereItsEndpointIs(String baseModel) throws Exception {
    try (VertexModel model = tuned("us-central1", baseModel)) {
      assertThat(model.answer(LINE)).isEqualTo("Motor");
    }
    assertThat(asked()).containsExactly("us-central1");
  }

  @Test
  void asksABaseModelInTheLocationsOfTheCatalogue() throws Exception {
    emulator.servedIn("us");
    try (VertexModel model =
        VertexModel.base(
            Configs.of(emulator), "gemini-3.5-flash", "europe-west4", BaseModels.bundled())) {
      assertThat(model.answer(LINE)).isEqualTo("Motor");
      assertThat(model.answer(LINE)).isEqualTo("Motor");

      assertThat(asked()).containsExactly("eu", "us", "us");
      assertThat(emulator.asked().get(2).getModel())
          .isEqualTo("projects/my-project/locations/us/publishers/google/models/gemini-3.5-flash");
      assertThat(model.name())
          .isEqualTo("projects/my-project/locations/eu/publishers/google/models/gemini-3.5-flash");
    }
  }

  @Test
  void namesEveryLocationWhereNoneServesIt() throws Exception {
    emulator.servedIn();
    try (VertexModel model = tuned("us-central1", "gemini-3.5-flash")) {
      AskException fault = catchThrowableOfType(AskException.class, () -> model.answer(LINE));

      assertThat(fault.kind()).isEqualTo(Kind.MODEL);
      assertThat(fault)
          .hasMessage(
              "Vertex AI answered NOT_FOUND for projects/123/locations/us-central1/endpoints/7001"
                  + " in us, eu, us-central1 (`projects/123/locations/us/endpoints/7001` was not"
                  + " found): if the model was not deleted, check tuning.project, and serveFrom of"
                  + " its base model in the file that tuning.baseModels names.");
    }
  }

  /** Any other fault says nothing of where the model is: the next question begins as before. */
  @ParameterizedTest
  @CsvSource({"UNAVAILABLE", "INVALID_ARGUMENT", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED"})
  void triesNoOtherLocationAfterAnotherFault(Status.Code code) throws Exception {
    emulator.servedIn("eu");
    emulator.faultNext(Method.GENERATE, Fault.refused(code));
    try (VertexModel model = tuned("us-central1", "gemini-3.5-flash")) {
      assertThat(catchThrowableOfType(AskException.class, () -> model.answer(LINE))).isNotNull();
      assertThat(emulator.calls(Method.GENERATE)).hasSize(1);

      assertThat(model.answer(LINE)).isEqualTo("Motor");
    }
    assertThat(asked()).containsExactly("us", "eu");
  }

  @Test
  void findsAModelThatIsServedElsewhereByNow() throws Exception {
    try (VertexModel model = tuned("us-central1", "gemini-3.5-flash")) {
      emulator.servedIn("eu");
      assertThat(model.answer(LINE)).isEqualTo("Motor");
      emulator.servedIn("us");
      assertThat(model.answer(LINE)).isEqualTo("Motor");
      assertThat(model.answer(LINE)).isEqualTo("Motor");
    }
    assertThat(asked()).containsExactly("us", "eu", "eu", "us", "us");
  }

  @Test
  void findsTheLocationForSeveralThreadsAtOnce() throws Exception {
    emulator.servedIn("eu");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (VertexModel model = tuned("us-central1", "gemini-3.5-flash")) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        answers.add(threads.submit(() -> model.answer(LINE)));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("Motor");
      }
    } finally {
      threads.shutdownNow();
    }
    // Only the first question of each thread may begin before any was answered.
    assertThat(asked()).filteredOn("us"::equals).hasSizeBetween(1, 8);
    assertThat(asked()).filteredOn("eu"::equals).hasSize(80);
  }
}
