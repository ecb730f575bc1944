package dev.attune.pipeline.write.part;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.example.Utf8Order;
import dev.attune.pipeline.rejection.RejectedRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Sorts and writes the rejected records of one bucket. Memory: one bucket. */
public final class RejectedBucketWriter {
  public static final Comparator<RejectedRecord> IN_ORDER =
      Comparator.comparing(RejectedRecord::id, Utf8Order.ASCENDING)
          .thenComparing(RejectedRecord::location, Utf8Order.ASCENDING)
          .thenComparing(RejectedRecord::reason)
          .thenComparing(RejectedRecord::contentHash);

  private final TemporaryFolder folder;
  private final List<RejectedRecord> records = new ArrayList<>();

  public RejectedBucketWriter(TemporaryFolder folder) {
    this.folder = folder;
  }

  public void add(RejectedRecord record) {
    records.add(record);
  }

  public RejectedPart write(int bucket) throws IOException {
    records.sort(IN_ORDER);
    String file = TemporaryFolder.uniqueName("rejected", bucket);
    Tally tally = Tally.none("rejected");
    TreeMap<RejectedPart.Key, RejectedPart.First> reasons = new TreeMap<>();
    try (OutputStream out = folder.create(file)) {
      for (RejectedRecord record : records) {
        Line line = new Line(DatasetLines.rejected(record));
        RejectedFrame.CODER.encode(new RejectedFrame(record.id(), record.location(), line), out);
        tally = tally.plus(record.id());
        reasons.merge(
            new RejectedPart.Key(source(record), record.reason()),
            new RejectedPart.First(1, record.id(), record.location()),
            RejectedPart.First::and);
      }
    }
    return new RejectedPart(file, tally, reasons);
  }

  private static SourceName source(RejectedRecord record) {
    return SourceName.valueOf(record.source().toUpperCase(Locale.ROOT));
  }
}
