package dev.attune.launcher.session;

import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.ReplyListener;
import dev.attune.models.TextModel;
import java.util.List;
import java.util.Objects;

/**
 * A tuned model that one of several locations serves. They are asked in their order until one
 * answers, which is asked first from then on. Its identity does not depend on the location.
 */
final class LocatedModel implements TextModel {
  private final ModelIdentity identity;
  private final List<TextModel> locations;
  private volatile int answering;

  /**
   * Creates the model, which closes the others when it is closed.
   *
   * @param locations the same model in each location; at least one
   */
  LocatedModel(ModelIdentity identity, List<TextModel> locations) {
    this.identity = identity;
    this.locations = List.copyOf(locations);
  }

  /** Asks the model in one location. */
  @FunctionalInterface
  private interface Question {
    ModelReply to(TextModel model) throws ModelException, InterruptedException;
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException, InterruptedException {
    return answer(model -> model.ask(request));
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener)
      throws ModelException, InterruptedException {
    return answer(model -> model.stream(request, listener));
  }

  private ModelReply answer(Question question) throws ModelException, InterruptedException {
    int first = answering;
    ModelException fault = null;
    for (int i = 0; i < locations.size(); i++) {
      int location = (first + i) % locations.size();
      try {
        ModelReply reply = question.to(locations.get(location));
        answering = location;
        return reply;
      } catch (ModelException e) {
        if (e.kind() != Kind.MODEL) {
          throw e;
        }
        fault = fault == null ? e : fault;
      }
    }
    throw Objects.requireNonNull(fault, "there is a location");
  }

  @Override
  public void close() {
    locations.forEach(TextModel::close);
  }
}
