package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.aiplatform.v1.Candidate;
import com.google.cloud.aiplatform.v1.Content;
import com.google.cloud.aiplatform.v1.FileData;
import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.GenerationConfig;
import com.google.cloud.aiplatform.v1.Part;
import dev.attune.catalog.BaseModels;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.emulator.Call;
import dev.attune.launcher.emulator.ModelReply;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.evaluation.AnsweringModel;
import dev.attune.launcher.evaluation.AskException;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VertexModelTest {
  private static final String ENDPOINT = "projects/123456789012/locations/us/endpoints/7001";
  private static final ExampleLine LINE =
      new ExampleLine("Name the domain.", List.of(Turn.user("She climbs."), Turn.model("Motor")));

  private VertexEmulator emulator;
  private AnsweringModel model;

  @BeforeEach
  void start() throws Exception {
    emulator = VertexEmulator.start();
    model = tuned(ENDPOINT, "gemini-3.5-flash");
  }

  @AfterEach
  void stop() {
    model.close();
    emulator.close();
  }

  @Test
  void asksATunedModelForTheLastTurn() throws Exception {
    emulator.answerText(text -> "to " + text);

    assertThat(model.answer(LINE)).isEqualTo("to She climbs.");

    GenerateContentRequest asked = emulator.asked().get(0);
    assertThat(asked.getModel()).isEqualTo(ENDPOINT).isEqualTo(model.name());
    assertThat(asked.getSystemInstruction().getParts(0).getText()).isEqualTo("Name the domain.");
    assertThat(asked.getContentsList())
        .containsExactly(
            Content.newBuilder()
                .setRole("user")
                .addParts(Part.newBuilder().setText("She climbs."))
                .build());
    assertThat(model.isHosted()).isTrue();
  }

  @Test
  void asksWithTheTurnsBeforeAndTheirMedia() throws Exception {
    Turn shown = new Turn(Role.USER, "And here?", List.of("gs://b/a.jpg", "https://h/b.pdf?x=1"));

    model.answer(
        new ExampleLine(
            null, List.of(Turn.user("First?"), Turn.model("Art"), shown, Turn.model("Motor"))));

    GenerateContentRequest asked = emulator.asked().get(0);
    assertThat(asked.hasSystemInstruction()).isFalse();
    assertThat(asked.getContentsList())
        .extracting(Content::getRole)
        .containsExactly("user", "model", "user");
    assertThat(asked.getContents(2).getPartsList())
        .containsExactly(
            file("image/jpeg", "gs://b/a.jpg"),
            file("application/pdf", "https://h/b.pdf?x=1"),
            Part.newBuilder().setText("And here?").build());
  }

  @Test
  void neverAsksWithAResponseSchema() throws Exception {
    try (AnsweringModel base = base("gemini-2.5-flash", "eu")) {
      model.answer(LINE);
      base.answer(LINE);
    }

    assertThat(emulator.asked())
        .hasSize(2)
        .extracting(GenerateContentRequest::getGenerationConfig)
        .allSatisfy(
            config -> {
              assertThat(config.hasResponseSchema()).isFalse();
              assertThat(config.hasResponseJsonSchema()).isFalse();
              assertThat(config.getResponseMimeType()).isEmpty();
              assertThat(config.hasTemperature()).isTrue();
              assertThat(config.getTemperature()).isZero();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-3.5-flash, LEAST_LEVEL",
    "gemini-3.1-flash-lite, LEAST_LEVEL",
    "gemini-3-pro-preview, LEAST_LEVEL",
    "gemini-2.5-flash, NO_BUDGET",
    "gemini-2.0-flash-001, NOT_SAID",
    "gemini-1.5-pro-002, NOT_SAID",
    "another, NOT_SAID",
  })
  void asksForAsLittleThinkingAsTheModelTakes(String baseModel, ThinkingSetting thinking)
      throws Exception {
    try (AnsweringModel asked = tuned(ENDPOINT, baseModel)) {
      asked.answer(LINE);
    }

    GenerationConfig config = emulator.asked().get(0).getGenerationConfig();
    assertThat(config.getThinkingConfig().hasThinkingBudget())
        .isEqualTo(thinking == ThinkingSetting.NO_BUDGET);
    assertThat(config.getThinkingConfig().getThinkingBudget()).isZero();
    assertThat(
            config
                .getThinkingConfig()
                .getUnknownFields()
                .getField(ThinkingSetting.LEVEL_FIELD)
                .getVarintList())
        .isEqualTo(thinking == ThinkingSetting.LEAST_LEVEL ? List.of(4L) : List.of());
    assertThat(config.hasThinkingConfig()).isEqualTo(thinking != ThinkingSetting.NOT_SAID);
  }

  @Test
  void asksABaseModelByThePublishersName() throws Exception {
    emulator.answerText(text -> "Art");
    try (AnsweringModel base = base("gemini-3.5-flash", "global")) {
      assertThat(base.answer(LINE)).isEqualTo("Art");
      assertThat(base.name())
          .isEqualTo(
              "projects/my-project/locations/global/publishers/google/models/gemini-3.5-flash")
          .isEqualTo(emulator.asked().get(0).getModel());
    }
  }

  @Test
  void leavesThoughtsOut() throws Exception {
    emulator.answer(
        request ->
            GenerateContentResponse.newBuilder()
                .addCandidates(
                    Candidate.newBuilder()
                        .setContent(
                            Content.newBuilder()
                                .addParts(Part.newBuilder().setThought(true).setText("Hm. "))
                                .addParts(Part.newBuilder().setText("Mo"))
                                .addParts(Part.newBuilder().setText("tor"))))
                .build());

    assertThat(model.answer(LINE)).isEqualTo("Motor");
  }

  @Test
  void isBlankWhereNothingIsAnswered() throws Exception {
    emulator.answer(request -> ModelReply.empty());

    assertThat(model.answer(LINE)).isEmpty();
  }

  @Test
  void saysHowToAskLessOften() {
    emulator.throttleEvery(1);

    assertThatThrownBy(() -> model.answer(LINE))
        .hasMessage(
            "The quota of requests of project my-project at Vertex AI is used up (Resource"
                + " exhausted): lower evaluation.requestsPerMinute.")
        .extracting(fault -> ((AskException) fault).reason())
        .isEqualTo("Vertex AI refused for quota");
  }

  @Test
  void endsWithinTheDeadline() throws Exception {
    emulator.latency(Duration.ofSeconds(30));
    try (AnsweringModel hasty =
        VertexModel.tuned(
            Configs.of(emulator, Duration.ofMillis(300)),
            ENDPOINT,
            "gemini-3.5-flash",
            BaseModels.bundled())) {
      AskException fault = catchThrowableOfType(AskException.class, () -> hasty.answer(LINE));

      assertThat(fault.isTransient()).isTrue();
    }
  }

  @Test
  void answersSeveralThreadsAtOnce() throws Exception {
    emulator.answerText(text -> text);
    emulator.latency(Duration.ofMillis(20));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        ExampleLine line =
            new ExampleLine(null, List.of(Turn.user("text " + i), Turn.model("Art")));
        answers.add(threads.submit(() -> model.answer(line)));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo("text " + i);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(emulator.calls()).hasSize(40).noneMatch(Call::authorized);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7001",
        "projects/p/locations/us/models/7001@1",
        "projects/p/locations/us/endpoints/7001/x",
      })
  void asksEndpointsOnly(String name) {
    assertThatThrownBy(() -> tuned(name, "gemini-3.5-flash"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            name
                + " is not an endpoint of Vertex AI, so the model cannot be called: the name has"
                + " the form projects/P/locations/L/endpoints/E.");
  }

  private VertexModel tuned(String endpoint, String baseModel) throws CommandFailure {
    return VertexModel.tuned(Configs.of(emulator), endpoint, baseModel, BaseModels.bundled());
  }

  private VertexModel base(String baseModel, String region) throws CommandFailure {
    return VertexModel.base(Configs.of(emulator), baseModel, region, BaseModels.bundled());
  }

  private static Part file(String type, String uri) {
    return Part.newBuilder()
        .setFileData(FileData.newBuilder().setMimeType(type).setFileUri(uri))
        .build();
  }
}
