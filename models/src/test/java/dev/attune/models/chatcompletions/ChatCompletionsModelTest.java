package dev.attune.models.chatcompletions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import dev.attune.models.adapter.AdapterContract;
import dev.attune.models.adapter.Configured;
import dev.attune.models.adapter.HeardParts;
import dev.attune.models.adapter.ProviderAdapters;
import dev.attune.testing.modelapi.ModelStub;
import dev.attune.testing.modelapi.ScriptedAnswer;
import dev.attune.testing.modelapi.ScriptedAnswer.Ending;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatCompletionsModelTest extends AdapterContract {
  @Override
  protected TextModel open(ModelStub at, Duration deadline) throws Exception {
    return new ProviderAdapters()
        .open(
            Configured.model(
                ModelConfig.Provider.OPENAI,
                "gpt-6-luna",
                new Access(at.openAiUrl(), "STUB_KEY", null, null),
                deadline),
            ENVIRONMENT);
  }

  @Test
  void identifiesTheModelWithoutSecrets() {
    assertThat(model.identity())
        .isEqualTo(
            new ModelIdentity(
                "openai", "gpt-6-luna", stub.openAiUrl().substring("http://".length()), "gpt"));
  }

  @Test
  void sendsTheSettingsOfAnswers() throws Exception {
    model.ask(ModelRequest.of(null, "Hello", new Sampling(0.25, 77, 5, "low")));

    assertThat(received().body())
        .isEqualTo(
            json(
                """
                {"model": "gpt-6-luna", "messages": [{"role": "user", "content": "Hello"}],
                 "temperature": 0.25, "max_tokens": 77, "seed": 5, "reasoning_effort": "low",
                 "stream": false}
                """));
  }

  @Test
  void leavesSettingsToTheProvider() throws Exception {
    model.stream(request("Hello"), new HeardParts());

    assertThat(received().body())
        .isEqualTo(
            json(
                """
                {"model": "gpt-6-luna", "messages": [{"role": "user", "content": "Hello"}],
                 "stream": true, "stream_options": {"include_usage": true}}
                """));
  }

  @Test
  void aRefusalIsAReplyWithItsUsage() throws Exception {
    stub.script(prompt -> ScriptedAnswer.of("I cannot help with that.").withEnding(Ending.REFUSED));

    ModelReply reply = model.ask(request("Do it."));

    assertThat(reply.finish()).isEqualTo(Finish.REFUSED);
    assertThat(reply.text()).isEqualTo("I cannot help with that.");
    assertThat(reply.usage().output()).isEqualTo(6);
    assertThat(model.stream(request("Do it."), new HeardParts())).isEqualTo(reply);
  }

  @Test
  void aRequestThatAFilterRefusesIsBlocked() throws Exception {
    stub.faults().any().error(400, "content_filter");

    ModelReply reply = model.ask(request("Do it."));

    assertThat(reply.finish()).isEqualTo(Finish.BLOCKED);
    assertThat(reply.finishDetail()).isEqualTo("content_filter");
    assertThat(model.stream(request("Do it."), new HeardParts())).isEqualTo(reply);
  }

  @Test
  void anAccountWithoutCreditIsNotAskedAgain() {
    stub.faults().any().error(429, "insufficient_quota");

    assertThatThrownBy(() -> model.ask(request("Hello")))
        .isInstanceOfSatisfying(
            ModelException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.MODEL))
        .hasMessageContaining("the API key in STUB_KEY")
        .hasMessageContaining("no credit");
  }

  @ParameterizedTest
  @CsvSource({"text/plain", "video/mp4", "audio/ogg"})
  void refusesFilesThatTheApiDoesNotTake(String type) {
    ModelTurn turn =
        new ModelTurn(ModelTurn.Role.USER, List.of(new ModelTurn.Media(type, "AAAA", null)));

    assertThatThrownBy(() -> model.ask(request("").withTurns(List.of(turn))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("a file of type " + type);
    assertThat(stub.count()).isZero();
  }

  @Test
  void sendsThinkingAsTheApiKnowsIt() throws Exception {
    assertThatThrownBy(
            () -> model.ask(ModelRequest.of(null, "Hello", new Sampling(null, null, null, "512"))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("use off, low or high");

    model.ask(ModelRequest.of(null, "Hello", new Sampling(null, null, null, "off")));
    assertThat(received().body().path("reasoning_effort").asText()).isEqualTo("none");
  }

  @Test
  void marksASchemaStrictOnlyIfTheApiCanForceIt() throws Exception {
    model.ask(request("a").withSchema(json("{\"type\":\"object\"}")));
    model.ask(
        request("b")
            .withSchema(
                json(
                    """
                    {"type": "object", "additionalProperties": false, "required": ["a"],
                     "properties": {"a": {"type": "string", "maxLength": 9}}}
                    """)));

    assertThat(stub.prompts())
        .extracting(
            prompt ->
                prompt
                    .body()
                    .path("response_format")
                    .path("json_schema")
                    .path("strict")
                    .asBoolean())
        .containsExactly(true, false);
  }
}
