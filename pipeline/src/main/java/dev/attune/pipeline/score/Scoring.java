package dev.attune.pipeline.score;

import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.Task;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.rejection.Verdict;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.io.Serializable;
import java.util.List;

/**
 * Scores examples and compares the quality with the minimum. Examples of other sources pass
 * unchanged; an existing quality is kept.
 */
public final class Scoring implements Serializable {
  private static final long serialVersionUID = 1L;

  private final QualityRule rule;
  private final Role judged;

  /** Scores the answer in a conversation dataset, the prompt in a classification dataset. */
  public Scoring(QualityRule rule, Task task) {
    this.rule = rule;
    this.judged =
        switch (task) {
          case CONVERSATION -> Role.MODEL;
          case CLASSIFICATION -> Role.USER;
        };
  }

  /** Returns the example with its quality, or why the quality is too low. */
  public Verdict score(Example example) {
    if (!rule.sources().contains(example.source().key())) {
      return new Verdict.Kept(example);
    }
    Quality brought = example.quality();
    Quality quality = brought == null ? QualityScore.of(textOf(example)) : brought;
    if (quality.tenths() < rule.minimumTenths()) {
      return new Verdict.Rejected(
          RejectionReason.LOW_QUALITY,
          "quality " + inTens(quality.tenths()) + " is below " + inTens(rule.minimumTenths()));
    }
    return new Verdict.Kept(brought == null ? example.scored(quality) : example);
  }

  /** Returns the text of the last scored turn, or an empty text if there is none. */
  private String textOf(Example example) {
    List<Turn> turns = example.line().turns();
    for (int i = turns.size() - 1; i >= 0; i--) {
      if (turns.get(i).role() == judged) {
        return turns.get(i).text();
      }
    }
    return "";
  }

  private static String inTens(int tenths) {
    return tenths / 10 + "." + tenths % 10;
  }
}
