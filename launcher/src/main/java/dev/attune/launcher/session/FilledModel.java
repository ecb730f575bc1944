package dev.attune.launcher.session;

import dev.attune.config.textmodel.ModelConfig.Answers;
import dev.attune.models.ModelException;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.ReplyListener;
import dev.attune.models.Sampling;
import dev.attune.models.TextModel;
import org.jspecify.annotations.Nullable;

/** Fills the settings that a request leaves open with those of attune.yaml. */
record FilledModel(TextModel model, Answers answers) implements TextModel {
  @Override
  public ModelIdentity identity() {
    return model.identity();
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException, InterruptedException {
    return model.ask(filled(request, answers));
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener)
      throws ModelException, InterruptedException {
    return model.stream(filled(request, answers), listener);
  }

  static ModelRequest filled(ModelRequest request, Answers answers) {
    Sampling given = request.sampling();
    Sampling all =
        new Sampling(
            first(given.temperature(), answers.temperature()),
            first(given.maxOutputTokens(), answers.maxOutputTokens()),
            first(given.seed(), answers.seed()),
            first(given.thinking(), answers.thinking()));
    return new ModelRequest(
        request.system(),
        request.turns(),
        request.tools(),
        request.schema(),
        all,
        request.cached(),
        request.candidate());
  }

  private static <T> @Nullable T first(@Nullable T given, @Nullable T configured) {
    return given == null ? configured : given;
  }

  @Override
  public void close() {
    model.close();
  }
}
