package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.aiplatform.v1.Candidate.FinishReason;
import com.google.cloud.aiplatform.v1.GenerateContentResponse.PromptFeedback.BlockedReason;
import dev.attune.catalog.BaseModels;
import dev.attune.launcher.emulator.Answerer;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.emulator.ModelReply;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.launcher.evaluation.question.AskException.Kind;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is an answer, and what a question, the model or the moment is to blame for. */
class VertexAnswerTest {
  private static final String ENDPOINT = "projects/p/locations/us/endpoints/7001";
  private static final ExampleLine LINE =
      new ExampleLine(null, List.of(Turn.user("She climbs."), Turn.model("Motor")));

  private VertexEmulator emulator;
  private AnsweringModel model;

  @BeforeEach
  void start() throws Exception {
    emulator = VertexEmulator.start();
    model =
        VertexModel.tuned(Configs.of(emulator), ENDPOINT, "gemini-3.5-flash", BaseModels.bundled());
  }

  @AfterEach
  void stop() {
    model.close();
    emulator.close();
  }

  private AskException fault(Answerer answerer) {
    emulator.answer(answerer);
    return catchThrowableOfType(AskException.class, () -> model.answer(LINE));
  }

  @ParameterizedTest
  @EnumSource(
      value = FinishReason.class,
      names = {
        "SAFETY",
        "RECITATION",
        "BLOCKLIST",
        "PROHIBITED_CONTENT",
        "SPII",
        "MODEL_ARMOR",
      })
  void saysWhyAnAnswerIsBlocked(FinishReason reason) {
    AskException fault = fault(request -> ModelReply.blockedAnswer(reason));

    assertThat(fault.kind()).isEqualTo(Kind.QUESTION);
    assertThat(fault.reason()).isEqualTo("blocked: " + reason);
    assertThat(fault)
        .hasMessage(
            "Vertex AI blocked an answer of "
                + ENDPOINT
                + " ("
                + reason
                + "); the result would be the same again, so it counts as an invalid answer.");
    assertThat(fault(request -> ModelReply.ended("She", reason.getNumber())).reason())
        .isEqualTo("blocked: " + reason);
  }

  @ParameterizedTest
  @EnumSource(
      value = BlockedReason.class,
      mode = Mode.EXCLUDE,
      names = {"BLOCKED_REASON_UNSPECIFIED", "UNRECOGNIZED"})
  void saysWhyAPromptIsBlocked(BlockedReason reason) {
    AskException fault = fault(request -> ModelReply.blockedPrompt(reason));

    assertThat(fault.kind()).isEqualTo(Kind.QUESTION);
    assertThat(fault.reason()).isEqualTo("blocked: " + reason);
    assertThat(fault).message().startsWith("Vertex AI blocked the prompt for projects/");
  }

  @Test
  void namesReasonsThatItDoesNotKnowByTheirNumber() {
    assertThat(fault(request -> ModelReply.endedForAnUnknownReason()).reason())
        .isEqualTo("blocked: reason 99");
    assertThat(fault(request -> ModelReply.blockedPromptForAnUnknownReason()).reason())
        .isEqualTo("blocked: reason 99");
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "5", "9", "99"})
  void takesTheTextWhereverTheAnswerEndsOtherwise(int reason) throws Exception {
    emulator.answer(request -> ModelReply.ended("no category at all", reason));

    assertThat(model.answer(LINE)).isEqualTo("no category at all");
  }

  @Test
  void blamesTheQuestionThatIsTooLong() {
    AskException fault =
        fault(
            request -> {
              throw ModelReply.tooLong();
            });

    assertThat(fault.kind()).isEqualTo(Kind.QUESTION);
    assertThat(fault.reason()).isEqualTo("refused as invalid");
    assertThat(fault).message().contains("(The input token count (140000) exceeds");
  }

  @Test
  void answersTheSameQuestionAfterwards() throws Exception {
    assertThat(
            fault(
                    request -> {
                      throw ModelReply.tooManyRequests();
                    })
                .kind())
        .isEqualTo(Kind.PASSING);
    assertThat(
            fault(
                    request -> {
                      throw ModelReply.overloaded();
                    })
                .kind())
        .isEqualTo(Kind.PASSING);

    emulator.answerText(text -> "Motor");
    assertThat(model.answer(LINE)).isEqualTo("Motor");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, QUESTION",
    "OUT_OF_RANGE, QUESTION",
    "FAILED_PRECONDITION, MODEL",
    "PERMISSION_DENIED, MODEL",
    "UNAUTHENTICATED, MODEL",
    "UNIMPLEMENTED, MODEL",
    "UNAVAILABLE, PASSING",
    "DEADLINE_EXCEEDED, PASSING",
    "RESOURCE_EXHAUSTED, PASSING",
    "INTERNAL, PASSING",
    "UNKNOWN, PASSING",
    "ABORTED, PASSING",
    "CANCELLED, PASSING",
    "DATA_LOSS, PASSING",
    "ALREADY_EXISTS, PASSING",
  })
  void asksOnceAndSaysWhereTheFaultLies(Status.Code code, Kind kind) {
    emulator.faultNext(Method.GENERATE, Fault.refused(code));

    AskException fault = catchThrowableOfType(AskException.class, () -> model.answer(LINE));

    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.isTransient()).isEqualTo(kind == Kind.PASSING);
    String passing =
        code == Status.Code.RESOURCE_EXHAUSTED
            ? "Vertex AI refused for quota"
            : "Vertex AI did not answer";
    assertThat(fault.reason())
        .isEqualTo(
            switch (kind) {
              case QUESTION -> "refused as invalid";
              case MODEL -> "";
              case PASSING -> passing;
            });
    assertThat(fault).message().endsWith(".").contains("(").doesNotContain("She climbs");
    assertThat(emulator.calls(Method.GENERATE)).hasSize(1);
  }
}
