package dev.attune.launcher.judge;

import dev.attune.models.ModelException;
import dev.attune.models.ModelRequest;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import java.util.List;

/**
 * A judge: says which of two answers is better. It is asked in both orders; where its verdict
 * follows the order it is a tie. Safe for several threads.
 */
public final class PairJudge {
  private final TextModel model;
  private final JudgeRequests requests;

  /**
   * Creates a judge.
   *
   * @param model closed by the caller
   * @param sampling a temperature that is not set is 0
   */
  public PairJudge(TextModel model, Rubric rubric, Sampling sampling) {
    this.model = model;
    this.requests = new JudgeRequests(rubric, sampling);
  }

  /** Returns the two requests that {@link #judge} sends, for an estimate of their cost. */
  public List<ModelRequest> requests(AnswerPair pair) {
    return requests.of(pair);
  }

  /**
   * Compares two answers.
   *
   * @throws ModelException if the model cannot be asked. A request that the service refuses as
   *     invalid, like an answer that is blocked, cut off or not in the form of the schema, is no
   *     exception: that order has no verdict
   */
  public PairJudgement judge(AnswerPair pair) throws ModelException, InterruptedException {
    List<ModelRequest> both = requests.of(pair);
    return new PairJudgement(ask(both.get(0)), ask(both.get(1)));
  }

  private JudgeReply ask(ModelRequest request) throws ModelException, InterruptedException {
    try {
      return JudgeReply.of(model.ask(request));
    } catch (ModelException e) {
      if (e.kind() == ModelException.Kind.REQUEST) {
        return JudgeReply.none(JudgeReply.Fault.REFUSED);
      }
      throw e;
    }
  }
}
