package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VertexTokenCounterTest {
  private VertexEmulator emulator;
  private VertexTokenCounter counter;

  @BeforeEach
  void start() throws Exception {
    emulator = VertexEmulator.start();
    counter = VertexTokenCounter.open(Configs.of(emulator), "us");
  }

  @AfterEach
  void stop() {
    counter.close();
    emulator.close();
  }

  @Test
  void addsUpWhatEachExampleHas() throws Exception {
    List<ExampleLine> lines = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      lines.add(line());
    }

    assertThat(counter.count("gemini-3.5-flash", lines)).isEqualTo(30 * 6);
    assertThat(emulator.calls(Method.COUNT_TOKENS))
        .hasSize(30)
        .allSatisfy(
            call -> {
              assertThat(call.key())
                  .isEqualTo(
                      "projects/my-project/locations/us/publishers/google/models/gemini-3.5-flash");
              assertThat(call.deadline()).isNotNull();
            });
  }

  @Test
  void countsNothingWithoutACall() throws Exception {
    assertThat(counter.count("gemini-3.5-flash", List.of())).isZero();
    assertThat(emulator.calls()).isEmpty();
  }

  @Test
  void asksAgainWhereTheServiceIsAwayForAMoment() throws Exception {
    emulator.faultNext(Method.COUNT_TOKENS, Fault.refused(Status.Code.UNAVAILABLE));

    assertThat(counter.count("gemini-3.5-flash", List.of(line()))).isEqualTo(6);
    assertThat(emulator.calls(Method.COUNT_TOKENS)).hasSize(2);
  }

  @Test
  void failsInASentence() {
    emulator.faultNext(Method.COUNT_TOKENS, Fault.refused(Status.Code.NOT_FOUND));

    CommandFailure failure =
        catchThrowableOfType(
            CommandFailure.class, () -> counter.count("gemini-9", List.of(line(), line())));

    assertThat(failure.code().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure)
        .hasMessage(
            "Vertex AI at "
                + emulator.endpoint()
                + " answered NOT_FOUND for the number of tokens by gemini-9 (asked for by a test):"
                + " check tuning.project, tuning.location and tuning.baseModel.");
  }

  @Test
  void endsWithinTheDeadline() throws Exception {
    emulator.faultNext(Method.COUNT_TOKENS, Fault.silent());
    try (VertexTokenCounter hasty =
        VertexTokenCounter.open(Configs.of(emulator, Duration.ofMillis(300)), "us")) {
      CommandFailure failure =
          catchThrowableOfType(
              CommandFailure.class, () -> hasty.count("gemini-3.5-flash", List.of(line())));

      assertThat(failure)
          .hasMessageStartingWith("Counting tokens was tried for tuning.callDeadline, 0 s: Vertex")
          .hasMessageEndingWith("; estimate without --exact, or run the command again later.");
    }
  }

  private static ExampleLine line() {
    return new ExampleLine(
        "Name the domain.", List.of(Turn.user("She climbs."), Turn.model("Motor")));
  }
}
