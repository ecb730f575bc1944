package dev.attune.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.ClassResource;
import java.time.LocalDate;

/**
 * What Dataflow batch jobs cost: dataflow-prices.json.
 *
 * @param vcpuHour US dollars for a vCPU and hour
 * @param memoryGbHour US dollars for a GB of memory and hour
 * @param diskGbHour US dollars for a GB of standard persistent disk and hour
 * @param shuffledGb US dollars for a GB of billed shuffle
 * @param flexRsDiscount share of the vCPU and memory price that FlexRS saves
 * @param pricesOf the day of the price list
 */
public record DataflowPrices(
    double vcpuHour,
    double memoryGbHour,
    double diskGbHour,
    double shuffledGb,
    double flexRsDiscount,
    LocalDate pricesOf) {
  private static final JsonNode FILE = read();

  private static final DataflowPrices BUNDLED =
      new DataflowPrices(
          FILE.path("vcpuHourUsd").asDouble(),
          FILE.path("memoryGbHourUsd").asDouble(),
          FILE.path("diskGbHourUsd").asDouble(),
          FILE.path("shuffledGbUsd").asDouble(),
          FILE.path("flexRsDiscount").asDouble(),
          LocalDate.parse(FILE.path("pricesOf").asText()));

  /** Returns the prices that ship with Attune. */
  public static DataflowPrices bundled() {
    return BUNDLED;
  }

  /**
   * Resources that a job takes.
   *
   * @param vcpuHours hours of a vCPU
   * @param memoryGbHours GB of memory times hours
   * @param diskGbHours GB of disk times hours
   * @param billedShuffleGb GB of shuffle that are billed
   */
  public record Usage(
      double vcpuHours, double memoryGbHours, double diskGbHours, double billedShuffleGb) {}

  /** Returns the US dollars for a job's resources. */
  public double usd(Usage usage, boolean flexRs) {
    double workers = usage.vcpuHours() * vcpuHour + usage.memoryGbHours() * memoryGbHour;
    return workers * (flexRs ? 1 - flexRsDiscount : 1)
        + usage.diskGbHours() * diskGbHour
        + usage.billedShuffleGb() * shuffledGb;
  }

  /** Returns how much of an amount of shuffled data is billed, in GB. */
  public static double billedShuffleGb(double processedGb) {
    double billed = 0;
    double from = 0;
    for (JsonNode step : FILE.path("billedShuffle")) {
      double to = step.path("upToGb").asDouble(Double.MAX_VALUE);
      billed += Math.max(0, Math.min(processedGb, to) - from) * step.path("share").asDouble();
      from = to;
    }
    return billed;
  }

  private static JsonNode read() {
    try {
      return CanonicalJson.read(ClassResource.bytes(DataflowPrices.class, "dataflow-prices.json"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("dataflow-prices.json is not JSON", e);
    }
  }
}
