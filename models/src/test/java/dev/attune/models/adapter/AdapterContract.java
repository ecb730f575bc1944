package dev.attune.models.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import dev.attune.models.ToolDefinition;
import dev.attune.models.Usage;
import dev.attune.testing.modelapi.ModelPrompt;
import dev.attune.testing.modelapi.ModelPrompt.Speaker;
import dev.attune.testing.modelapi.ModelStub;
import dev.attune.testing.modelapi.ScriptedAnswer;
import dev.attune.testing.modelapi.ScriptedAnswer.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every adapter does with answers; {@link FaultContract} is about the other half. */
public abstract class AdapterContract {
  /** The key that the stub of a test wants, and the variable that holds it. */
  protected static final String KEY = "key-of-the-stub";

  protected static final Map<String, String> ENVIRONMENT = Map.of("STUB_KEY", KEY);

  private static final ObjectMapper JSON = new ObjectMapper();

  protected ModelStub stub;
  protected TextModel model;

  /** Opens the adapter against the stub, with the key. */
  protected abstract TextModel open(ModelStub at, Duration deadline) throws Exception;

  @BeforeEach
  void start() throws Exception {
    stub = ModelStub.start();
    stub.requireKey(KEY);
    model = open(stub, Configured.LONG);
  }

  @AfterEach
  void stop() {
    model.close();
    stub.close();
  }

  protected static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  protected static ModelRequest request(String text) {
    return ModelRequest.of(null, text, Sampling.DEFAULT);
  }

  protected ModelPrompt received() {
    assertThat(stub.count()).isEqualTo(1);
    return stub.prompts().get(0);
  }

  @Test
  void answersWithTextAndUsage() throws Exception {
    stub.script(prompt -> ScriptedAnswer.of("Blocks teach counting.").withCachedTokens(8));

    ModelReply reply =
        model.ask(ModelRequest.of("Be brief.", "What do blocks teach?", Sampling.DEFAULT));

    assertThat(reply.text()).isEqualTo("Blocks teach counting.");
    assertThat(reply.finish()).isEqualTo(Finish.COMPLETE);
    assertThat(reply.thoughts()).isEmpty();
    assertThat(reply.toolCalls()).isEmpty();
    assertThat(reply.fallback()).isNull();
    assertThat(reply.modelVersion())
        .startsWith(model.identity().model())
        .isNotEqualTo(model.identity().model());
    // A token of the stub is four characters: 9 and 21 of the request, 22 of the answer.
    assertThat(reply.usage()).isEqualTo(new Usage(3 + 6, 8, 6, 0));
    ModelPrompt prompt = received();
    assertThat(prompt.system()).isEqualTo("Be brief.");
    assertThat(prompt.turns())
        .containsExactly(
            new ModelPrompt.PromptTurn(Speaker.USER, "What do blocks teach?", List.of()));
    assertThat(prompt.schema()).isNull();
    assertThat(prompt.tools()).isEmpty();
  }

