package dev.attune.models.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import dev.attune.testing.modelapi.ModelFaults;
import dev.attune.testing.modelapi.ModelStub;
import dev.attune.testing.modelapi.ScriptedAnswer;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every adapter does when there is no answer. */
public abstract class FaultContract {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int REFUSALS = 4;
  private static final String SECRET_TEXT = "Emma Kowalska counted the blocks";

  protected ModelStub stub;
  protected TextModel model;

  /** Opens the adapter at an address of the stub or another one. */
  protected abstract TextModel open(
      String address, Map<String, String> environment, Duration deadline) throws Exception;

  /** Returns the base URL of the API. */
  protected abstract String url(ModelStub at);

  @BeforeEach
  void start() throws Exception {
    stub = ModelStub.start();
    stub.requireKey(AdapterContract.KEY);
    model = open(url(stub), AdapterContract.ENVIRONMENT, Configured.LONG);
  }

  @AfterEach
  void stop() {
    model.close();
    stub.close();
  }

  private static ModelRequest request() {
    return ModelRequest.of(null, SECRET_TEXT, Sampling.DEFAULT);
  }

  /** Asks and streams; returns the fault, which must be the same. */
  private ModelException fault(TextModel asked) {
    ModelException fault = catchThrowableOfType(ModelException.class, () -> asked.ask(request()));
    ModelException streamed =
        catchThrowableOfType(ModelException.class, () -> asked.stream(request(), new HeardParts()));
    assertThat(fault).isNotNull();
    assertThat(streamed).isNotNull();
    assertThat(streamed.kind()).isEqualTo(fault.kind());
    assertThat(streamed).hasMessage(fault.getMessage());
    assertThat(streamed.retryAfter()).isEqualTo(fault.retryAfter());
    assertThat(fault.getMessage()).doesNotContain("Emma").doesNotContain(AdapterContract.KEY);
    return fault;
  }

  @ParameterizedTest
  @CsvSource({
    "400, REQUEST, refuses a request",
    "403, MODEL, refuses",
    "404, MODEL, has no model",
    "413, REQUEST, refuses a request",
    "429, QUOTA, accepts no more requests",
    "500, TRANSIENT, fails with HTTP 500",
    "502, TRANSIENT, fails with HTTP 502",
    "503, TRANSIENT, fails with HTTP 503",
  })
  void eachStatusHasAKindAndASentence(int status, Kind kind, String words) {
    stub.faults().any().status(status);

    ModelException fault = fault(model);

    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault).hasMessageContaining(words).hasMessageContaining("127.0.0.1");
    assertThat(fault.retryAfter()).isNull();
    // One request each for ask and stream: the client repeats nothing itself.
    assertThat(stub.count()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"429, 7", "503, 7"})
  void tellsTheWaitThatTheServiceAsksFor(int status, String seconds) {
    stub.faults().any().status(status, seconds);

    assertThat(fault(model).retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @CsvSource({"429", "503"})
  void passesARefusalOnAtOnce(int status) {
    stub.faults().any().status(status, "1");
    fault(model); // loads classes
    long began = System.nanoTime();

    for (int i = 0; i < REFUSALS; i++) {
      fault(model);
    }

    // While a client holds a refusal back, other requests go on against the rate limit.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void namesTheVariableOfAWrongKey() throws Exception {
    try (TextModel locked = open(url(stub), Map.of("STUB_KEY", "another-key"), Configured.LONG)) {
      ModelException fault = fault(locked);

      assertThat(fault.kind()).isEqualTo(Kind.MODEL);
      assertThat(fault).hasMessageContaining("STUB_KEY").hasMessageContaining("401");
      assertThat(fault.getMessage()).doesNotContain("another-key");
    }
  }

  @Test
  void saysWhichVariableIsMissing() {
    assertThatThrownBy(() -> open(url(stub), Map.of(), Configured.LONG))
        .isInstanceOfSatisfying(
            ModelException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.MODEL))
        .hasMessageContaining("STUB_KEY")
        .hasMessageContaining("models.writer");
  }

  @Test
  void aKeyWithALineBreakIsNotShown() {
    assertThatThrownBy(
            () -> open(url(stub), Map.of("STUB_KEY", "sk-secret\nX: y"), Configured.LONG))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("STUB_KEY")
        .hasMessageNotContaining("sk-secret");
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String address = url(stub).replaceFirst(":[0-9]+", ":" + port);
    try (TextModel gone = open(address, AdapterContract.ENVIRONMENT, Configured.LONG)) {
      ModelException fault = fault(gone);

      assertThat(fault.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(fault).hasMessageStartingWith("There is no connection to 127.0.0.1:" + port);
    }
  }

  @Test
  void theConnectionBreaksBeforeTheAnswer() {
    stub.faults().any().close();

    ModelException fault = fault(model);

    assertThat(fault.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(fault).hasMessageContaining("broke before the answer was complete");
  }

  @Test
  void aWebPageIsNoAnswer() {
    stub.faults().any().garbage();

    ModelException fault = fault(model);

    assertThat(fault.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(fault).hasMessageContaining("something else than the API");
  }

  @Test
  void anAnswerThatEndsInTheMiddleIsNotAnAnswer() {
    stub.script(prompt -> ScriptedAnswer.of("one two three four five"));
    stub.faults().any().cutStream(2);
    HeardParts heard = new HeardParts();

    assertThatThrownBy(() -> model.stream(request(), heard))
        .isInstanceOfSatisfying(
            ModelException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TRANSIENT));
    assertThat(heard.text()).startsWith("one");
    assertThatThrownBy(() -> model.ask(request()))
        .isInstanceOfSatisfying(
            ModelException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TRANSIENT));
  }

  @Test
  void theDeadlineHoldsForTheWholeAnswer() throws Exception {
    stub.faults().any().hold(2);
    try (TextModel hurried = open(url(stub), AdapterContract.ENVIRONMENT, SHORT)) {
      long before = System.nanoTime();

      ModelException fault = fault(hurried);

      assertThat(fault.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(fault).hasMessageContaining("did not answer").hasMessageContaining("deadline");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(SHORT, Configured.LONG);
    }
  }

  @Test
  void anInterruptEndsAnAnswer() throws Exception {
    ModelFaults.Rule held = stub.faults().any().hold(2);
    for (boolean streamed : new boolean[] {true, false}) {
      CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
      Thread asking =
          new Thread(
              () ->
                  outcome.complete(
                      org.assertj.core.api.Assertions.catchThrowable(
                          () -> {
                            if (streamed) {
                              model.stream(request(), new HeardParts());
                            } else {
                              model.ask(request());
                            }
                          })));
      asking.start();
      held.awaitCall(Configured.LONG);

      asking.interrupt();

      assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void answersAgainAfterFaults() throws Exception {
    stub.script(prompt -> ScriptedAnswer.of("one two three"));
    stub.faults().any().nth(1).status(503);
    stub.faults().any().nth(1).cutStream(2);
    assertThatThrownBy(() -> model.ask(request())).isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> model.stream(request(), new HeardParts()))
        .isInstanceOf(ModelException.class);

    assertThat(model.stream(request(), new HeardParts()).text()).isEqualTo("one two three");
    assertThat(model.ask(request()).text()).isEqualTo("one two three");
  }
}
