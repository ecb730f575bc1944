package dev.attune.pipeline.write;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Split;
import dev.attune.schema.DatasetManifest.Previous;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves that each file of the previous dataset, all of it and nothing else, is carried over into
 * the file of the same name.
 *
 * @param previous what its manifest says, or null: nothing may be carried over
 * @param read of it, under the names of its files
 * @param parts of the new files
 */
record CarriedBalance(@Nullable Previous previous, List<Tally> read, List<ExamplePart> parts) {
  /**
   * Compares the numbers and the sums of the hashes of the ids.
   *
   * @throws IllegalStateException if they differ
   */
  void require() {
    for (Split split : Split.values()) {
      require(split);
    }
  }

  private void require(Split split) {
    long held = held(split);
    Tally in = Tally.none("read");
    for (Tally tally : read) {
      in = tally.outcome().equals(split.fileName()) ? in.plus(tally) : in;
    }
    Tally out = Tally.none("carried over");
    for (ExamplePart part : parts) {
      out = part.split() == split ? out.plus(part.carried()) : out;
    }
    if (held != out.count() || !in.sameRecords(out)) {
      throw new IllegalStateException(
          "the previous dataset has "
              + held
              + " examples in "
              + split.fileName()
              + ", "
              + in.count()
              + " were read, and "
              + out.count()
              + " were carried over"
              + (in.count() == out.count() ? ", but not the same ones" : "")
              + "; nothing was published");
    }
  }

  private long held(Split split) {
    if (previous == null) {
      return 0;
    }
    return split == Split.TRAINING ? previous.training() : previous.validation();
  }
}