  @Test
  void sendsTheWholeConversation() throws Exception {
    model.ask(
        request("")
            .withTurns(
                List.of(
                    ModelTurn.user("How many?"),
                    ModelTurn.model("Three."),
                    ModelTurn.user("Sure?"))));

    assertThat(received().turns())
        .extracting(ModelPrompt.PromptTurn::speaker, ModelPrompt.PromptTurn::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Speaker.USER, "How many?"),
            org.assertj.core.groups.Tuple.tuple(Speaker.MODEL, "Three."),
            org.assertj.core.groups.Tuple.tuple(Speaker.USER, "Sure?"));
  }

  @Test
  void aStreamGivesTheSameReplyInParts() throws Exception {
    stub.script(
        prompt ->
            ScriptedAnswer.of("One, two, three  and ünïcode 🧱 blocks.")
                .withThoughts("Let me count."));
    HeardParts heard = new HeardParts();

    ModelReply streamed = model.stream(request("Count."), heard);

    assertThat(streamed).isEqualTo(model.ask(request("Count.")));
    assertThat(streamed.thoughts()).isEqualTo("Let me count.");
    assertThat(streamed.usage().thinking()).isEqualTo(4);
    assertThat(heard.text()).isEqualTo(streamed.text());
    assertThat(heard.thoughts()).isEqualTo("Let me count.");
    assertThat(heard.texts()).hasSizeGreaterThan(3);
    assertThat(stub.prompts()).extracting(ModelPrompt::streamed).containsExactly(true, false);
  }

  @Test
  void sendsTheSchemaAsItIs() throws Exception {
    JsonNode schema =
        json(
            """
            {"type": "object", "required": ["domains"],
             "properties": {"domains": {"type": "array", "maxItems": 3, "minItems": 2,
               "items": {"type": "string", "enum": ["maths", "language"]}}}}
            """);

    ModelReply reply = model.ask(request("Which domains?").withSchema(schema));

    assertThat(json(reply.text())).isEqualTo(json("{\"domains\": [\"maths\", \"maths\"]}"));
    assertThat(received().schema()).isEqualTo(schema);
  }

  @Test
  void callsToolsAndTakesTheirResults() throws Exception {
    ToolDefinition tool =
        new ToolDefinition(
            "get_weather",
            "Tells the weather.",
            json(
                """
                {"type": "object", "properties": {"city": {"type": "string", "enum": ["Rome"]}},
                 "required": ["city"], "oneOf": [{"required": ["city"]}]}
                """));
    ModelRequest asked = request("What is the weather in Rome?").withTools(List.of(tool));

    ModelReply call = model.ask(asked);

    assertThat(call.finish()).isEqualTo(Finish.TOOL_CALLS);
    assertThat(call.toolCalls()).hasSize(1);
    ModelTurn.ToolCall weather = call.toolCalls().get(0);
    assertThat(weather.tool()).isEqualTo("get_weather");
    assertThat(weather.arguments()).isEqualTo(json("{\"city\": \"Rome\"}"));
    assertThat(stub.prompts().get(0).tools())
        .containsExactly(new ModelPrompt.OfferedTool("get_weather", tool.arguments()));

    ModelReply streamed = model.stream(asked, new HeardParts());
    assertThat(streamed).isEqualTo(call);

    stub.script(prompt -> ScriptedAnswer.of("It is " + prompt.lastText() + "."));
    ModelReply answer =
        model.ask(
            asked.withTurns(
                List.of(
                    asked.turns().get(0),
                    new ModelTurn(ModelTurn.Role.MODEL, List.of(weather)),
                    new ModelTurn(
                        ModelTurn.Role.TOOL,
                        List.of(
                            new ModelTurn.ToolResult(weather.id(), weather.tool(), "sunny"))))));

    assertThat(answer.text()).isEqualTo("It is sunny.");
    assertThat(answer.finish()).isEqualTo(Finish.COMPLETE);
  }

  @Test
  void tellsSeveralCallsApart() throws Exception {
    stub.script(
        prompt ->
            ScriptedAnswer.calling(
                new ScriptedAnswer.Call("add", json("{\"a\": 1}")),
                new ScriptedAnswer.Call(
                    "add", json("{\"a\": 2, \"deep\": {\"list\": [1, null]}}"))));
    ModelRequest asked =
        request("Add.")
            .withTools(List.of(new ToolDefinition("add", "Adds.", json("{\"type\": \"object\"}"))));

    ModelReply reply = model.stream(asked, new HeardParts());

    assertThat(reply.toolCalls())
        .extracting(ModelTurn.ToolCall::arguments)
        .containsExactly(json("{\"a\": 1}"), json("{\"a\": 2, \"deep\": {\"list\": [1, null]}}"));
    assertThat(reply.toolCalls()).extracting(ModelTurn.ToolCall::id).doesNotHaveDuplicates();
    assertThat(model.ask(asked)).isEqualTo(reply);
  }

  @Test
  void anAnswerThatIsCutOffIsAReply() throws Exception {
    stub.script(prompt -> ScriptedAnswer.of("One, two, ").withEnding(Ending.CUT_OFF));

    ModelReply reply = model.ask(request("Count."));

    assertThat(reply.finish()).isEqualTo(Finish.CUT_OFF);
    assertThat(reply.text()).isEqualTo("One, two, ");
    assertThat(model.stream(request("Count."), new HeardParts())).isEqualTo(reply);
  }

  @Test
  void aBlockedAnswerIsAReplyWithTheReason() throws Exception {
    stub.script(prompt -> ScriptedAnswer.of("Once ").withEnding(Ending.BLOCKED));

    ModelReply reply = model.ask(request("Tell it."));

    assertThat(reply.finish()).isEqualTo(Finish.BLOCKED);
    assertThat(reply.finishDetail()).isNotEmpty();
    assertThat(reply.usage().output()).isEqualTo(2);
    assertThat(model.stream(request("Tell it."), new HeardParts())).isEqualTo(reply);
  }

  @Test
  void aBlockedPromptIsAReplyWithTheReason() throws Exception {
    stub.script(prompt -> ScriptedAnswer.of("").withEnding(Ending.PROMPT_BLOCKED));

    ModelReply reply = model.ask(request("Tell it."));

    assertThat(reply.finish()).isEqualTo(Finish.BLOCKED);
    assertThat(reply.finishDetail()).isNotEmpty();
    assertThat(reply.text()).isEmpty();
    assertThat(model.stream(request("Tell it."), new HeardParts())).isEqualTo(reply);
  }

  @Test
  void anEmptyAnswerIsAReply() throws Exception {
    stub.script(prompt -> ScriptedAnswer.of(""));

    ModelReply reply = model.ask(request("Say nothing."));

    assertThat(reply.text()).isEmpty();
    assertThat(reply.finish()).isEqualTo(Finish.COMPLETE);
    assertThat(model.stream(request("Say nothing."), new HeardParts())).isEqualTo(reply);
  }

  @Test
  void sendsImages() throws Exception {
    ModelTurn turn =
        new ModelTurn(
            ModelTurn.Role.USER,
            List.of(
                new ModelTurn.Text("What is this?"),
                new ModelTurn.Media("image/png", "iVBORw0KGgo=", null),
                new ModelTurn.Media("application/pdf", "JVBERi0=", null),
                new ModelTurn.Media("audio/wav", "UklGRg==", null)));

    model.ask(request("").withTurns(List.of(turn)));

    assertThat(received().turns())
        .containsExactly(
            new ModelPrompt.PromptTurn(
                Speaker.USER,
                "What is this?",
                List.of("image/png", "application/pdf", "audio/wav")));
  }

  @Test
  void aFailureOfTheListenerEndsTheStream() {
    stub.script(prompt -> ScriptedAnswer.of("one two three four"));

    assertThatThrownBy(
            () ->
                model.stream(
                    request("Count."),
                    more -> {
                      throw new java.io.UncheckedIOException(new IOException("closed"));
                    }))
        .isInstanceOf(java.io.UncheckedIOException.class);
  }
}
