package dev.attune.pipeline.run.dataflow;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigFault;
import dev.attune.config.SourcesConfig;
import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.place.LocalPlace;
import dev.attune.place.Place;
import dev.attune.schema.Printable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Checks before anything is read that workers on Dataflow can reach what a run needs. */
public final class DataflowRequirements {
  private static final String H2 = "jdbc:h2:";

  private DataflowRequirements() {}

  /**
   * Checks a configuration and its options.
   *
   * @param previous directory of the previous dataset, or null
   * @throws PrepareRefusedException with the first requirement that is not met
   */
  public static void check(AttuneConfig config, PipelineOptions options, @Nullable Place previous)
      throws PrepareRefusedException {
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    require("project", "--project", dataflow.getProject());
    require("region", "--region", dataflow.getRegion());
    String temporary = dataflow.getTempLocation();
    require("tempLocation", "--tempLocation", temporary);
    if (temporary != null && !temporary.startsWith("gs://")) {
      throw refusal(Messages.of("pipeline.dataflow.temp-local", temporary));
    }
    String endpoint = dataflow.getDataflowEndpoint();
    // Without a scheme it is a path below the address of Google's services.
    if (endpoint.contains("://") && !endpoint.matches("https?://.*")) {
      throw PrepareRefusedException.ofUsage(
          Messages.of("pipeline.dataflow.endpoint", Printable.shortened(endpoint)), null);
    }
    Place output = config.resolve(config.dataset().output().directory());
    if (output instanceof LocalPlace) {
      throw refusal(Messages.of("pipeline.dataflow.output-local", output));
    }
    for (Place place : inputs(config, previous)) {
      if (place instanceof LocalPlace) {
        throw refusal(Messages.of("pipeline.dataflow.source-local", place));
      }
    }
    Feedback feedback = config.dataset().sources().feedback();
    if (feedback != null) {
      check(feedback.connection());
    }
  }

  /**
   * Checks the options that were typed.
   *
   * @throws PrepareRefusedException if one of them is Attune's own to set
   */
  public static void checkTyped(List<String> typed) throws PrepareRefusedException {
    if (typed.stream().anyMatch(option -> option.matches("--jobName(=.*)?"))) {
      throw PrepareRefusedException.ofUsage(Messages.of("pipeline.dataflow.job-name"), null);
    }
  }

  private static void check(Connection connection) throws PrepareRefusedException {
    if (connection.jdbcUrl().startsWith(H2)) {
      throw refusal(Messages.of("pipeline.dataflow.h2"));
    }
    String variable = connection.passwordEnv();
    if (variable != null) {
      throw refusal(Messages.of("pipeline.dataflow.password-env", variable));
    }
  }

  private static void require(String key, String option, @Nullable String value)
      throws PrepareRefusedException {
    if (value == null || value.isEmpty()) {
      String sentence = Messages.of("pipeline.dataflow.setting", key, option);
      throw PrepareRefusedException.ofConfig(new ConfigFault(0, "/dataflow/" + key, sentence));
    }
  }

  /** Returns what workers read. The taxonomy is read by the launcher alone. */
  private static List<Place> inputs(AttuneConfig config, @Nullable Place previous) {
    SourcesConfig sources = config.dataset().sources();
    List<String> patterns = new ArrayList<>();
    if (sources.observations() != null) {
      patterns.addAll(sources.observations().files());
    }
    if (sources.generated() != null) {
      patterns.addAll(sources.generated().files());
    }
    if (sources.feedback() != null && sources.feedback().improvements() != null) {
      patterns.add(sources.feedback().improvements());
    }
    List<Place> places = new ArrayList<>(patterns.stream().map(config::resolve).toList());
    if (previous != null) {
      places.add(previous);
    }
    return places;
  }

  private static PrepareRefusedException refusal(String sentence) {
    return new PrepareRefusedException(sentence);
  }
}
