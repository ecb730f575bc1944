package dev.attune.pipeline.dedup;

import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.coder.PackInBuckets.Buckets;
import dev.attune.pipeline.coder.PackInBuckets.Spread;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.Signatures;
import dev.attune.pipeline.nearness.Similarity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends every band of a text's signatures to the bucket of its hash. If the answer is compared,
 * there are two signatures: one of the prompt, and one of prompt and answer together.
 */
public final class SpreadBands implements Spread<Shingled, BandEntry> {
  private static final long serialVersionUID = 1L;

  /** Separates the bands of whole texts from those of prompts. */
  private static final long OF_WHOLE = 0x9E37_79B9_7F4A_7C15L;

  private final Similarity similarity;
  private final int buckets;
  private transient @Nullable Signatures signatures;

  public SpreadBands(Similarity similarity, int buckets) {
    this.similarity = similarity;
    this.buckets = buckets;
  }

  @Override
  public void spread(Shingled text, Buckets<BandEntry> out) throws IOException {
    Shingles prompt = text.shingles().prompt();
    spread(prompt, 0, text.node(), out);
    if (text.shingles().hasAnswer() && !text.shingles().whole().equals(prompt)) {
      spread(text.shingles().whole(), OF_WHOLE, text.node(), out);
    }
  }

  private void spread(Shingles set, long kind, long node, Buckets<BandEntry> out)
      throws IOException {
    if (set.size() == 0) {
      return;
    }
    if (signatures == null) {
      signatures = new Signatures(similarity);
    }
    Signatures.Signature signature = signatures.of(set);
    Signatures.Sketch sketch = signature.sketch();
    long[] bands = signature.bands();
    WorkDone.add(Kind.BANDS_MADE, bands.length);
    for (long band : bands) {
      long ofKind = band ^ kind;
      out.add(
          new Key128(0, ofKind).bucket(buckets),
          new BandEntry(ofKind, node, sketch.lower(), sketch.upper()));
    }
  }
}
