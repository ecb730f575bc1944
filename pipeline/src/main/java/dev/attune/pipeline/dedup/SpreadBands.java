package dev.attune.pipeline.dedup;

import dev.attune.pipeline.coder.PackInBuckets.Buckets;
import dev.attune.pipeline.coder.PackInBuckets.Spread;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Signatures;
import dev.attune.pipeline.nearness.Similarity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sends every band of a text's signature to the bucket of its hash. */
final class SpreadBands implements Spread<Shingled, BandEntry> {
  private static final long serialVersionUID = 1L;

  private final Similarity similarity;
  private final int buckets;
  private transient @Nullable Signatures signatures;

  SpreadBands(Similarity similarity, int buckets) {
    this.similarity = similarity;
    this.buckets = buckets;
  }

  @Override
  public void spread(Shingled text, Buckets<BandEntry> out) throws IOException {
    if (text.shingles().size() == 0) {
      return;
    }
    if (signatures == null) {
      signatures = new Signatures(similarity);
    }
    Signatures.Signature signature = signatures.of(text.shingles());
    for (long band : signature.bands()) {
      out.add(
          new Key128(0, band).bucket(buckets),
          new BandEntry(band, text.node(), signature.sketch().lower(), signature.sketch().upper()));
    }
  }
}
