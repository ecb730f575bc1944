package dev.attune.launcher.cli.talk;

import dev.attune.models.ModelException;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn.ToolCall;
import dev.attune.models.ReplyListener;
import dev.attune.models.TextModel;
import dev.attune.models.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model whose answers are given before; keeps the requests. Streams an answer word by word. */
final class ScriptedTextModel implements TextModel {
  private static final Usage USAGE = new Usage(12, 0, 5, 0);

  private final Deque<Step> steps = new ArrayDeque<>();
  private final List<ModelRequest> requests = new ArrayList<>();

  /** What comes of one request. */
  private interface Step {
    ModelReply answer(@Nullable ReplyListener listener) throws ModelException, InterruptedException;
  }

  ScriptedTextModel says(String text) {
    return replies(text, Finish.COMPLETE, List.of());
  }

  ScriptedTextModel ends(String text, Finish finish) {
    return replies(text, finish, List.of());
  }

  ScriptedTextModel calls(ToolCall... calls) {
    return replies("", Finish.TOOL_CALLS, List.of(calls));
  }

  ScriptedTextModel fails(ModelException.Kind kind, String sentence) {
    steps.add(
        listener -> {
          throw new ModelException(kind, sentence, null);
        });
    return this;
  }

  /** The first part of an answer arrives, the connection breaks, and the answer begins again. */
  ScriptedTextModel breaksAfter(String first, String whole) {
    steps.add(
        listener -> {
          if (listener != null) {
            listener.text(first);
            listener.startOver();
            listener.text(whole);
          }
          return reply(whole, Finish.COMPLETE, List.of());
        });
    return this;
  }

  /** The first part of an answer arrives, then the answer waits until it is interrupted. */
  ScriptedTextModel hangsAfter(String first, Runnable arrived) {
    steps.add(
        listener -> {
          if (listener != null) {
            listener.text(first);
          }
          arrived.run();
          Thread.sleep(60_000);
          throw new AssertionError("was not interrupted");
        });
    return this;
  }

  private ScriptedTextModel replies(String text, Finish finish, List<ToolCall> calls) {
    steps.add(
        listener -> {
          if (listener != null) {
            for (String word : text.split("(?<= )", -1)) {
              listener.text(word);
            }
          }
          return reply(text, finish, calls);
        });
    return this;
  }

  private static ModelReply reply(String text, Finish finish, List<ToolCall> calls) {
    String detail = finish == Finish.BLOCKED ? "SAFETY" : "";
    return new ModelReply(text, "Hm.", calls, finish, detail, USAGE, "scripted-1", null);
  }

  List<ModelRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity("openai", "scripted", "127.0.0.1", "scripted");
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException, InterruptedException {
    requests.add(request);
    return steps.remove().answer(null);
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener)
      throws ModelException, InterruptedException {
    requests.add(request);
    return steps.remove().answer(listener);
  }

  @Override
  public void close() {}
}
