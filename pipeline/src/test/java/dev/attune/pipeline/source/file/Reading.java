package dev.attune.pipeline.source.file;

import dev.attune.config.CurationRules.Limits;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.field.Fields;
import dev.attune.pipeline.source.file.field.RecordMapping;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.place.Place;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Reads a real file of records with an id and a text, and keeps what it gives. */
public final class Reading implements ReadSink {
  public static final int RECORD_BYTES = 1000;
  private static final int RATIO = 200;

  public final List<Example> examples = new ArrayList<>();
  public final List<RejectedRecord> rejected = new ArrayList<>();
  public final List<Refusal> refusals = new ArrayList<>();

  private Limits limits = limits(RECORD_BYTES, false);
  private char separator = ',';
  private long rangeBytes = 1 << 20;

  public static Limits limits(int recordBytes, boolean allowTruncatedFiles) {
    return new Limits(0.5, recordBytes, allowTruncatedFiles, RATIO, null, null, null);
  }

  public Reading allowingTruncatedFiles() {
    limits = limits(RECORD_BYTES, true);
    return this;
  }

  public Reading withRecordBytes(int bytes) {
    limits = limits(bytes, false);
    return this;
  }

  public Reading withSeparator(char other) {
    separator = other;
    return this;
  }

  public Reading withRangeBytes(long bytes) {
    rangeBytes = bytes;
    return this;
  }

  public Reading read(Path folder, String name, String content) {
    return read(folder, name, content.getBytes(StandardCharsets.UTF_8));
  }

  public Reading read(Path folder, String name, byte[] content) {
    try {
      Files.write(folder.resolve(name), content);
      var rules = new ReadRules(SourceName.OBSERVATIONS, "test", separator, limits);
      var reader = new RangeReader(rules, new TestMapping());
      for (InputFile file :
          InputFiles.find(List.of(name), Place.of(folder), EnumSet.allOf(FileType.class))
              .survey(rangeBytes, more -> {})) {
        for (FileRange range : file.ranges()) {
          reader.read(range, this);
        }
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SourceException e) {
      throw new AssertionError(e);
    }
  }

  /** {@code location text} of every example. */
  public List<String> texts() {
    return examples.stream().map(e -> e.location() + " " + e.line().turns().get(0).text()).toList();
  }

  /** {@code location reason} of every rejected record. */
  public List<String> reasons() {
    return rejected.stream().map(r -> r.location() + " " + r.reason()).toList();
  }

  public List<String> sentences() {
    return refusals.stream().map(r -> r.place() + ": " + r.sentence()).toList();
  }

  public static RecordMapping mapping() {
    return new TestMapping();
  }

  public static byte[] gz(byte[] content) {
    var out = new ByteArrayOutputStream();
    try (var gz = new GZIPOutputStream(out)) {
      gz.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public void example(Example example) {
    examples.add(example);
  }

  @Override
  public void rejected(RejectedRecord record) {
    rejected.add(record);
  }

  @Override
  public void refusal(Refusal refusal) {
    refusals.add(refusal);
  }

  private static final class TestMapping implements RecordMapping {
    private static final long serialVersionUID = 1;

    @Override
    public List<@Nullable String> names() {
      return List.of("id", "text");
    }

    @Override
    public boolean refusesOtherNames() {
      return false;
    }

    @Override
    public Example example(String id, String location, Fields fields) {
      var line = new ExampleLine(null, List.of(Turn.user(fields.requiredText(1))));
      return new Example(
          id,
          SourceName.OBSERVATIONS,
          location,
          null,
          null,
          Example.NO_TIME,
          line,
          List.of(),
          null);
    }
  }
}
