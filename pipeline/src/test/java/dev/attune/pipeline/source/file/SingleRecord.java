package dev.attune.pipeline.source.file;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.field.RecordMapping;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.place.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** Reads a file of one JSONL record, for tests of what a source makes of it. */
public final class SingleRecord implements ReadSink {
  private int examples;
  private int rejected;

  private SingleRecord() {}

  /** Returns whether the record becomes an example; otherwise it is rejected. */
  public static boolean isExample(byte[] record, ReadRules rules, RecordMapping mapping) {
    SingleRecord sink = new SingleRecord();
    try {
      Path folder = Files.createTempDirectory("single-record");
      Path file = Files.write(folder.resolve("record.jsonl"), record);
      InputFile input =
          InputFiles.locate(List.of("record.jsonl"), Place.of(folder), EnumSet.of(FileType.JSONL))
              .get(0);
      new RangeReader(rules, mapping).read(input.ranges().get(0), sink);
      Files.delete(file);
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SourceException e) {
      throw new AssertionError(e);
    }
    if (sink.examples + sink.rejected != 1) {
      throw new AssertionError(sink.examples + " examples, " + sink.rejected + " rejected");
    }
    return sink.examples == 1;
  }

  @Override
  public void example(Example example) {
    examples++;
  }

  @Override
  public void rejected(RejectedRecord record) {
    rejected++;
  }

  @Override
  public void refusal(Refusal refusal) {
    throw new AssertionError(refusal);
  }
}
