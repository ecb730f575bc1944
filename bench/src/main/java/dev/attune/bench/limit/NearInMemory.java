package dev.attune.bench.limit;

import dev.attune.pipeline.dedup.BandBucket;
import dev.attune.pipeline.dedup.DropDuplicates;
import dev.attune.pipeline.dedup.NeighbourhoodBucket;
import dev.attune.pipeline.dedup.Resolved;
import dev.attune.pipeline.dedup.SpreadBands;
import dev.attune.pipeline.dedup.Templates;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Signatures;
import dev.attune.pipeline.nearness.Similarity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds near duplicates as {@link DropDuplicates} does, but without a pipeline, for records that
 * are all in memory: the same bands, neighbourhoods and choice, bucket by bucket on the common
 * pool. Measurements compare the pipeline with it.
 */
public final class NearInMemory {
  private final Similarity similarity;
  private final int buckets;

  /**
   * Creates a search.
   *
   * @param buckets the number of buckets that are processed at once, at least 1; the result does
   *     not depend on it
   */
  public NearInMemory(Similarity similarity, int buckets) {
    this.similarity = similarity;
    this.buckets = buckets;
  }

  /**
   * The result of the search.
   *
   * @param resolved every identity once, and all joins
   * @param staying the shingles of the kept texts, and of a few that were dropped before
   * @param templates the templates among the kept texts
   */
  public record Left(Resolved resolved, List<Shingled> staying, Templates templates) {}

  /**
   * Drops near duplicates.
   *
   * @param exact what {@link DuplicatesInMemory} left
   * @param shingles of all records
   */
  public Left drop(Resolved exact, List<Shingled> shingles) {
    Roots roots = neighbourhoods(shingles);
    List<Left> parts =
        IntStream.range(0, buckets)
            .parallel()
            .mapToObj(bucket -> resolve(exact.identities(), shingles, roots, bucket))
            .toList();
    Templates templates = Templates.NONE;
    for (Left part : parts) {
      templates = templates.plus(part.templates);
    }
    Left all = new Left(new Resolved(), new ArrayList<>(), templates);
    all.resolved.joins().addAll(exact.joins());
    for (Left part : parts) {
      all.resolved.identities().addAll(part.resolved.identities());
      all.resolved.joins().addAll(part.resolved.joins());
      all.staying.addAll(part.staying);
    }
    return all;
  }

  /** Which texts have candidates: those with one root are compared with each other. */
  public Roots neighbourhoods(List<Shingled> shingles) {
    List<BandBucket> bands = new ArrayList<>();
    for (int i = 0; i < buckets; i++) {
      bands.add(new BandBucket(new Signatures(similarity)));
    }
    IntStream.range(0, buckets).parallel().forEach(part -> spread(shingles, part, bands));
    List<List<Join>> joins =
        bands.parallelStream()
            .map(
                bucket -> {
                  List<Join> found = new ArrayList<>();
                  bucket.join(found::add);
                  return found;
                })
            .toList();
    Components components = new Components();
    joins.forEach(found -> found.forEach(components::join));
    return components.roots();
  }

  private void spread(List<Shingled> shingles, int part, List<BandBucket> bands) {
    SpreadBands spread = new SpreadBands(similarity, buckets);
    for (int i = part; i < shingles.size(); i += buckets) {
      try {
        spread.spread(
            shingles.get(i),
            (bucket, entry) -> {
              BandBucket to = bands.get(bucket);
              synchronized (to) {
                to.add(entry);
              }
            });
      } catch (IOException e) {
        throw new AssertionError("nothing is written here", e);
      }
    }
  }

  private Left resolve(
      List<Identity> identities, List<Shingled> shingles, Roots roots, int bucket) {
    NeighbourhoodBucket neighbourhoods = new NeighbourhoodBucket(similarity);
    List<Identity> apart = new ArrayList<>();
    List<Shingled> staying = new ArrayList<>();
    for (Identity identity : identities) {
      long node = identity.content().low();
      if (isIn(bucket, roots.root(node))) {
        if (roots.joined(node)) {
          neighbourhoods.add(roots.root(node), identity);
        } else {
          apart.add(identity);
        }
      }
    }
    for (Shingled text : shingles) {
      if (isIn(bucket, roots.root(text.node()))) {
        if (roots.joined(text.node())) {
          neighbourhoods.add(roots.root(text.node()), text);
        } else {
          staying.add(text);
        }
      }
    }
    Resolved resolved = neighbourhoods.resolve(staying::add);
    resolved.identities().addAll(apart);
    return new Left(resolved, staying, neighbourhoods.templates());
  }

  private boolean isIn(int bucket, long root) {
    return new Key128(0, root).bucket(buckets) == bucket;
  }
}
