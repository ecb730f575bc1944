package dev.attune.pipeline.source.file;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.source.file.field.RecordMapping;
import dev.attune.pipeline.source.file.storage.FileRange;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.SourceOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of one or several sources, range by range. Keeps no order. A worker has one
 * record in memory; a range that is retried gives the same records.
 *
 * <p>A file that cannot be cut into ranges is read by one worker. If such files are most of the
 * input, their examples are redistributed afterwards, so that the next steps run in parallel.
 */
public final class ReadRanges extends PTransform<PBegin, SourceOutput> {
  private static final long serialVersionUID = 1;

  /** Reading a larger file as a whole keeps one worker busy while others are idle. */
  private static final long LARGE_FILE_BYTES = 16L << 20;

  /** Enough for any number of workers, and few enough for the DirectRunner, which pays per key. */
  private static final int SPREAD_BUCKETS = 128;

  private final List<Source> sources;
  private final int fewestBundles;
  private final @Nullable String lists;

  private ReadRanges(List<Source> sources, int fewestBundles, @Nullable String lists) {
    this.sources = List.copyOf(sources);
    this.fewestBundles = fewestBundles;
    this.lists = lists;
  }

  /** Creates a step that reads the files of one source. */
  public static ReadRanges of(List<InputFile> files, ReadRules rules, RecordMapping mapping) {
    return new ReadRanges(
        List.of(new Source(List.copyOf(files), new Reading(rules, mapping))), 1, null);
  }

  /**
   * Returns a step that reads the files of other sources too. A runner can fuse the following steps
   * with one reading step, but not with the flattened outputs of several.
   */
  public ReadRanges and(ReadRanges others) {
    List<Source> all = new ArrayList<>(sources);
    all.addAll(others.sources);
    return new ReadRanges(all, Math.max(fewestBundles, others.fewestBundles), lists);
  }

  /**
   * Returns a step that reads each source in at least a number of bundles, if it has enough ranges.
   */
  public ReadRanges inAtLeast(int bundles) {
    return new ReadRanges(sources, bundles, lists);
  }

  /**
   * Returns a step that writes a long list of ranges into a folder, see {@link ListWork}.
   *
   * @param folder which all workers reach, or null
   */
  public ReadRanges listedIn(@Nullable String folder) {
    return new ReadRanges(sources, fewestBundles, folder);
  }

  /**
   * Reads one range of the first source without a pipeline, exactly as a worker does. Several
   * threads may call it at once.
   */
  public void read(FileRange range, ReadSink sink) throws IOException {
    sources.get(0).reading.reader().read(range, sink);
  }

  /** The files of a source and how to read them. */
  private record Source(List<InputFile> files, Reading reading) implements Serializable {
    List<FileRange> ranges() {
      return files.stream().flatMap(file -> file.ranges().stream()).toList();
    }
  }

  /** The rules and the mapping of a source. */
  private record Reading(ReadRules rules, RecordMapping mapping) implements Serializable {
    RangeReader reader() {
      return new RangeReader(rules, mapping);
    }
  }

  @Override
  public SourceOutput expand(PBegin begin) {
    List<RangeBundle> bundles = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      bundles.addAll(RangeBundle.divide(i, sources.get(i).ranges(), fewestBundles));
    }
    PCollectionTuple read =
        begin
            .apply("ListRanges", ListWork.of(bundles, RangeBundle.class, lists))
            .apply("SpreadRanges", Reshuffle.viaRandomKey())
            .apply(
                "ReadRecords",
                ParDo.of(new ReadRangeFn(sources.stream().map(Source::reading).toList()))
                    .withOutputTags(
                        SourceOutput.EXAMPLES,
                        TupleTagList.of(SourceOutput.REJECTED)
                            .and(SourceOutput.TALLIES)
                            .and(SourceOutput.REFUSALS)));
    SourceOutput records = SourceOutput.of(read);
    return isLopsided() ? spread(records) : records;
  }

  private static SourceOutput spread(SourceOutput read) {
    PCollection<Example> examples =
        read.examples()
            .apply(
                "SpreadExamples", Reshuffle.<Example>viaRandomKey().withNumBuckets(SPREAD_BUCKETS));
    return new SourceOutput(examples, read.rejected(), read.tallies(), read.refusals(), null, null);
  }

  /** Returns whether large files that are read as a whole are most of the input. */
  private boolean isLopsided() {
    long whole = 0;
    long all = 0;
    for (Source source : sources) {
      for (InputFile file : source.files) {
        FileRange first = file.ranges().get(0);
        boolean cut = first.type() == FileType.JSONL && !FileType.isGz(file.name());
        all += file.bytes();
        whole += cut || file.bytes() < LARGE_FILE_BYTES ? 0 : file.bytes();
      }
    }
    return whole * 2 > all;
  }

  private static final class ReadRangeFn extends DoFn<RangeBundle, Example> {
    private static final long serialVersionUID = 1;

    private final List<Reading> readings;
    private transient Map<Integer, RangeReader> readers = new HashMap<>();
    private transient Map<Integer, Tally> tallies = new HashMap<>();

    ReadRangeFn(List<Reading> readings) {
      this.readings = readings;
    }

    @StartBundle
    public void startBundle() {
      readers = new HashMap<>();
      tallies = new HashMap<>();
    }

    @ProcessElement
    public void processElement(@Element RangeBundle bundle, MultiOutputReceiver out)
        throws IOException {
      int source = bundle.source();
      Reading reading = readings.get(source);
      RangeReader reader = readers.computeIfAbsent(source, first -> reading.reader());
      Tally before = tallies.getOrDefault(source, Tally.none(reading.rules.source().key()));
      var sink = new OutputSink(ReadRanges.class, before, out);
      for (FileRange range : bundle.ranges()) {
        reader.read(range, sink);
      }
      tallies.put(source, sink.tally());
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      for (Tally tally : tallies.values()) {
        context.output(
            SourceOutput.TALLIES, tally, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
      }
    }
  }
}
