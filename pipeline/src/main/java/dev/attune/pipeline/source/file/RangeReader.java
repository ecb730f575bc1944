package dev.attune.pipeline.source.file;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.rejection.RejectionReason;
import dev.attune.pipeline.source.Utf8;
import dev.attune.pipeline.source.file.head.CsvHeader;
import dev.attune.pipeline.source.file.head.FileHead;
import dev.attune.pipeline.source.file.head.HeadFault;
import dev.attune.pipeline.source.file.structure.HiddenRows;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the records of ranges, in their order. Keeps one record at a time. */
final class RangeReader {
  private static final String STAGE = "read";

  private final ReadRules rules;
  private final RecordMapping mapping;
  private final ContentHash contentHash;
  private final JsonFields json;
  private final Fields fields;

  RangeReader(ReadRules rules, RecordMapping mapping) {
    this.rules = rules;
    this.mapping = mapping;
    this.contentHash = ContentHash.of(rules.dataset());
    this.json = new JsonFields(rules.limits().recordBytes(), mapping.refusesOtherNames());
    this.fields = new Fields(mapping.names());
  }

  /** Reads a range; a refusal of its file ends it. */
  void read(FileRange range, ReadSink sink) throws IOException {
    var truncation = new Truncation(range.name(), rules.limits().allowTruncatedFiles());
    try (RangeStream stored = RangeStream.open(range)) {
      try {
        readRecords(range, decompressed(range, stored, truncation), truncation, sink);
      } catch (RefusedFileException e) {
        stored.finish(); // If the file changed, that is the reason.
        throw e;
      }
      stored.finish();
    } catch (RefusedFileException e) {
      sink.refusal(e.refusal());
    }
  }

  private InputStream decompressed(FileRange range, RangeStream stored, Truncation truncation) {
    int ratio = rules.limits().decompressedRatio();
    return FileType.isGz(range.name())
        ? new GunzipStream(range.name(), stored, ratio, truncation)
        : stored;
  }

  private void readRecords(FileRange range, InputStream in, Truncation truncation, ReadSink sink)
      throws IOException {
    FileHead head = range.start() == 0 ? FileHead.read(in) : null;
    CsvHeader header = head == null ? CsvHeader.NONE : header(range, head, in);
    InputStream all = head == null ? in : head.andRest(in);
    var window = new ByteWindow(all, rules.limits().recordBytes());
    if (head != null) {
      ByteOrderMark.skip(range.name(), window);
    }
    var record = new RawRecord(range.name());
    RecordCutter cutter = cutter(range, window, truncation);
    FieldReader reader = cutter instanceof CsvCutter csv ? csv(header, csv, record) : json;
    while (cutter.next(record)) {
      read(record, reader, sink);
    }
  }

  private CsvHeader header(FileRange range, FileHead head, InputStream in) throws IOException {
    HeadFault fault = head.fault();
    CsvHeader header = CsvHeader.NONE;
    if (fault == null && range.type() == FileType.CSV) {
      header = HeadCheck.header(head, in, rules.separator(), mapping.names());
      fault = header.fault();
    }
    if (fault != null) {
      throw new RefusedFileException(range.name(), fault.sentence());
    }
    return header;
  }

  private RecordCutter cutter(FileRange range, ByteWindow window, Truncation truncation) {
    return switch (range.type()) {
      case JSONL -> new LineCutter(window, truncation, range.firstLine());
      case JSON_ARRAY -> new ArrayCutter(range.name(), window, truncation);
      case CSV -> new CsvCutter(range.name(), window, truncation, rules.separator());
    };
  }

  private CsvFields csv(CsvHeader header, CsvCutter cutter, RawRecord first) throws IOException {
    if (cutter.next(first)) {
      cutter.check(hiddenRows(header.columns()), first);
    }
    return CsvFields.of(rules.separator(), header.columns(), mapping.names());
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
      reject(record, Hashes.id(record.sha256()), contentHash.hex(record.sha256()), sink);
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
    String id = ownId == null ? Hashes.idOf(fields.hashed()) : ownId;
    Example example = mapping.example(rules.source().fullId(id), record.location(), fields);
    if (fields.reason() == null) {
      sink.example(example);
    } else {
      reject(record, id, contentHash.hex(fields.hashed()), sink);
    }
  }

  /** False where only its bytes can stand for the record. */
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
