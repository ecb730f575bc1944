package dev.attune.models.recording;

import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.ReplyListener;
import dev.attune.models.TextModel;
import dev.attune.place.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Provider {@code recorded}: answers requests with recorded answers of other models, by the hash of
 * the request and its candidate. A missing answer is an error. All answers are in memory.
 */
public final class ReplayModel implements TextModel {
  private final ModelIdentity identity;
  private final Map<Recorded, ModelReply> replies;

  /** A request, and which answer to it. */
  private record Recorded(String request, int ordinal) {}

  private ReplayModel(ModelIdentity identity, Map<Recorded, ModelReply> replies) {
    this.identity = identity;
    this.replies = replies;
  }

  /**
   * Reads recorded answers.
   *
   * @param name of the model in messages
   * @param model the provider's name of the model whose answers are used; null if the files have
   *     the answers of one model only
   * @param family of the model
   * @param files in their order; later answers to a request replace earlier ones
   * @throws ModelException of kind MODEL if a file cannot be read, is no file of recorded answers,
   *     or has answers of several models
   */
  public static ReplayModel open(
      String name, @Nullable String model, String family, List<Place> files) throws ModelException {
    Map<Recorded, ModelReply> replies = new HashMap<>();
    TreeSet<String> models = new TreeSet<>();
    for (Place file : files) {
      try (InputStream in = file.open()) {
        RecordedLines.read(
            in,
            file.toString(),
            line -> {
              if (model == null || model.equals(line.model().model())) {
                models.add(line.model().model());
                replies.put(new Recorded(line.request(), line.ordinal()), line.reply());
              }
            });
      } catch (IOException e) {
        throw new ModelException(
            Kind.MODEL,
            Messages.of("models.recording.unreadable", name, file, String.valueOf(e.getMessage())),
            e);
      }
    }
    if (models.size() > 1) {
      throw new ModelException(
          Kind.MODEL,
          Messages.of("models.recording.several", name, String.join(", ", models)),
          null);
    }
    String recorded = models.isEmpty() ? name : models.first();
    return new ReplayModel(new ModelIdentity("recorded", recorded, "recorded", family), replies);
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException {
    ModelReply reply = replies.get(new Recorded(RequestJson.hash(request), request.candidate()));
    if (reply == null) {
      throw new ModelException(
          Kind.REQUEST,
          Messages.of("models.recording.missing", identity.model(), request.candidate()),
          null);
    }
    return reply;
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener) throws ModelException {
    ModelReply reply = ask(request);
    if (!reply.thoughts().isEmpty()) {
      listener.thoughts(reply.thoughts());
    }
    if (!reply.text().isEmpty()) {
      listener.text(reply.text());
    }
    return reply;
  }

  @Override
  public void close() {
    // There is nothing to release.
  }
}
