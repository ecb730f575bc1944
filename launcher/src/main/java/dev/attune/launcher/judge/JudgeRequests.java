package dev.attune.launcher.judge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import dev.attune.schema.Turn;
import java.util.List;
import java.util.Locale;

/** The requests of judges under one rubric. */
public final class JudgeRequests {
  private final Rubric rubric;
  private final Sampling sampling;

  /**
   * Creates the requests to one judge.
   *
   * @param sampling a temperature that is not set is 0
   */
  public JudgeRequests(Rubric rubric, Sampling sampling) {
    this.rubric = rubric;
    this.sampling =
        sampling.temperature() == null
            ? new Sampling(0.0, sampling.maxOutputTokens(), sampling.seed(), sampling.thinking())
            : sampling;
  }

  /** Returns the two requests about a pair: in its order, and in the other one. */
  public List<ModelRequest> of(AnswerPair pair) {
    return List.of(request(pair), request(pair.swapped()));
  }

  private ModelRequest request(AnswerPair pair) {
    return ModelRequest.of(rubric.text(), content(pair), sampling).withSchema(rubric.schema());
  }

  /** Returns the pair as JSON, which no text in it can break out of. */
  private static String content(AnswerPair pair) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    if (pair.system() != null) {
      content.put("system", pair.system());
    }
    ArrayNode conversation = content.putArray("conversation");
    for (Turn turn : pair.turns()) {
      ObjectNode entry =
          conversation.addObject().put("role", turn.role().name().toLowerCase(Locale.ROOT));
      if (!turn.media().isEmpty()) {
        turn.media().forEach(entry.putArray("media")::add);
      }
      entry.put("text", turn.text());
    }
    content.put("answer_a", pair.first()).put("answer_b", pair.second());
    if (pair.wish() != null) {
      content.put("wish", pair.wish());
    }
    return content.toString();
  }
}
