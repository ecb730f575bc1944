package dev.attune.launcher.evaluation;

import dev.attune.catalog.BaseModel;
import dev.attune.catalog.BaseModels;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.ContestantSelector.Candidate;
import dev.attune.launcher.evaluation.cost.ContestantCost;
import dev.attune.launcher.evaluation.question.AnswerStore;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.launcher.evaluation.question.Contestant;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.evaluation.question.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Opens models, and closes them all, also after one could not be opened. */
public final class OpenModels implements AutoCloseable {
  private final ModelOpener models;
  private final BaseModels prices;
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<AnsweringModel> open = new ArrayList<>();

  public OpenModels(ModelOpener models, BaseModels prices) {
    this.models = models;
    this.prices = prices;
  }

  /**
   * Opens a model.
   *
   * @throws CommandFailure if it cannot be asked
   */
  public Contestant open(Candidate candidate) throws CommandFailure, IOException {
    try {
      AnsweringModel model = models.open(candidate.address());
      open.add(model);
      candidates.add(candidate);
      return new Contestant(candidate.role(), candidate.id(), model);
    } catch (AskException e) {
      throw new CommandFailure(FailureCode.BACK_END, String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns for each of them the cost of asking its open questions. */
  public List<ContestantCost> costs(
      DatasetDirectory dataset, List<Question> questions, AnswerStore kept) {
    List<ContestantCost> costs = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      Candidate candidate = candidates.get(i);
      AnsweringModel model = open.get(i);
      Set<String> answered = kept.kept(model.name(), dataset.fingerprint()).keySet();
      costs.add(
          ContestantCost.of(
              candidate.role(),
              candidate.id(),
              model.isHosted(),
              candidate.tunedOn() != null,
              Question.without(questions, answered),
              prices
                  .find(candidate.address().baseModel())
                  .map(BaseModel::askingPrice)
                  .orElse(null)));
    }
    return costs;
  }

  @Override
  public void close() {
    open.forEach(AnsweringModel::close);
  }
}
