package dev.attune.launcher.ask.chat;

import dev.attune.launcher.ask.StreamedText;
import dev.attune.launcher.console.keyboard.InterruptibleWork;
import dev.attune.models.ModelException;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.TextModel;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * An answer that Ctrl-C ends. It is received in a thread of its own, which is left alone if it does
 * not end at once.
 */
final class InterruptibleAnswer {
  private InterruptibleAnswer() {}

  /**
   * Returns the answer; empty if Ctrl-C ended it.
   *
   * @param printer prints the answer while it arrives
   */
  static Optional<ModelReply> of(TextModel model, ModelRequest request, StreamedText printer)
      throws ModelException, InterruptedException {
    FutureTask<ModelReply> answer = new FutureTask<>(() -> model.stream(request, printer));
    Thread receiver = new Thread(answer, "answer");
    receiver.setDaemon(true);
    InterruptibleWork work =
        InterruptibleWork.open(
            () -> {
              printer.mute();
              answer.cancel(true);
            });
    try {
      receiver.start();
      return Optional.of(answer.get());
    } catch (CancellationException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      work.close();
    }
  }
}
