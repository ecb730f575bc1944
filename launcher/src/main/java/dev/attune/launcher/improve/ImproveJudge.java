package dev.attune.launcher.improve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.improve.RowResult.Verdict;
import dev.attune.models.ModelException;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import dev.attune.pipeline.stage.UnimprovedRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A second model that compares the new answer with the low-rated one, in both orders: a judge that
 * prefers a place and not an answer decides nothing.
 */
final class ImproveJudge {
  private static final PromptTemplate TEMPLATE = PromptTemplate.load("judge");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String A = "A";
  private static final String B = "B";
  private static final String BOTH = "both";
  private static final JsonNode SCHEMA = schema();

  private final TextModel model;
  private final Sampling sampling;
  private final String instruction;
  private final boolean sameFamily;

  /**
   * Creates a judge.
   *
   * @param systemInstruction of the dataset, or null
   * @param writer whose answers it judges
   */
  ImproveJudge(
      TextModel model, Sampling sampling, @Nullable String systemInstruction, TextModel writer) {
    this.model = model;
    this.sampling = sampling;
    this.instruction = ImproveRequests.instruction(systemInstruction);
    this.sameFamily =
        model
            .identity()
            .family()
            .toLowerCase(Locale.ROOT)
            .equals(writer.identity().family().toLowerCase(Locale.ROOT));
  }

  /** Returns everything but the rows and answers that decides the requests. */
  String fingerprint() {
    return PromptTemplate.mark(
        List.of(
            TEMPLATE.text(),
            instruction,
            String.valueOf(model.identity()),
            String.valueOf(sampling)));
  }

  /** Returns whether writer and judge are models of one family. */
  boolean isOfSameFamily() {
    return sameFamily;
  }

  /** Returns the two requests for an answer: it is B in the first and A in the second. */
  List<ModelRequest> requests(UnimprovedRow row, String answer) {
    return List.of(request(row, row.answer(), answer), request(row, answer, row.answer()));
  }

  private ModelRequest request(UnimprovedRow row, String a, String b) {
    Map<String, String> values =
        Map.of(
            "mark",
            PromptTemplate.mark(List.of(row.prompt(), row.comment(), a, b)),
            "instruction",
            instruction,
            "question",
            row.prompt(),
            "comment",
            row.comment(),
            "a",
            a,
            "b",
            b);
    return ModelRequest.of(
            PromptTemplate.filled(TEMPLATE.system(), values),
            PromptTemplate.filled(TEMPLATE.user(), values),
            sampling)
        .withSchema(SCHEMA);
  }

  /**
   * Asks for both orders.
   *
   * @return empty if an answer of the judge is no verdict
   */
  Optional<Verdict> judge(UnimprovedRow row, String answer)
      throws ModelException, InterruptedException {
    List<ModelRequest> requests = requests(row, answer);
    ModelReply last = model.ask(requests.get(0));
    JsonNode first = verdict(last);
    if (first == null) {
      return Optional.empty();
    }
    last = model.ask(requests.get(1));
    JsonNode second = verdict(last);
    return second == null
        ? Optional.empty()
        : Optional.of(
            new Verdict(
                version(model, last),
                prefers(first, B) && prefers(second, A),
                heeds(first, B) && heeds(second, A),
                sameFamily));
  }

  /** Returns the name of the model that gave an answer. */
  static String version(TextModel model, ModelReply reply) {
    return reply.modelVersion().isBlank() ? model.identity().model() : reply.modelVersion();
  }

  private static boolean prefers(JsonNode verdict, String answer) {
    return verdict.path("better").asText().equals(answer);
  }

  private static boolean heeds(JsonNode verdict, String answer) {
    String heeds = verdict.path("heeds").asText();
    return heeds.equals(answer) || heeds.equals(BOTH);
  }

  private static @Nullable JsonNode verdict(ModelReply reply) {
    try {
      JsonNode verdict =
          reply.finish() == ModelReply.Finish.COMPLETE ? JSON.readTree(reply.text()) : null;
      return verdict != null
              && isOneOf(verdict.path("better"), "better")
              && isOneOf(verdict.path("heeds"), "heeds")
          ? verdict
          : null;
    } catch (JsonProcessingException e) {
      return null; // said in words, which is no verdict
    }
  }

  private static boolean isOneOf(JsonNode value, String key) {
    for (JsonNode each : SCHEMA.path("properties").path(key).path("enum")) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("reason").put("type", "string");
    properties.putObject("better").put("type", "string").putArray("enum").add(A).add(B).add("same");
    properties
        .putObject("heeds")
        .put("type", "string")
        .putArray("enum")
        .add(A)
        .add(B)
        .add(BOTH)
        .add("neither");
    schema.putArray("required").add("reason").add("better").add("heeds");
    return schema.put("additionalProperties", false);
  }
}
