package dev.attune.launcher.session;

import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.ReplyListener;
import dev.attune.models.TextModel;
import org.jspecify.annotations.Nullable;

/**
 * Provider {@code champion}: the tuned model in use. If there is none, or it cannot answer any
 * request, the fallback answers, and {@link ModelReply#fallback} says why. A fault of one request
 * is not the fallback's concern, nor is a used-up budget. The session closes both models.
 */
final class ChampionModel implements TextModel {
  private final @Nullable TextModel champion;
  private final TextModel fallback;
  private final String missing;

  /**
   * Creates the model.
   *
   * @param champion null if no model is in use, or it cannot be opened
   * @param missing why champion is null
   */
  ChampionModel(@Nullable TextModel champion, TextModel fallback, String missing) {
    this.champion = champion;
    this.fallback = fallback;
    this.missing = missing;
  }

  /** Asks one of the models. */
  @FunctionalInterface
  private interface Question {
    ModelReply to(TextModel model) throws ModelException, InterruptedException;
  }

  /** Returns the model that is asked first. */
  TextModel first() {
    return champion == null ? fallback : champion;
  }

  @Override
  public ModelIdentity identity() {
    return first().identity();
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException, InterruptedException {
    return answer(model -> model.ask(request), () -> {});
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener)
      throws ModelException, InterruptedException {
    return answer(model -> model.stream(request, listener), listener::startOver);
  }

  private ModelReply answer(Question question, Runnable beforeFallback)
      throws ModelException, InterruptedException {
    if (champion == null) {
      return because(question.to(fallback), missing);
    }
    try {
      return question.to(champion);
    } catch (ModelException e) {
      if (e.kind() != Kind.MODEL) {
        throw e;
      }
      beforeFallback.run();
      String reason =
          Messages.of(
              "launcher.session.champion-failed",
              champion.identity().model(),
              String.valueOf(e.getMessage()));
      return because(question.to(fallback), reason);
    }
  }

  private static ModelReply because(ModelReply reply, String reason) {
    return new ModelReply(
        reply.text(),
        reply.thoughts(),
        reply.toolCalls(),
        reply.finish(),
        reply.finishDetail(),
        reply.usage(),
        reply.modelVersion(),
        reason);
  }

  @Override
  public void close() {
    // The session closes both.
  }
}
