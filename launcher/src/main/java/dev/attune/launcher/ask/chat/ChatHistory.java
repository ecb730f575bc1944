package dev.attune.launcher.ask.chat;

import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.Sampling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a model is told in a chat: the result of the entries of its file. */
final class ChatHistory {
  private final Sampling sampling;
  private final List<ModelTurn> turns = new ArrayList<>();

  /** How often each request was answered, so that a repeated one gets another answer. */
  private final Map<ModelRequest, Integer> answered = new HashMap<>();

  private @Nullable String system;
  private @Nullable String unanswered;

  /** Creates the history of a chat; the first entry is its beginning. */
  ChatHistory(List<ChatEntry> entries) {
    ChatEntry.Begun begun = (ChatEntry.Begun) entries.get(0);
    this.sampling = begun.sampling();
    this.system = begun.system();
    entries.subList(1, entries.size()).forEach(this::apply);
  }

  /** Applies an entry. */
  void apply(ChatEntry entry) {
    if (entry instanceof ChatEntry.Asked asked) {
      unanswered = asked.text();
    } else if (entry instanceof ChatEntry.Answered answer) {
      answered.merge(bare(), 1, Integer::sum);
      turns.add(ModelTurn.user(String.valueOf(unanswered)));
      turns.add(ModelTurn.model(answer.text()));
      unanswered = null;
    } else if (entry instanceof ChatEntry.Instructed instructed) {
      system = instructed.system();
    } else if (unanswered != null) {
      unanswered = null;
    } else if (!turns.isEmpty()) {
      turns.subList(turns.size() - 2, turns.size()).clear();
    }
  }

  /** Returns the message without an answer, or null. */
  @Nullable String unanswered() {
    return unanswered;
  }

  @Nullable String system() {
    return system;
  }

  /** Returns the answered messages and their answers, in turn. */
  List<ModelTurn> turns() {
    return List.copyOf(turns);
  }

  /** Returns whether there is nothing to take back. */
  boolean isEmpty() {
    return turns.isEmpty() && unanswered == null;
  }

  /** Returns the request for an answer to the unanswered message. */
  ModelRequest request() {
    ModelRequest request = bare();
    return request.withCandidate(answered.getOrDefault(request, 0));
  }

  private ModelRequest bare() {
    List<ModelTurn> all = new ArrayList<>(turns);
    all.add(ModelTurn.user(String.valueOf(unanswered)));
    return new ModelRequest(system, all, List.of(), null, sampling, null, 0);
  }
}
