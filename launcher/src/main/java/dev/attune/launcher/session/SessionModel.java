package dev.attune.launcher.session;

import dev.attune.config.textmodel.ModelConfig.Answers;
import dev.attune.config.textmodel.ModelConfig.RequestLimits;
import dev.attune.models.CachedPrefix;
import dev.attune.models.ModelRequest;
import dev.attune.models.RequestTokens;
import dev.attune.models.TextModel;
import dev.attune.models.recording.RecordedModel;
import dev.attune.models.spending.BudgetedCaches;
import dev.attune.models.spending.BudgetedModel;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open model with its layers.
 *
 * @param name as typed
 * @param model the outermost layer
 * @param answers its configured settings
 * @param limits its configured limits
 * @param layers the layers that know cost and kept answers; null for a model that costs nothing and
 *     whose answers are not kept
 * @param others models behind it that may answer instead, with layers of their own
 */
record SessionModel(
    String name,
    TextModel model,
    Answers answers,
    RequestLimits limits,
    @Nullable Layers layers,
    List<SessionModel> others) {
  SessionModel {
    others = List.copyOf(others);
  }

  /**
   * The layers of a model that is asked over a network.
   *
   * @param caches its context caches; null if it has none
   */
  record Layers(RecordedModel recorded, BudgetedModel budgeted, @Nullable BudgetedCaches caches) {}

  /** What requests cost at most. */
  record Estimate(int requests, int kept, long input, long output, BigDecimal usd) {
    static final Estimate NOTHING = new Estimate(0, 0, 0, 0, BigDecimal.ZERO);

    Estimate plus(Estimate other) {
      return new Estimate(
          requests + other.requests,
          kept + other.kept,
          input + other.input,
          output + other.output,
          usd.add(other.usd));
    }

    private Estimate orDearer(Estimate other) {
      return other.usd.compareTo(usd) > 0 ? other : this;
    }
  }

  /** Returns what requests cost at most, without those whose answers are kept. */
  Estimate estimate(List<ModelRequest> requests) {
    Estimate sum = Estimate.NOTHING;
    for (ModelRequest request : requests) {
      sum = sum.plus(estimate(FilledModel.filled(request, answers)));
    }
    return sum;
  }

  /** Returns whether a request would be answered without a call. */
  boolean hasKept(ModelRequest request) {
    return layers != null && layers.recorded().hasKept(FilledModel.filled(request, answers));
  }

  private Estimate estimate(ModelRequest request) {
    Layers known = layers;
    if (known == null) {
      Estimate dearest = Estimate.NOTHING;
      for (SessionModel other : others) {
        dearest = dearest.orDearer(other.estimate(List.of(request)));
      }
      return dearest;
    }
    if (known.recorded().hasKept(request)) {
      return new Estimate(1, 1, 0, 0, BigDecimal.ZERO);
    }
    CachedPrefix cached = request.cached();
    return new Estimate(
        1,
        0,
        RequestTokens.input(request) + (cached == null ? 0 : cached.tokens()),
        BudgetedModel.outputTokens(request),
        known.budgeted().most(request));
  }
}
