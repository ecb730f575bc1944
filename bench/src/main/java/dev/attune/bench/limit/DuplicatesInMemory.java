package dev.attune.bench.limit;

import dev.attune.pipeline.dedup.ContentResolution;
import dev.attune.pipeline.dedup.DropDuplicates;
import dev.attune.pipeline.dedup.IdResolution;
import dev.attune.pipeline.dedup.Resolved;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.CommonPrompts;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Does the work of {@link DropDuplicates} without a pipeline, for identities that are all in
 * memory: the same resolutions, bucket by bucket on the common pool. Measurements compare the
 * pipeline with it.
 */
public final class DuplicatesInMemory {
  private DuplicatesInMemory() {}

  /**
   * Returns every identity once, dropped or not, and the joins.
   *
   * @param common which prompts are common
   * @param buckets the number of buckets that are resolved at once, at least 1; the result does not
   *     depend on it
   */
  public static Resolved drop(List<Identity> read, CommonPrompts common, int buckets) {
    List<Identity> identities = read.parallelStream().map(common::tell).toList();
    Resolved joinedToParents = new Resolved();
    for (Identity identity : identities) {
      String parent = identity.parent();
      if (parent != null) {
        joinedToParents
            .joins()
            .add(new Join(identity.node(), Join.nodeOfId(parent), Join.Cause.PARENT));
      }
    }
    int[] byId = bucketsOf(identities, i -> bucketOfId(i.rank().id(), buckets));
    Resolved ids = together(inParallel(buckets, b -> resolveIds(identities, byId, b, buckets)));
    int[] byContent = bucketsOf(ids.identities(), i -> i.content().bucket(buckets));
    Resolved contents =
        together(inParallel(buckets, b -> resolveContents(ids.identities(), byContent, b)));
    contents.joins().addAll(ids.joins());
    contents.joins().addAll(joinedToParents.joins());
    return contents;
  }

  private static Resolved resolveIds(
      List<Identity> identities, int[] bucketOf, int bucket, int buckets) {
    IdResolution resolution = new IdResolution();
    for (int i = 0; i < bucketOf.length; i++) {
      Identity identity = identities.get(i);
      if (bucketOf[i] == bucket) {
        resolution.add(identity);
      }
      String parent = identity.parent();
      if (parent != null && bucketOfId(parent, buckets) == bucket) {
        resolution.addParent(parent);
      }
    }
    return resolution.resolve();
  }

  private static Resolved resolveContents(List<Identity> identities, int[] bucketOf, int bucket) {
    ContentResolution resolution = new ContentResolution();
    for (int i = 0; i < bucketOf.length; i++) {
      if (bucketOf[i] == bucket) {
        resolution.add(identities.get(i));
      }
    }
    return resolution.resolve();
  }

  private static int bucketOfId(String id, int buckets) {
    return new Key128(0, Join.nodeOfId(id)).bucket(buckets);
  }

  private static int[] bucketsOf(List<Identity> identities, ToIntFunction<Identity> bucket) {
    return identities.parallelStream().mapToInt(bucket).toArray();
  }

  private static List<Resolved> inParallel(int buckets, IntFunction<Resolved> resolve) {
    return IntStream.range(0, buckets).parallel().mapToObj(resolve).toList();
  }

  private static Resolved together(List<Resolved> buckets) {
    Resolved all = new Resolved();
    for (Resolved bucket : buckets) {
      all.identities().addAll(bucket.identities());
      all.joins().addAll(bucket.joins());
    }
    return all;
  }
}
