package dev.attune.pipeline.source.file.storage;

import java.util.ArrayList;
import java.util.List;

/** Divides an object of a bucket into ranges by its size alone. None of its bytes is read. */
public final class ObjectRanges {
  private ObjectRanges() {}

  /**
   * Returns an object and its ranges.
   *
   * @param object with a pin
   * @param rangeBytes size of every range but the last, if it can be divided
   */
  public static InputFile of(FoundFile object, long rangeBytes) {
    long size = object.bytes();
    long each = object.isOfPlainLines() ? rangeBytes : Math.max(1, size);
    List<FileRange> ranges = new ArrayList<>();
    long start = 0;
    do {
      long end = Math.min(size, start + each);
      ranges.add(
          new FileRange(
              object.name(),
              object.path(),
              object.type(),
              size,
              "",
              start,
              end,
              object.type() == FileType.JSONL ? FileRange.UNCOUNTED : 1,
              object.generation()));
      start = end;
    } while (start < size);
    return new InputFile(
        object.name(), object.path(), size, null, object.pin(), ranges, object.lineBytes());
  }
}
