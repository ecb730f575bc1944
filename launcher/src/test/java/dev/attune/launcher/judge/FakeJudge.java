package dev.attune.launcher.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.models.ModelException;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.ReplyListener;
import dev.attune.models.TextModel;
import dev.attune.models.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A judge that says what a test wants, and keeps what it was asked. */
public final class FakeJudge implements TextModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final Opinion opinion;
  private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());

  /** What it says of two answers. */
  public interface Opinion {
    /** Returns {@code a}, {@code b}, {@code equal}, or another whole answer. */
    String of(String first, String second) throws ModelException;
  }

  public FakeJudge(String name, Opinion opinion) {
    this.name = name;
    this.opinion = opinion;
  }

  /** Prefers the answer with a word; equal if both or none have it. */
  public static Opinion preferring(String word) {
    return (first, second) ->
        first.contains(word) == second.contains(word) ? "equal" : first.contains(word) ? "a" : "b";
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity("openai", name, "127.0.0.1", name);
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException {
    JsonNode content;
    try {
      ModelTurn.Text text = (ModelTurn.Text) request.turns().get(0).parts().get(0);
      content = JSON.readTree(text.text());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    asked.add(content);
    String said = opinion.of(content.get("answer_a").asText(), content.get("answer_b").asText());
    Finish finish = said.equals("blocked") ? Finish.BLOCKED : Finish.COMPLETE;
    String text = said.length() > 5 ? said : "{\"better\": \"" + said + "\"}";
    return new ModelReply(
        text, "", List.of(), finish, "", new Usage(100, 0, 10, 0), name + "-1", null);
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener) throws ModelException {
    return ask(request);
  }

  @Override
  public void close() {}

  /** What it was asked, in order. */
  public List<JsonNode> asked() {
    return List.copyOf(asked);
  }
}
