package dev.attune.pipeline.write.part;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.rejection.RejectedRecord;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the lines of one bucket that are not rejected, and their lineage. Memory: one bucket. */
public final class BucketWriter {
  private final TemporaryFolder folder;
  private final boolean byGroup;

  public BucketWriter(TemporaryFolder folder, boolean byGroup) {
    this.folder = folder;
    this.byGroup = byGroup;
  }

  /** Writes a bucket; see {@link DecidedBucket#divide}. */
  public void write(
      int number,
      DecidedBucket bucket,
      Consumer<ExamplePart> parts,
      Consumer<RejectedRecord> rejected)
      throws IOException {
    for (Map.Entry<Split, List<DecidedBucket.Kept>> kept : bucket.divide(rejected).entrySet()) {
      parts.accept(write(number, kept.getKey(), kept.getValue()));
    }
    WorkDone.add(Kind.RECORDS_WRITTEN, bucket.size());
  }

  private ExamplePart write(int bucket, Split split, List<DecidedBucket.Kept> examples)
      throws IOException {
    String linesFile = TemporaryFolder.uniqueName("lines", bucket);
    String lineageFile = TemporaryFolder.uniqueName("lineage", bucket);
    SplitStatistics statistics = new SplitStatistics();
    Tally tally = Tally.none(split.fileName());
    Tally carried = Tally.none(split.fileName());
    long bytes = 0;
    try (OutputStream lines = folder.create(linesFile);
        DataOutputStream lineage = new DataOutputStream(folder.create(lineageFile))) {
      for (DecidedBucket.Kept written : examples) {
        EncodedExample body = written.body();
        lines.write(body.line().bytes());
        lines.write('\n');
        bytes += body.line().bytes().length + 1;
        LineageFrame.CODER.encode(lineageFrame(body, written.decision()), lineage);
        statistics.add(body);
        tally = tally.plus(body.provenance().id());
        carried = body.carried() ? carried.plus(body.provenance().id()) : carried;
      }
      WorkDone.add(Kind.PART_BYTES, bytes);
      WorkDone.add(Kind.LINEAGE_BYTES, lineage.size());
    }
    return new ExamplePart(
        bucket, split, linesFile, lineageFile, bytes, tally, carried, statistics);
  }

  private LineageFrame lineageFrame(EncodedExample body, Decision decision) {
    Provenance from = body.provenance();
    boolean grouped = byGroup && from.group() != null && !decision.common().joinsNothing();
    String group = grouped ? "g\0" + from.group() : "i\0" + from.id();
    byte[] tail =
        DatasetLines.lineageTail(
            from, decision.cluster(), decision.common(), body.fingerprint().hex());
    return new LineageFrame(
        Key128.of(Hashing.xxh3_128().hashCharsTo128Bits(group)),
        body.content(),
        body.carried(),
        decision.common().joinsNothing(),
        new Line(tail));
  }
}
