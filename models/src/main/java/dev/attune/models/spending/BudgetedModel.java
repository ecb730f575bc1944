package dev.attune.models.spending;

import dev.attune.catalog.TextModelPrice;
import dev.attune.config.textmodel.TextModelRecords;
import dev.attune.models.CachedPrefix;
import dev.attune.models.ModelException;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.ReplyListener;
import dev.attune.models.RequestTokens;
import dev.attune.models.TextModel;
import dev.attune.models.Usage;
import java.math.BigDecimal;

/**
 * Asks a model within a budget: reserves the most that a request may cost, and charges what its
 * usage costs. A request without an answer costs nothing. The input is estimated, so that a request
 * may cost a little more than was reserved for it.
 */
public final class BudgetedModel implements TextModel {
  private final TextModel model;
  private final TextModelPrice price;
  private final Budget budget;
  private Usage used = Usage.NONE;
  private long answers;

  /** Creates a layer, which closes the model when it is closed. */
  public BudgetedModel(TextModel model, TextModelPrice price, Budget budget) {
    this.model = model;
    this.price = price;
    this.budget = budget;
  }

  /** Sends a request. */
  @FunctionalInterface
  private interface Paid {
    ModelReply send() throws ModelException, InterruptedException;
  }

  /** Returns the price. */
  public TextModelPrice price() {
    return price;
  }

  /** Returns the most that a request may cost in US dollars. */
  public BigDecimal most(ModelRequest request) {
    CachedPrefix cached = request.cached();
    return price.usd(
        RequestTokens.input(request), cached == null ? 0 : cached.tokens(), outputTokens(request));
  }

  /** Returns the longest answer to a request in tokens. */
  public static long outputTokens(ModelRequest request) {
    Integer most = request.sampling().maxOutputTokens();
    return most == null ? TextModelRecords.MAX_OUTPUT_TOKENS : most;
  }

  /** Returns the tokens of all answers. */
  public synchronized Usage used() {
    return used;
  }

  /** Returns the number of answers that the model gave. */
  public synchronized long answers() {
    return answers;
  }

  @Override
  public ModelIdentity identity() {
    return model.identity();
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException, InterruptedException {
    return pay(request, () -> model.ask(request));
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener)
      throws ModelException, InterruptedException {
    return pay(request, () -> model.stream(request, listener));
  }

  private ModelReply pay(ModelRequest request, Paid call)
      throws ModelException, InterruptedException {
    BigDecimal most = most(request);
    budget.reserve(most);
    BigDecimal actual = BigDecimal.ZERO;
    try {
      ModelReply reply = call.send();
      Usage usage = reply.usage();
      actual = price.usd(usage.input(), usage.cachedInput(), usage.output() + usage.thinking());
      count(usage);
      return reply;
    } finally {
      budget.settle(most, actual);
    }
  }

  private synchronized void count(Usage usage) {
    used = used.plus(usage);
    answers++;
  }

  @Override
  public void close() {
    model.close();
  }
}
