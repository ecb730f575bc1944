package dev.attune.pipeline.source.file;

import dev.attune.bytes.Utf8;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.FieldHash;
import dev.attune.pipeline.source.file.cut.ArrayCutter;
import dev.attune.pipeline.source.file.cut.ByteWindow;
import dev.attune.pipeline.source.file.cut.CsvCutter;
import dev.attune.pipeline.source.file.cut.HiddenRows;
import dev.attune.pipeline.source.file.cut.LineCutter;
import dev.attune.pipeline.source.file.cut.RawRecord;
import dev.attune.pipeline.source.file.cut.RecordCutter;
import dev.attune.pipeline.source.file.field.CsvFields;
import dev.attune.pipeline.source.file.field.FieldReader;
import dev.attune.pipeline.source.file.field.Fields;
import dev.attune.pipeline.source.file.field.JsonFields;
import dev.attune.pipeline.source.file.field.RecordMapping;
import dev.attune.pipeline.source.file.head.CsvHeader;
import dev.attune.pipeline.source.file.head.FileHead;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.RangeText;
import dev.attune.pipeline.source.file.storage.Truncation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the records of ranges in order. Keeps one record in memory. */
public final class RangeReader {
  private static final String STAGE = "read";

  private final ReadRules rules;
  private final RecordMapping mapping;
  private final ContentHash contentHash;
  private final JsonFields json;
  private final Fields fields;

  public RangeReader(ReadRules rules, RecordMapping mapping) {
    this.rules = rules;
    this.mapping = mapping;
    this.contentHash = ContentHash.of(rules.dataset());
    this.json = new JsonFields(rules.limits().recordBytes(), mapping.refusesOtherNames());
    this.fields = new Fields(mapping.names());
  }

  /** Reads the records of a range into a sink. Stops with a refusal if the file is refused. */
  public void read(FileRange range, ReadSink sink) throws IOException {
    RangeText.read(
            range,
            rules.limits(),
            (text, truncation, offset) -> readRecords(range, text, truncation, offset, sink))
        .ifPresent(sink::refusal);
  }

  private void readRecords(
      FileRange range, BufferedInputStream text, Truncation truncation, long offset, ReadSink sink)
      throws IOException {
    FileHead head = range.start() == 0 ? head(range, text) : null;
    // The header is cut twice: FileHead only peeks at it, so the CSV cutter reads it again as the
    // first record, which csv() skips.
    CsvHeader header = head == null ? CsvHeader.NONE : header(range, head);
    long first = offset + (head == null ? 0 : head.markBytes());
    var record = new RawRecord(range.name());
    var window = new ByteWindow(text, rules.limits().recordBytes());
    RecordCutter cutter = cutter(range, window, truncation, first);
    FieldReader reader = cutter instanceof CsvCutter csv ? csv(header, csv, record) : json;
    while (cutter.next(record)) {
      read(record, reader, sink);
    }
  }

  private static FileHead head(FileRange range, BufferedInputStream text) throws IOException {
    FileHead head = FileHead.read(text);
    HeadCheck.requireText(head, range.name());
    return head;
  }

  private CsvHeader header(FileRange range, FileHead head) throws IOException {
    return range.type() == FileType.CSV
        ? HeadCheck.requireHeader(head, range.name(), rules.separator(), mapping.names())
        : CsvHeader.NONE;
  }

  private RecordCutter cutter(
      FileRange range, ByteWindow window, Truncation truncation, long offset) {
    return switch (range.type()) {
      case JSONL -> LineCutter.of(range, window, truncation, offset);
      case JSON_ARRAY -> new ArrayCutter(range.name(), window, truncation);
      case CSV -> new CsvCutter(range.name(), window, truncation, rules.separator());
    };
  }

  private CsvFields csv(CsvHeader header, CsvCutter cutter, RawRecord first) throws IOException {
    if (cutter.next(first)) {
      cutter.check(hiddenRows(header.columns()), first);
    }
    return new CsvFields(rules.separator(), header.columns(), mapping.names());
  }

  private HiddenRows hiddenRows(List<String> columns) {
    List<@Nullable String> names = mapping.names();
    int[] read =
        IntStream.range(0, columns.size()).filter(i -> names.contains(columns.get(i))).toArray();
    int id = names.get(0) == null ? -1 : columns.indexOf(names.get(0));
    return new HiddenRows((byte) rules.separator(), columns.size(), id, read);
  }

  private void read(RawRecord record, FieldReader reader, ReadSink sink) throws IOException {
    fields.clear();
    if (!readFields(record, reader)) {
      reject(record, FieldHash.prefix(record.sha256()), contentHash.hex(record.sha256()), sink);
      return;
    }
    String ownId = fields.id(0);
    if (ownId != null && ownId.length() > RejectedRecord.LONGEST_ID) {
      fields.report(
          RejectionReason.SCHEMA_VIOLATION,
          "id",
          "Expected at most " + RejectedRecord.LONGEST_ID + " characters.");
      ownId = null;
    }
    String id = ownId == null ? FieldHash.hex(Arrays.asList(fields.hashed())) : ownId;
    Example example = mapping.example(rules.source().fullId(id), record.location(), fields);
    if (fields.reason() == null) {
      sink.example(example);
    } else {
      reject(record, id, contentHash.hex(fields.hashed()), sink);
    }
  }

  /** Reads the fields; returns false if the record has none, so that only its bytes identify it. */
  private boolean readFields(RawRecord record, FieldReader reader) throws IOException {
    if (record.tooLarge()) {
      fields.report(RejectionReason.RECORD_TOO_LARGE, null);
    } else if (record.partial()) {
      fields.report(RejectionReason.MALFORMED_RECORD, null);
    } else if (!Utf8.isValid(record.bytes(), record.start(), record.end())) {
      fields.report(RejectionReason.INVALID_ENCODING, null);
    } else {
      return reader.read(record, fields);
    }
    return false;
  }

  private void reject(RawRecord record, String id, String hash, ReadSink sink) {
    RejectionReason reason = Objects.requireNonNull(fields.reason());
    String detail = fields.detail();
    if (reason == RejectionReason.RECORD_TOO_LARGE) {
      detail += " It has " + record.size() + " bytes.";
    }
    String source = rules.source().key();
    sink.rejected(
        new RejectedRecord(
            rules.source().fullId(id),
            source,
            record.location(),
            STAGE,
            reason,
            detail,
            null,
            hash));
  }
}
