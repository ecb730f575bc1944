package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.accounting.Redactions;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Takes personal data out of everything that was read; later stages are given what comes out here
 * and nothing else. Everything goes on, nothing is rejected. A record that gets another id is
 * tallied under it: what goes out beside the tallies of the reading takes its old id out of their
 * sum and puts the new one in. Keeps no order; holds one record at a time.
 */
public final class RedactRecords extends PTransform<PCollectionTuple, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** In: as read. Out: without personal data. */
  public static final TupleTag<Example> EXAMPLES = new TupleTag<>() {};

  /** In: rejected while reading. Out: the same, under ids that may be written. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>() {};

  /** In: what was read. Out: the same, under the ids that go on. */
  public static final TupleTag<Tally> TALLIES = new TupleTag<>() {};

  /** Out: how many places were replaced. */
  public static final TupleTag<Redactions> REDACTIONS = new TupleTag<>() {};

  private final Set<PersonalKind> kinds;
  private final ContentHash hash;
  private final @Nullable String systemInstruction;

  private RedactRecords(
      Set<PersonalKind> kinds, ContentHash hash, @Nullable String systemInstruction) {
    this.kinds = kinds;
    this.hash = hash;
    this.systemInstruction = systemInstruction;
  }

  /**
   * Of these kinds in texts, and of every kind in ids.
   *
   * @param kinds as they stand in attune.yaml
   * @param hash the dataset's
   * @param systemInstruction of the configuration, which stays as it is, or null
   */
  public static RedactRecords of(
      List<String> kinds, ContentHash hash, @Nullable String systemInstruction) {
    Set<PersonalKind> meant = EnumSet.noneOf(PersonalKind.class);
    kinds.forEach(key -> meant.add(PersonalKind.of(key)));
    return new RedactRecords(meant, hash, systemInstruction);
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple read) {
    PCollectionTuple examples =
        read.get(EXAMPLES)
            .apply(
                "RedactExample",
                ParDo.of(new RedactExampleFn(kinds, hash, systemInstruction))
                    .withOutputTags(EXAMPLES, TupleTagList.of(TALLIES).and(REDACTIONS)));
    PCollectionTuple rejected =
        read.get(REJECTED)
            .apply(
                "RedactRejected",
                ParDo.of(new RedactRejectedFn(kinds, hash, systemInstruction))
                    .withOutputTags(REJECTED, TupleTagList.of(TALLIES)));
    PCollection<Tally> tallies =
        PCollectionList.of(read.get(TALLIES))
            .and(examples.get(TALLIES))
            .and(rejected.get(TALLIES))
            .apply("CollectTallies", Flatten.pCollections());
    return PCollectionTuple.of(EXAMPLES, examples.get(EXAMPLES))
        .and(REJECTED, rejected.get(REJECTED))
        .and(TALLIES, tallies)
        .and(REDACTIONS, examples.get(REDACTIONS).setCoder(SerializableCoder.of(Redactions.class)));
  }

  /** What both steps do: they redact, and tell at the end of a bundle what they did. */
  private abstract static class RedactFn<T> extends DoFn<T, T> {
    private static final long serialVersionUID = 1L;

    private final Set<PersonalKind> kinds;
    private final ContentHash hash;
    private final @Nullable String systemInstruction;
    private transient @Nullable RecordRedactor redactor;
    private transient Map<String, Tally> renamed = new HashMap<>();
    private transient Map<PersonalKind, Long> counts = new EnumMap<>(PersonalKind.class);

    RedactFn(Set<PersonalKind> kinds, ContentHash hash, @Nullable String systemInstruction) {
      this.kinds = kinds;
      this.hash = hash;
      this.systemInstruction = systemInstruction;
    }

    @StartBundle
    public void startBundle() {
      renamed = new HashMap<>();
      counts = new EnumMap<>(PersonalKind.class);
    }

    RecordRedactor redactor() {
      RecordRedactor made = redactor;
      if (made == null) {
        made = new RecordRedactor(kinds, new Identifiers(hash), systemInstruction);
        redactor = made;
      }
      return made;
    }

    void count(PersonalKind kind) {
      counts.merge(kind, 1L, Long::sum);
    }

    void tally(String source, String from, String to) {
      if (!from.equals(to)) {
        renamed.compute(
            source, (key, sum) -> (sum == null ? Tally.none(key) : sum).renamed(from, to));
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      for (Tally tally : renamed.values()) {
        context.output(TALLIES, tally, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
      }
      if (!counts.isEmpty()) {
        context.output(
            REDACTIONS,
            new Redactions(counts),
            BoundedWindow.TIMESTAMP_MIN_VALUE,
            GlobalWindow.INSTANCE);
      }
    }
  }

  private static final class RedactExampleFn extends RedactFn<Example> {
    private static final long serialVersionUID = 1L;

    RedactExampleFn(Set<PersonalKind> kinds, ContentHash hash, @Nullable String system) {
      super(kinds, hash, system);
    }

    @ProcessElement
    public void processElement(@Element Example example, OutputReceiver<Example> out) {
      Example clean = redactor().redact(example, this::count);
      tally(example.source().key(), example.id(), clean.id());
      out.output(clean);
    }
  }

  private static final class RedactRejectedFn extends RedactFn<RejectedRecord> {
    private static final long serialVersionUID = 1L;

    RedactRejectedFn(Set<PersonalKind> kinds, ContentHash hash, @Nullable String system) {
      super(kinds, hash, system);
    }

    @ProcessElement
    public void processElement(@Element RejectedRecord record, OutputReceiver<RejectedRecord> out) {
      RejectedRecord clean = redactor().redact(record);
      tally(record.source(), record.id(), clean.id());
      out.output(clean);
    }
  }
}
