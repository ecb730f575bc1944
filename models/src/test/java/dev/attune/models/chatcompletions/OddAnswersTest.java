package dev.attune.models.chatcompletions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.models.ModelException;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import dev.attune.models.adapter.Configured;
import dev.attune.models.adapter.HeardParts;
import dev.attune.models.adapter.ProviderAdapters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts whose answers are nearly those of the API. */
class OddAnswersTest {
  private static final String KEY = "sk-a-secret-key-of-the-user";

  private HttpServer host;
  private int status = 200;
  private String body = "";

  @BeforeEach
  void start() throws Exception {
    host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    host.start();
  }

  @AfterEach
  void stop() {
    host.stop(0);
  }

  private TextModel open(String variable) throws Exception {
    String url = "http://127.0.0.1:" + host.getAddress().getPort() + "/v1";
    return new ProviderAdapters()
        .open(
            Configured.model(
                ModelConfig.Provider.OPENAI,
                "gpt-6-luna",
                new Access(url, variable.isEmpty() ? null : variable, null, null),
                Configured.LONG),
            Map.of("STUB_KEY", KEY));
  }

  private static ModelRequest request() {
    return ModelRequest.of(null, "Hello", Sampling.DEFAULT);
  }

  private void answerWithTokens(long prompt, long completion) {
    body =
        """
        {"id": "1", "object": "chat.completion", "created": 1, "model": "m",
         "choices": [{"index": 0, "finish_reason": "stop",
                      "message": {"role": "assistant", "content": "Hi."}}],
         "usage": {"prompt_tokens": %d, "completion_tokens": %d, "total_tokens": 1}}
        """
            .formatted(prompt, completion);
  }

  @Test
  void aNumberOutOfRangeIsNoInternalError() throws Exception {
    answerWithTokens(4_000_000_000L, 1);
    try (TextModel model = open("STUB_KEY")) {
      ModelException fault = catchThrowableOfType(ModelException.class, () -> model.ask(request()));

      assertThat(fault).hasMessageContaining("something else than the API");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "<!doctype html>\n<html><body>data: none</body></html>",
        "{\"hello\": 1}",
        "{\"error\": {\"message\": \"No such model is loaded\", \"code\": 404}}",
        "{\"error\": {\"message\": \"Slow down\", \"type\": \"rate_limit_error\"}}",
      })
  void whatIsNoStreamIsSaidAsWithoutStreaming(String text) throws Exception {
    body = text;
    try (TextModel model = open("STUB_KEY")) {
      ModelException atOnce =
          catchThrowableOfType(ModelException.class, () -> model.ask(request()));
      ModelException streamed =
          catchThrowableOfType(
              ModelException.class, () -> model.stream(request(), new HeardParts()));

      assertThat(streamed).hasMessage(atOnce.getMessage());
      assertThat(streamed.kind()).isEqualTo(atOnce.kind());
      assertThat(streamed.getMessage()).doesNotContain("in the middle");
    }
  }

  @Test
  void aStreamWithoutAnEventIsCut() throws Exception {
    body = ": waiting\n\n";
    try (TextModel model = open("STUB_KEY")) {
      ModelException fault =
          catchThrowableOfType(
              ModelException.class, () -> model.stream(request(), new HeardParts()));

      assertThat(fault).hasMessageContaining("in the middle");
    }
  }

  @Test
  void aRefusalIsHeardInAStream() throws Exception {
    body =
        """
        data: {"id": "1", "model": "m", "choices": [{"index": 0, "delta": {"refusal": "I can"}}]}

        data: {"id": "1", "model": "m", "choices": [{"index": 0, "delta": {"refusal": "not."}, \
        "finish_reason": "stop"}]}

        data: [DONE]

        """;
    HeardParts heard = new HeardParts();
    try (TextModel model = open("STUB_KEY")) {
      ModelReply reply = model.stream(request(), heard);

      assertThat(reply.finish()).isEqualTo(ModelReply.Finish.REFUSED);
      assertThat(heard.text()).isEqualTo(reply.text()).isEqualTo("I cannot.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stop,COMPLETE",
    "'',COMPLETE",
    "eos_token,COMPLETE",
    "length,CUT_OFF",
    "error,CUT_OFF",
    "content_filter,BLOCKED"
  })
  void anAnswerIsCompleteOnlyIfItsHostSaysSoOrNothing(String word, ModelReply.Finish finish)
      throws Exception {
    body =
        """
        {"id": "1", "object": "chat.completion", "created": 1, "model": "m",
         "choices": [{"index": 0, "finish_reason": "%s",
                      "message": {"role": "assistant", "content": "Hi."}}]}
        """
            .formatted(word);
    try (TextModel model = open("STUB_KEY")) {
      ModelReply reply = model.ask(request());

      assertThat(reply.finish()).isEqualTo(finish);
      assertThat(reply.finishDetail()).isEqualTo(word);
    }
  }

  @Test
  void negativeTokensGiveNoMoneyBack() throws Exception {
    answerWithTokens(-5, -7);
    try (TextModel model = open("STUB_KEY")) {
      assertThat(model.ask(request()).usage().input()).isZero();
      assertThat(model.ask(request()).usage().output()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 429})
  void aMessageThatRepeatsTheKeyIsNotShown(int code) throws Exception {
    status = code;
    body = "{\"error\": {\"message\": \"Incorrect API key provided: " + KEY + "\"}}";
    try (TextModel model = open("STUB_KEY")) {
      ModelException fault = catchThrowableOfType(ModelException.class, () -> model.ask(request()));

      assertThat(fault.getMessage())
          .doesNotContain(KEY.substring(0, 8))
          .doesNotContain("Incorrect");
    }
  }

  @Test
  void anAccountWithoutAKeyIsNamedByItsModel() throws Exception {
    status = 402;
    body = "{}";
    try (TextModel model = open("")) {
      ModelException fault = catchThrowableOfType(ModelException.class, () -> model.ask(request()));

      assertThat(fault).hasMessageContaining("the account of models.writer has no credit");
    }
  }
}
