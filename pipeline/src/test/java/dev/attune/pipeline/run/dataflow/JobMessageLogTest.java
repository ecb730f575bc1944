package dev.attune.pipeline.run.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.dataflow.model.JobMessage;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareStage;
import dev.attune.pipeline.source.feedback.SourceLostException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobMessageLogTest {
  private final List<String> told = new ArrayList<>();
  private final PrepareProgress progress =
      new PrepareProgress() {
        @Override
        public void tell(String sentence) {
          told.add(sentence);
        }

        @Override
        public void at(PrepareStage stage, long done, long total) {}
      };

  private static JobMessage message(String id, String importance, String text) {
    return new JobMessage()
        .setId(id)
        .setMessageImportance("JOB_MESSAGE_" + importance)
        .setMessageText(text);
  }

  @Test
  void tellsEachWarningAndErrorOnce() {
    JobMessageLog log = new JobMessageLog();
    JobMessage warning = message("1", "WARNING", "A worker was lost.\nDetails");
    log.take(List.of(warning), progress);
    log.take(List.of(warning, message("2", "ERROR", "Out of memory")), progress);
    assertThat(told)
        .containsExactly(
            "Dataflow warns: A worker was lost.", "Dataflow reports an error: Out of memory");
    assertThat(log.lastError()).isEqualTo("Out of memory");
    assertThat(log.refusal()).isEmpty();
  }

  @Test
  void findsTheRefusalOfAWorkerInAStack() {
    String sentence = "The connection to the database was lost: repeat the same command.";
    StringWriter stack = new StringWriter();
    new IllegalStateException(
            "in a bundle", new SourceLostException(sentence, new IOException("reset")))
        .printStackTrace(new PrintWriter(stack));
    JobMessageLog log = new JobMessageLog();
    log.take(List.of(message("1", "ERROR", "Error message from worker: " + stack)), progress);
    assertThat(log.refusal()).contains(sentence);
    assertThat(told).isEmpty();
  }

  @Test
  void findsThatCloudStorageDidNotAnswer() {
    JobMessageLog log = new JobMessageLog();
    String text =
        "worker: dev.attune.place.UnansweredCallException: gs://b/x cannot be read\n\tat a";
    log.take(List.of(message("1", "ERROR", text)), progress);
    assertThat(log.refusal()).contains("gs://b/x cannot be read.");
  }
}
