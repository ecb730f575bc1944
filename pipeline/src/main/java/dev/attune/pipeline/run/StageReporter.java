package dev.attune.pipeline.run;

import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareStage;

/**
 * Derives from {@link WorkDone} which stage is running and how much of it is done. The latest stage
 * that has started is reported; the work that an engine still does in earlier ones is small.
 */
final class StageReporter {
  private final long inputBytes;
  private final boolean limited;

  /**
   * Starts to observe a run; the counters are reset.
   *
   * @param inputBytes of all sources, as {@link Kind#INPUT_BYTES} counts them
   * @param limited whether only some of the records that are read are used
   */
  StageReporter(long inputBytes, boolean limited) {
    this.inputBytes = inputBytes;
    this.limited = limited;
    WorkDone.reset();
  }

  void report(PrepareProgress progress) {
    long encoded = WorkDone.of(Kind.RECORDS_ENCODED);
    long compared = encoded + WorkDone.of(Kind.EXAMPLES_CARRIED);
    long partBytes = WorkDone.of(Kind.PART_BYTES);
    if (WorkDone.of(Kind.PROVEN_BYTES) > 0) {
      progress.at(PrepareStage.PROVE, WorkDone.of(Kind.PROVEN_BYTES), partBytes);
    } else if (WorkDone.of(Kind.FILE_BYTES) > 0) {
      long done = WorkDone.of(Kind.FILE_BYTES);
      long about = partBytes + WorkDone.of(Kind.LINEAGE_BYTES);
      progress.at(PrepareStage.PUBLISH, done, Math.max(done, about));
    } else if (WorkDone.of(Kind.RECORDS_WRITTEN) > 0) {
      progress.at(PrepareStage.WRITE, WorkDone.of(Kind.RECORDS_WRITTEN), compared);
    } else if (WorkDone.of(Kind.RECORDS_IN_UNITS) > 0) {
      progress.at(PrepareStage.SPLIT, WorkDone.of(Kind.RECORDS_IN_UNITS), compared);
    } else if (WorkDone.of(Kind.BANDS_COMPARED) > 0 || WorkDone.of(Kind.IDS_COMPARED) > 0) {
      long made = WorkDone.of(Kind.BANDS_MADE);
      double share = (double) WorkDone.of(Kind.BANDS_COMPARED) / Math.max(1, made);
      progress.at(PrepareStage.COMPARE, made == 0 ? -1 : Math.round(compared * share), compared);
    } else if (isReadWhole()) {
      progress.at(PrepareStage.CHECK, encoded, limited ? 0 : WorkDone.of(Kind.RECORDS_READ));
    } else if (WorkDone.of(Kind.INPUT_BYTES) == 0) {
      progress.at(PrepareStage.START, -1, 0);
    } else {
      long read = WorkDone.of(Kind.RECORDS_READ);
      progress.at(PrepareStage.READ, read, expected(read));
    }
  }

  private boolean isReadWhole() {
    return inputBytes > 0 && WorkDone.of(Kind.INPUT_BYTES) >= inputBytes;
  }

  /** Returns the estimated number of records, rounded to two digits, or 0 if it is unknown. */
  private long expected(long read) {
    long bytes = WorkDone.of(Kind.INPUT_BYTES);
    if (read == 0 || bytes == 0) {
      return 0;
    }
    double all = (double) read * inputBytes / bytes;
    double digit = Math.pow(10, Math.max(0, Math.floor(Math.log10(all)) - 1));
    return Math.max(read, Math.round(Math.round(all / digit) * digit));
  }
}
