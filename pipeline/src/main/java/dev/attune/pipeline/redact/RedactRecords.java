package dev.attune.pipeline.redact;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.accounting.Redactions;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.Gather;
import dev.attune.pipeline.stage.SourceOutput;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Replaces personal data in texts, and in ids by hashes. The first stage after reading: later
 * stages must get its output only.
 *
 * <p>Input: what was read; {@link SourceOutput#of(PCollection)} makes it from examples. Output:
 * every record, redacted; nothing is rejected. If a record gets another id, the output has a tally
 * that replaces the old id by the new one in the sum of the tallies.
 *
 * <p>Deterministic: the same record gives the same output. Keeps no order. Memory: one record.
 */
public final class RedactRecords extends PTransform<SourceOutput, RedactedRecords> {
  private static final long serialVersionUID = 1L;
  private static final TupleTag<Redactions> REDACTIONS = new TupleTag<>() {};

  private final Settings settings;

  private RedactRecords(Settings settings) {
    this.settings = settings;
  }

  /** The parameters of {@link #of}. */
  private record Settings(
      Set<PersonalKind> kinds, ContentHash hash, @Nullable String systemInstruction)
      implements Serializable {
    RecordRedactor redactor() {
      return new RecordRedactor(kinds, new Identifiers(hash), systemInstruction);
    }
  }

  /**
   * Redacts some kinds of personal data in texts, and every kind in ids.
   *
   * @param kinds the kinds, as attune.yaml names them, for example {@code email}
   * @param hash hashes ids, keyed with the dataset's name
   * @param systemInstruction a system instruction that is not searched, or null
   */
  public static RedactRecords of(
      List<String> kinds, ContentHash hash, @Nullable String systemInstruction) {
    Set<PersonalKind> meant = EnumSet.noneOf(PersonalKind.class);
    kinds.forEach(key -> meant.add(PersonalKind.of(key)));
    return new RedactRecords(new Settings(meant, hash, systemInstruction));
  }

  @Override
  public RedactedRecords expand(SourceOutput read) {
    PCollectionTuple examples =
        read.examples()
            .apply(
                "RedactExample",
                ParDo.of(new RedactExampleFn(settings))
                    .withOutputTags(
                        SourceOutput.EXAMPLES,
                        TupleTagList.of(SourceOutput.TALLIES).and(REDACTIONS)));
    PCollectionTuple rejected =
        read.rejected()
            .apply(
                "RedactRejected",
                ParDo.of(new RedactRejectedFn(settings))
                    .withOutputTags(SourceOutput.REJECTED, TupleTagList.of(SourceOutput.TALLIES)));
    return new RedactedRecords(
        examples.get(SourceOutput.EXAMPLES),
        rejected.get(SourceOutput.REJECTED),
        Gather.flatten(
            "CollectTallies",
            read.tallies(),
            examples.get(SourceOutput.TALLIES),
            rejected.get(SourceOutput.TALLIES)),
        examples.get(REDACTIONS));
  }

  /** Redacts records, and outputs tallies and counts at the end of a bundle. */
  private abstract static class RedactFn<T> extends DoFn<T, T> {
    private static final long serialVersionUID = 1L;

    private final Settings settings;
    private transient @Nullable RecordRedactor redactor;
    private transient Map<String, Tally> renamed = new HashMap<>();
    private transient Map<PersonalKind, Long> counts = new EnumMap<>(PersonalKind.class);

    RedactFn(Settings settings) {
      this.settings = settings;
    }

    @StartBundle
    public void startBundle() {
      renamed = new HashMap<>();
      counts = new EnumMap<>(PersonalKind.class);
    }

    RecordRedactor redactor() {
      RecordRedactor made = redactor;
      if (made == null) {
        made = settings.redactor();
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
        context.output(
            SourceOutput.TALLIES, tally, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
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

    RedactExampleFn(Settings settings) {
      super(settings);
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

    RedactRejectedFn(Settings settings) {
      super(settings);
    }

    @ProcessElement
    public void processElement(@Element RejectedRecord record, OutputReceiver<RejectedRecord> out) {
      RejectedRecord clean = redactor().redact(record);
      tally(record.source(), record.id(), clean.id());
      out.output(clean);
    }
  }
}
