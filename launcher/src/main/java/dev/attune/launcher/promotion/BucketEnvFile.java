package dev.attune.launcher.promotion;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import dev.attune.place.ChangedObjectException;
import dev.attune.place.EditableObject;
import dev.attune.place.ObjectPlace;
import dev.attune.place.PlaceException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An env file in a bucket. It is replaced only if it is still the generation that was read; if
 * another program was first, it is read again. The content type and metadata of the object stay.
 */
final class BucketEnvFile implements EnvFile {
  /** The number of attempts while other programs write the object. */
  private static final int ATTEMPTS = 10;

  private final ObjectPlace place;

  BucketEnvFile(ObjectPlace place) {
    this.place = place;
  }

  @Override
  public String shown() {
    return place.toString();
  }

  @Override
  public Optional<String> modelId() throws CommandFailure {
    return untilUnchanged(
        reason -> Messages.of("launcher.env-file.unreadable", place, reason),
        (object, attempt) -> Optional.ofNullable(new EnvText(content(object)).value()));
  }

  @Override
  public void requireWritable() throws CommandFailure {
    var unused = modelId();
  }

  @Override
  public boolean set(String modelId) throws CommandFailure {
    return untilUnchanged(
        reason -> Messages.of("launcher.env-file.unwritable", place, reason),
        (object, attempt) -> {
          EnvText text = new EnvText(content(object));
          if (modelId.equals(text.value())) {
            // After a failed attempt: it had its effect, and its reply was lost.
            return attempt > 0;
          }
          object.replace(text.with(modelId));
          return true;
        });
  }

  /** Works with one version of the object. */
  private interface Step<T> {
    T apply(EditableObject object, int attempt) throws CommandFailure, IOException;
  }

  /**
   * Repeats a step while other programs change the object during it.
   *
   * @param failed returns the sentence about a failure from its reason
   */
  private <T> T untilUnchanged(UnaryOperator<String> failed, Step<T> step) throws CommandFailure {
    ChangedObjectException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return step.apply(EditableObject.at(place), attempt);
      } catch (ChangedObjectException e) {
        last = e;
      } catch (PlaceException e) {
        throw failure(e.sentence(), e);
      } catch (IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        throw failure(failed.apply(reason), e);
      }
    }
    throw failure(Messages.of("launcher.env-file.contended", place, ATTEMPTS), last);
  }

  private byte[] content(EditableObject object) throws CommandFailure, IOException {
    if (!place.object().isEmpty() && object.bytes() <= LARGEST_BYTES) {
      byte[] bytes = object.read();
      if (EnvText.isText(bytes)) {
        return bytes;
      }
    }
    throw failure(Messages.of("launcher.env-file.not-text", place), null);
  }

  private static CommandFailure failure(String sentence, @Nullable IOException cause) {
    return new CommandFailure(FailureCode.FILE, sentence, cause);
  }
}
