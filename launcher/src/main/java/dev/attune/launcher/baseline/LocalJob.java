package dev.attune.launcher.baseline;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.message.Messages;
import dev.attune.schema.CanonicalJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job as in its job.json.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param name the name of its folder
 * @param key the key of the tuning spec
 * @param training the training file
 * @param hyperparameters the hyperparameters
 * @param state QUEUED, RUNNING, SUCCEEDED, FAILED or CANCELLED
 * @param times when the state changed
 * @param fault why it failed, one sentence; null unless it failed
 * @param trained the result of the training; null unless it succeeded
 */
record LocalJob(
    int schemaVersion,
    String name,
    String key,
    TrainingFile training,
    Hyperparameters hyperparameters,
    TuningJobState state,
    Times times,
    @Nullable String fault,
    @Nullable Trained trained) {
  static final int SCHEMA_VERSION = 1;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  LocalJob {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(hyperparameters, "hyperparameters");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(times, "times");
    if (schemaVersion != SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "schemaVersion is " + schemaVersion + ", this version of Attune reads " + SCHEMA_VERSION);
    }
    if (state.hasModel() != (trained != null)) {
      throw new IllegalArgumentException("state is " + state + ", trained is " + trained);
    }
  }

  /** Returns a new job that is not trained yet. */
  static LocalJob queued(
      String name, String key, TrainingFile training, Hyperparameters told, Instant now) {
    Times times = new Times(now.toString(), null, null);
    return new LocalJob(
        SCHEMA_VERSION, name, key, training, told, TuningJobState.QUEUED, times, null, null);
  }

  /** Returns the job when training begins. */
  LocalJob running(Instant now) {
    return in(TuningJobState.RUNNING, new Times(times.created(), now.toString(), null), null, null);
  }

  LocalJob succeeded(Trained result, Instant now) {
    return in(TuningJobState.SUCCEEDED, times.ended(now), null, result);
  }

  LocalJob failed(String sentence, Instant now) {
    return in(TuningJobState.FAILED, times.ended(now), sentence, null);
  }

  LocalJob cancelled(Instant now) {
    return in(TuningJobState.CANCELLED, times.ended(now), null, null);
  }

  private LocalJob in(
      TuningJobState next, Times changed, @Nullable String sentence, @Nullable Trained result) {
    return new LocalJob(
        SCHEMA_VERSION, name, key, training, hyperparameters, next, changed, sentence, result);
  }

  /** Returns the bytes of job.json. */
  byte[] toJson() {
    return CanonicalJson.pretty(MAPPER.valueToTree(this));
  }

  /**
   * Reads a job.json.
   *
   * @throws JsonProcessingException if it is not a job of {@link #SCHEMA_VERSION}
   */
  static LocalJob read(byte[] json) throws JsonProcessingException {
    JsonNode root = CanonicalJson.read(json);
    if (!root.isObject()) {
      throw new JsonParseException(null, "no JSON object");
    }
    return MAPPER.treeToValue(root, LocalJob.class);
  }

  /**
   * Returns the job for the port.
   *
   * @param folder the folder of the job
   * @param cancelAsked whether its cancellation was requested
   */
  BackEndJob seen(Path folder, boolean cancelAsked) {
    boolean cancelling = cancelAsked && !state.isTerminal();
    return new BackEndJob(
        name,
        cancelling ? TuningJobState.CANCELLING : state,
        trained == null ? null : LocalModel.nameOf(name),
        trained == null ? null : folder.toString(),
        fault,
        trained == null ? null : trained.usage());
  }

  /**
   * The times of a job's changes; ISO-8601, UTC.
   *
   * @param started when its training last began, or null
   * @param ended when it reached its final state, or null
   */
  record Times(String created, @Nullable String started, @Nullable String ended) {
    Times {
      Objects.requireNonNull(created, "created");
    }

    private Times ended(Instant now) {
      return new Times(created, started, now.toString());
    }
  }

  /**
   * The result of a training.
   *
   * @param modelSha256 the hash of the model file, 64 hex digits
   * @param examples the number of examples that were used
   * @param dropped the number of examples at the end of the file that were not used
   */
  record Trained(String modelSha256, long examples, long dropped) {
    Trained {
      Objects.requireNonNull(modelSha256, "modelSha256");
    }

    private BackEndJob.Usage usage() {
      return new BackEndJob.Usage(
          examples,
          dropped,
          dropped == 0 ? List.of() : List.of(examples + 1),
          dropped == 0
              ? List.of()
              : List.of(
                  Messages.of(
                      "launcher.local.word-limit", TrainingExamples.WORD_LIMIT, examples + 1)),
          null);
    }
  }
}
