package dev.attune.launcher.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.schema.SchemaFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is, as an evaluation writes it. 100 examples, 80 of Motor and 20 of Music.
 *
 * @param categories correct answers by category
 */
public record MeasuredJson(
    String id, double macroF1, double invalidShare, Map<String, Integer> categories) {
  private static final Map<String, Integer> SUPPORT = Map.of("Motor", 80, "Music", 20);
  public static final int EXAMPLES = 100;

  /** Of a model that recognises so many of each. */
  public static MeasuredJson of(String id, double macroF1, int motor, int music) {
    Map<String, Integer> correct = new LinkedHashMap<>();
    correct.put("Motor", motor);
    correct.put("Music", music);
    return new MeasuredJson(id, macroF1, 0.0, correct);
  }

  /** With another share of invalid answers. */
  public MeasuredJson invalid(double share) {
    return new MeasuredJson(id, macroF1, share, categories);
  }

  ObjectNode node() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", id).put("name", "n/" + id);
    node.set("accuracy", share(0.5));
    node.set("macroF1", share(macroF1));
    node.set("microF1", share(0.5));
    node.set("invalidShare", share(invalidShare));
    node.putObject("failed");
    ObjectNode byId = node.putObject("categories");
    categories.forEach(
        (category, correct) -> {
          int support = SUPPORT.getOrDefault(category, 0);
          ObjectNode counted = byId.putObject(category);
          counted.put("support", support).put("predicted", correct).put("correct", correct);
          counted.set("precision", correct == 0 ? null : share(1));
          counted.set("recall", share((double) correct / support));
          counted.set("f1", share(0.5));
        });
    ObjectNode confusion = node.putObject("confusion");
    confusion.putArray("cells");
    confusion.putObject("missing");
    confusion.putObject("invalid");
    confusion.putObject("extra");
    return node;
  }

  private static ObjectNode share(double value) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return node.put("value", value).put("low", value).put("high", value);
  }

  /**
   * How much better this one is than another: of each category, the one that recognises more
   * recognises all that the other one does, and one more of each 80 or 20 is one more right answer.
   */
  ObjectNode gainOver(MeasuredJson other) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("accuracy", gain(0));
    node.set("macroF1", gain(macroF1 - other.macroF1));
    node.set("microF1", gain(0));
    ObjectNode recall = node.putObject("recall");
    ObjectNode byId = node.putObject("categories");
    int better = 0;
    int worse = 0;
    for (String category : List.of("Motor", "Music")) {
      int more = correct(category) - other.correct(category);
      recall.put(category, (double) more / SUPPORT.getOrDefault(category, 0));
      byId.set(category, pairs(Math.max(0, more), Math.max(0, -more)));
      better += Math.max(0, more);
      worse += Math.max(0, -more);
    }
    node.set("answers", pairs(better, worse));
    return node;
  }

  private int correct(String category) {
    return categories.getOrDefault(category, 0);
  }

  private static ObjectNode pairs(int better, int worse) {
    return JsonNodeFactory.instance.objectNode().put("better", better).put("worse", worse);
  }

  /** With an interval of 0.05 to either side. */
  private static ObjectNode gain(double value) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return node.put("value", rounded(value))
        .put("low", rounded(value - 0.05))
        .put("high", rounded(value + 0.05));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e6) / 1e6;
  }

  /** A whole evaluation. */
  public record Document(
      MeasuredJson model, @Nullable MeasuredJson base, @Nullable MeasuredJson champion) {
    public String json() {
      return checked(node());
    }

    /** As version 1 of the evaluation wrote it: without the answers that differ. */
    public String olderJson() {
      ObjectNode node = node().put("schemaVersion", 1);
      for (String who : List.of("base", "champion")) {
        if (node.at("/gain/" + who) instanceof ObjectNode gain) {
          gain.remove(List.of("answers", "categories"));
        }
      }
      return checked(node);
    }

    private static String checked(ObjectNode node) {
      assertThat(SchemaFile.EVALUATION.validate(node)).isEmpty();
      return node.toString();
    }

    ObjectNode node() {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.put("schemaVersion", 2);
      root.put("dataset", Workplace.DATASET);
      root.put("runId", Workplace.RUN);
      root.put("fingerprint", Workplace.FINGERPRINT);
      root.put("split", "validation");
      root.put("examples", EXAMPLES);
      root.put("unfair", 0);
      root.set("model", model.node());
      root.set("base", base == null ? null : base.node());
      root.set("champion", champion == null ? null : champion.node());
      ObjectNode gain = root.putObject("gain");
      gain.set("base", base == null ? null : model.gainOver(base));
      gain.set("champion", champion == null ? null : model.gainOver(champion));
      root.putArray("notes");
      return root;
    }
  }
}
