package dev.attune.bench.limit;

import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.prompt.BeginningJoin;
import dev.attune.pipeline.prompt.JoinPrompts;
import dev.attune.pipeline.prompt.PromptBucket;
import dev.attune.pipeline.prompt.PromptEntry;
import dev.attune.pipeline.prompt.PromptFindings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Does the work of {@link JoinPrompts} without a pipeline, for records that are all in memory.
 * Measurements compare the pipeline with it.
 */
public final class PromptsInMemory {
  private PromptsInMemory() {}

  /** The common prompts and the joins. */
  public record Found(CommonPrompts common, List<Join> joins) {}

  private record Compared(
      PromptFindings findings, List<Join> joins, List<BeginningJoin> beginnings) {}

  /**
   * Compares all of them.
   *
   * @param buckets at least 1, how many are compared at once; what is found does not depend on it
   */
  public static Found join(List<Asked> asked, int buckets) {
    List<Compared> parts =
        IntStream.range(0, buckets)
            .parallel()
            .mapToObj(bucket -> compare(asked, bucket, buckets))
            .toList();
    PromptFindings findings = PromptFindings.sum(parts.stream().map(Compared::findings).toList());
    CommonPrompts common = findings.common();
    List<Join> joins = new ArrayList<>();
    for (Compared part : parts) {
      joins.addAll(part.joins());
      for (BeginningJoin beginning : part.beginnings()) {
        Join join = beginning.join(common);
        if (join != null) {
          joins.add(join);
        }
      }
    }
    return new Found(common, joins);
  }

  private static Compared compare(List<Asked> asked, int bucket, int buckets) {
    PromptBucket prompts = new PromptBucket();
    for (Asked each : asked) {
      for (PromptEntry entry : PromptEntry.of(each)) {
        if (entry.key().bucket(buckets) == bucket) {
          prompts.add(entry);
        }
      }
    }
    List<Join> joins = new ArrayList<>();
    List<BeginningJoin> beginnings = new ArrayList<>();
    return new Compared(prompts.resolve(joins::add, beginnings::add), joins, beginnings);
  }
}
