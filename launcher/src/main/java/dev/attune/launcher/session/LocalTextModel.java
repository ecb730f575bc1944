package dev.attune.launcher.session;

import dev.attune.launcher.baseline.LocalModel;
import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.ModelTurn.Text;
import dev.attune.models.ReplyListener;
import dev.attune.models.TextModel;
import dev.attune.models.Usage;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A model of the local back end: text in, categories out; costs nothing. */
record LocalTextModel(LocalModel model) implements TextModel {
  private static final String LOCAL = "local";

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity(LOCAL, model.name(), LOCAL, "linear");
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException {
    if (request.schema() != null || !request.tools().isEmpty()) {
      throw new ModelException(
          Kind.REQUEST, Messages.of("launcher.session.categories-only", model.name()), null);
    }
    List<Turn> turns = new ArrayList<>();
    request.turns().forEach(turn -> turns.add(turn(turn)));
    turns.add(Turn.model(""));
    String answer = model.answer(new ExampleLine(request.system(), turns));
    return new ModelReply(
        answer, "", List.of(), Finish.COMPLETE, "", Usage.NONE, model.name(), null);
  }

  private static Turn turn(ModelTurn turn) {
    String text =
        turn.parts().stream()
            .filter(Text.class::isInstance)
            .map(part -> ((Text) part).text())
            .collect(Collectors.joining("\n"));
    return turn.role() == ModelTurn.Role.MODEL ? Turn.model(text) : Turn.user(text);
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener) throws ModelException {
    ModelReply reply = ask(request);
    listener.text(reply.text());
    return reply;
  }

  @Override
  public void close() {
    model.close();
  }
}
