package dev.attune.launcher.vertex;

import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import dev.attune.place.StorageClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A project and location of Vertex AI, and how to reach it.
 *
 * @param project id or number
 * @param location the location for names that do not contain one
 * @param endpoint host and port that replace those of Google, or null
 * @param plaintext whether to connect without TLS and credentials
 * @param call the deadline of one call
 */
record VertexPlace(
    String project, String location, @Nullable String endpoint, boolean plaintext, Duration call) {

  /**
   * Returns the place of a configuration.
   *
   * @throws CommandFailure if required keys are missing; the message names all of them
   */
  static VertexPlace of(TuningConfig config) throws CommandFailure {
    return of(config, new ArrayList<>());
  }

  /**
   * Returns the place of a configuration that needs a bucket.
   *
   * @throws CommandFailure if required keys are missing, or if the tuning service is an emulator
   *     and Cloud Storage is not: then the dataset would be sent to Google although no job there
   *     reads it
   */
  static VertexPlace withBucket(TuningConfig config) throws CommandFailure {
    List<String> missing = new ArrayList<>();
    if (config.place().bucket() == null) {
      missing.add("tuning.bucket");
    }
    VertexPlace place = of(config, missing);
    if (place.plaintext()
        && config.place().storageEndpoint() == null
        && StorageClient.endpoint() == null) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION, Messages.of("launcher.vertex.no-storage-emulator"));
    }
    return place;
  }

  private static VertexPlace of(TuningConfig config, List<String> missing) throws CommandFailure {
    TuningPlace place = config.place();
    String project = place.project();
    String location = place.location();
    if (location == null) {
      missing.add(0, "tuning.location");
    }
    if (project == null) {
      missing.add(0, "tuning.project");
    }
    if (project == null || location == null || !missing.isEmpty()) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION,
          Messages.of(
              missing.size() == 1 ? "launcher.vertex.key-missing" : "launcher.vertex.keys-missing",
              String.join(" and ", missing)));
    }
    if (place.plaintext() && place.endpoint() == null) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION, Messages.of("launcher.vertex.no-emulator"));
    }
    return new VertexPlace(
        project, location, place.endpoint(), place.plaintext(), config.patience().call());
  }

  /** Returns the same project in another location. */
  VertexPlace in(String other) {
    return new VertexPlace(project, other, endpoint, plaintext, call);
  }

  /** Returns {@code projects/P/locations/L}. */
  String parent() {
    return "projects/" + project + "/locations/" + location;
  }

  /** Returns {@code projects/P/locations/L/publishers/google/models/M}. */
  String publisherModel(String baseModel) {
    return parent() + "/publishers/google/models/" + baseModel;
  }

  /**
   * Returns host and port. The multi-regions {@code us} and {@code eu}, from which tuned Gemini 3
   * models answer, and {@code global} have hosts of another form than regions.
   */
  String address() {
    if (endpoint != null) {
      return endpoint;
    }
    return switch (location) {
      case "global" -> "aiplatform.googleapis.com:443";
      case "us", "eu" -> "aiplatform." + location + ".rep.googleapis.com:443";
      default -> location + "-aiplatform.googleapis.com:443";
    };
  }
}
