package dev.attune.pipeline.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.nearness.Signatures;
import dev.attune.pipeline.nearness.Similarity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.jupiter.api.Test;

class BandBucketTest {
  private static final Signatures SIGNATURES = new Signatures(new Similarity(0.8));

  @Test
  void joinsTextsOfOneBandWhoseSketchesAgree() {
    List<Join> joins =
        join(
            new BandEntry(7, 1, 0, 0),
            new BandEntry(7, 2, 1, 0),
            new BandEntry(7, 3, -1, -1),
            new BandEntry(8, 4, 0, 0));
    assertThat(joins).containsExactly(new Join(2, 1, Join.Cause.NEARNESS));
  }

  @Test
  void comeBackFromTheWire() throws Exception {
    BandEntry entry = new BandEntry(-1, Long.MIN_VALUE, 0, 7);
    CoderProperties.coderDecodeEncodeEqual(RecordCoder.of(BandEntry.class), entry);
    CoderProperties.coderSerializable(RecordCoder.of(BandEntry.class));
  }

  @Test
  void joinsNoTextWithItself() {
    assertThat(join(new BandEntry(7, 1, 0, 0), new BandEntry(7, 1, 0, 0))).isEmpty();
  }

  @Test
  void joinsTheSameInAnyOrderInLargeBandsToo() {
    Random random = new Random(5);
    List<BandEntry> entries = new ArrayList<>();
    for (int i = 0; i < 3 * BandBucket.SMALL; i++) {
      // Ten kinds of texts, each a bit from its own.
      SplittableRandom kind = new SplittableRandom(random.nextInt(10));
      long noise = 1L << random.nextInt(64);
      entries.add(new BandEntry(7, random.nextLong(), kind.nextLong() ^ noise, kind.nextLong()));
    }
    Roots expected = roots(entries);
    assertThat(entries.stream().map(e -> expected.root(e.node())).distinct().count()).isEqualTo(10);
    Collections.shuffle(entries, random);
    assertThat(roots(entries)).isEqualTo(expected);
  }

  private static Roots roots(List<BandEntry> entries) {
    Components components = new Components();
    List<Join> joins = join(entries.toArray(BandEntry[]::new));
    assertThat(joins).hasSizeLessThan(entries.size());
    joins.forEach(components::join);
    return components.roots();
  }

  private static List<Join> join(BandEntry... entries) {
    BandBucket bucket = new BandBucket(SIGNATURES);
    for (BandEntry entry : entries) {
      bucket.add(entry);
    }
    List<Join> joins = new ArrayList<>();
    bucket.join(joins::add);
    return joins;
  }
}
