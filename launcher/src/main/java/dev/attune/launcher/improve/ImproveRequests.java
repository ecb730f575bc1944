package dev.attune.launcher.improve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import dev.attune.pipeline.stage.UnimprovedRow;
import dev.attune.taxonomy.Category;
import dev.attune.taxonomy.Taxonomy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests to the model that writes better answers. */
final class ImproveRequests {
  /** The key of the answer's categories in a classification dataset. */
  static final String CATEGORIES = "categories";

  private static final String NO_INSTRUCTION = "Answer questions correctly and helpfully.";
  private static final PromptTemplate TEMPLATE = PromptTemplate.load("answer");

  private final String instruction;
  private final @Nullable Taxonomy taxonomy;
  private final Sampling sampling;

  /**
   * Creates the requests of a dataset.
   *
   * @param systemInstruction of the dataset, or null
   * @param taxonomy of a classification dataset, or null
   */
  ImproveRequests(
      @Nullable String systemInstruction, @Nullable Taxonomy taxonomy, Sampling sampling) {
    this.instruction = instruction(systemInstruction);
    this.taxonomy = taxonomy;
    this.sampling = sampling;
  }

  /** Returns the settings of the answers. */
  Sampling sampling() {
    return sampling;
  }

  /** Returns the instruction that both templates quote. */
  static String instruction(@Nullable String systemInstruction) {
    return systemInstruction == null ? NO_INSTRUCTION : systemInstruction;
  }

  /** Returns everything but the rows that decides the requests. */
  String fingerprint() {
    return PromptTemplate.mark(
        List.of(TEMPLATE.text(), instruction, categories(), String.valueOf(sampling)));
  }

  /** Returns the request for a row: a JSON answer of categories for classification, else text. */
  ModelRequest of(UnimprovedRow row) {
    Map<String, String> values =
        Map.of(
            "mark",
            PromptTemplate.mark(List.of(row.prompt(), row.answer(), row.comment())),
            "instruction",
            instruction,
            CATEGORIES,
            categories(),
            "question",
            row.prompt(),
            "answer",
            row.answer(),
            "comment",
            row.comment());
    ModelRequest request =
        ModelRequest.of(
            PromptTemplate.filled(TEMPLATE.system(), values),
            PromptTemplate.filled(TEMPLATE.user(), values),
            sampling);
    return taxonomy == null ? request : request.withSchema(schema(taxonomy));
  }

  private String categories() {
    if (taxonomy == null) {
      return "";
    }
    StringBuilder lines =
        new StringBuilder(
            """

            - the answer is one or more of these categories and nothing else, as JSON with the key \
            "categories":
            """);
    for (Category category : taxonomy.categories()) {
      lines.append("  ").append(category.id()).append(": ").append(category.name()).append('\n');
    }
    return lines.toString().stripTrailing();
  }

  private static ObjectNode schema(Taxonomy taxonomy) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ArrayNode ids = json.arrayNode();
    taxonomy.categories().forEach(category -> ids.add(category.id()));
    ObjectNode schema = json.objectNode().put("type", "object");
    ObjectNode list = schema.putObject("properties").putObject(CATEGORIES).put("type", "array");
    list.putObject("items").put("type", "string").set("enum", ids);
    schema.putArray("required").add(CATEGORIES);
    return schema.put("additionalProperties", false);
  }
}
