package dev.attune.pipeline.run.dataflow;

import com.google.api.services.dataflow.model.JobMessage;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.source.feedback.SourceLostException;
import dev.attune.place.UnansweredCallException;
import dev.attune.schema.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The warnings and errors of a job, each of which is told once. */
final class JobMessageLog {
  private static final int SHOWN = 300;

  // How a stack shows that Cloud Storage did not answer.
  private static final String UNANSWERED = UnansweredCallException.class.getName() + ": ";

  private final Set<String> told = new HashSet<>();
  private final List<String> errors = new ArrayList<>();

  /** Takes the messages of a job so far; tells the new ones. */
  void take(List<JobMessage> messages, PrepareProgress progress) {
    for (JobMessage message : messages) {
      String text = String.valueOf(message.getMessageText());
      if (!told.add(message.getId() + " " + text)) {
        continue;
      }
      boolean error = "JOB_MESSAGE_ERROR".equals(message.getMessageImportance());
      if (error) {
        errors.add(text);
      }
      if (refusal(text).isEmpty()) {
        progress.tell(
            Messages.of(
                error ? "pipeline.dataflow.job-error" : "pipeline.dataflow.job-warning",
                sentence(text)));
      }
    }
  }

  /** Returns the sentence of the first refusal of a worker. */
  Optional<String> refusal() {
    return errors.stream().flatMap(text -> refusal(text).stream()).findFirst();
  }

  private static Optional<String> refusal(String text) {
    int unanswered = text.indexOf(UNANSWERED);
    return unanswered < 0
        ? SourceLostException.sentenceIn(text)
        : text.substring(unanswered + UNANSWERED.length())
            .lines()
            .findFirst()
            .map(sentence -> sentence + ".");
  }

  /** Returns the first line of the last error, or a text that says that there is none. */
  String lastError() {
    return errors.isEmpty()
        ? Messages.of("pipeline.dataflow.no-error")
        : sentence(errors.get(errors.size() - 1));
  }

  /** Returns the first line of a message that says something: the others are a stack. */
  private static String sentence(String text) {
    return Printable.shortened(text.strip().lines().findFirst().orElse("").strip(), SHOWN);
  }
}
