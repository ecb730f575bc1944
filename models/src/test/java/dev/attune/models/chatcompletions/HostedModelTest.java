package dev.attune.models.chatcompletions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.config.textmodel.ModelConfig.Provider;
import dev.attune.models.ModelException;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import dev.attune.models.adapter.Configured;
import dev.attune.models.adapter.HeardParts;
import dev.attune.models.adapter.ProviderAdapters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A model of a host by other people, at {@code -Dattune.test.chatUrl} with the name {@code
 * -Dattune.test.chatModel} and the key {@code -Dattune.test.chatKey}: what is expected of our own
 * stub, another program does too. Run by real-model.sh and llmock.sh in .ci/checks.
 */
@EnabledIfSystemProperty(named = "attune.test.chatUrl", matches = ".+")
class HostedModelTest {
  private static final Sampling REPEATABLE = new Sampling(0.0, 40, 7, null);
  private static final ObjectMapper JSON = new ObjectMapper();

  private TextModel model;

  @BeforeEach
  void openModel() throws ModelException {
    model = open(System.getProperty("attune.test.chatKey", "none"));
  }

  @AfterEach
  void closeModel() {
    model.close();
  }

  private static TextModel open(String key) throws ModelException {
    ModelConfig config =
        Configured.model(
            Provider.OPENAI,
            System.getProperty("attune.test.chatModel"),
            new Access(System.getProperty("attune.test.chatUrl"), "HOST_KEY", null, null),
            Duration.ofMinutes(3));
    return new ProviderAdapters().open(config, Map.of("HOST_KEY", key));
  }

  @Test
  void answersWithUsage() throws Exception {
    ModelReply reply =
        model.ask(ModelRequest.of("Answer in one word.", "What colour is grass?", REPEATABLE));

    assertThat(reply.text()).isNotBlank();
    assertThat(reply.usage().input() + reply.usage().cachedInput()).isPositive();
    assertThat(reply.usage().output()).isPositive();
    assertThat(reply.modelVersion()).isNotEmpty();
  }

  @Test
  void streamsWhatItAnswers() throws Exception {
    ModelRequest request = ModelRequest.of(null, "Name three fruits.", REPEATABLE);
    HeardParts heard = new HeardParts();

    ModelReply streamed = model.stream(request, heard);

    assertThat(heard.text()).isEqualTo(streamed.text());
    assertThat(heard.texts()).hasSizeGreaterThan(1);
    assertThat(streamed.usage().output()).isPositive();
    ModelReply whole = model.ask(request);
    assertThat(whole.text()).isEqualTo(streamed.text());
    assertThat(whole.finish()).isEqualTo(streamed.finish());
  }

  @Test
  void goesOnWithAConversation() throws Exception {
    ModelReply reply =
        model.ask(
            ModelRequest.of(null, "", REPEATABLE)
                .withTurns(
                    List.of(
                        ModelTurn.user("My name is Ann."),
                        ModelTurn.model("Hello Ann."),
                        ModelTurn.user("What is my name?"))));

    assertThat(reply.text()).isNotBlank();
  }

  @Test
  void keepsToASchema() throws Exception {
    JsonNode schema =
        JSON.readTree(
            """
            {"type": "object", "additionalProperties": false, "required": ["domains"],
             "properties": {"domains": {"type": "array", "minItems": 1, "maxItems": 2,
               "items": {"type": "string", "enum": ["maths", "language", "music"]}}}}
            """);

    ModelReply reply =
        model.ask(
            ModelRequest.of(null, "She counted ten blocks. Which domains?", REPEATABLE)
                .withSchema(schema));

    assertThat(reply.finish()).isEqualTo(Finish.COMPLETE);
    JsonNode domains = JSON.readTree(reply.text()).path("domains");
    assertThat(domains.size()).isBetween(1, 2);
    assertThat(domains)
        .allSatisfy(domain -> assertThat(domain.asText()).isIn("maths", "language", "music"));
  }

  @Test
  @EnabledIfSystemProperty(named = "attune.test.chatKey", matches = ".+")
  void refusesAWrongKey() throws Exception {
    try (TextModel locked = open("not-the-key")) {
      assertThatThrownBy(
              () -> locked.ask(ModelRequest.of(null, "What colour is grass?", REPEATABLE)))
          .isInstanceOfSatisfying(
              ModelException.class,
              fault -> assertThat(fault.kind()).isEqualTo(ModelException.Kind.MODEL))
          .hasMessageContaining("HOST_KEY");
    }
  }
}
