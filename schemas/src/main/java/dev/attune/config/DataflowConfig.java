package dev.attune.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code dataflow} of attune.yaml.
 *
 * @param place where the job runs
 * @param workers what runs it
 * @param labels of the job, in the order of their keys
 * @param maxCostUsd the cost cap in US dollars, or null
 */
public record DataflowConfig(
    JobPlace place, Workers workers, Map<String, String> labels, @Nullable Double maxCostUsd) {
  public DataflowConfig {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /**
   * Where the job runs.
   *
   * @param project {@code dataflow.project} or {@code tuning.project}, or null
   * @param region {@code dataflow.region} or {@code tuning.location}, or null
   * @param tempLocation {@code gs://bucket/name}, or null
   */
  public record JobPlace(
      @Nullable String project, @Nullable String region, @Nullable String tempLocation) {}

  /**
   * The machines that run the job.
   *
   * @param serviceAccount or null for the default of the project
   * @param subnetwork or null for the default of the project
   */
  public record Workers(
      @Nullable String serviceAccount,
      @Nullable String subnetwork,
      boolean usePublicIps,
      String machineType,
      int maxWorkers,
      boolean flexRs) {}
}
