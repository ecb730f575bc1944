package dev.attune.bench.limit;

import dev.attune.catalog.BaseModels;
import dev.attune.config.AttuneConfig;
import dev.attune.config.DatasetConfig;
import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.check.ExampleChecker;
import dev.attune.pipeline.encode.ExampleEncoder;
import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.rejection.Verdict;
import dev.attune.pipeline.score.Scoring;
import dev.attune.pipeline.source.file.ReadSink;
import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks, scores and encodes the records of one thread. */
final class LimitWorker implements ReadSink {
  private final ExampleChecker checker;
  private final Scoring scoring;
  private final ExampleEncoder encoder;
  private final ContentHash contentHash;
  private final List<EncodedExample> bodies = new ArrayList<>();
  private final ArrayList<Identity> identities = new ArrayList<>();
  private final ArrayList<Asked> asked = new ArrayList<>();
  private final ArrayList<Shingled> shingles = new ArrayList<>();
  private final List<RejectedRecord> rejected = new ArrayList<>();
  private Tally read = Tally.none("read");

  LimitWorker(AttuneConfig attune) {
    DatasetConfig dataset = attune.dataset();
    ExampleFormat format = ExampleFormats.of(dataset.output().format());
    this.checker =
        new ExampleChecker(
            taxonomy(attune), dataset.task(), format, BaseModels.bundled().limits(attune).tokens());
    this.scoring = new Scoring(dataset.rules().quality(), dataset.task());
    this.encoder =
        new ExampleEncoder(
            dataset.task(),
            format,
            dataset.rules().split().byGroup(),
            dataset.rules().duplicates().near());
    this.contentHash = ContentHash.of(dataset.dataset());
  }

  private static @Nullable Taxonomy taxonomy(AttuneConfig attune) {
    String name = attune.dataset().taxonomy();
    try {
      return name == null ? null : TaxonomyLoader.load(attune.resolve(name).readAllBytes(), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void example(Example example) {
    read = read.plus(example.id());
    Verdict check = checker.check(example);
    if (check instanceof Verdict.Rejected rejects) {
      reject(example, "check", rejects.reason(), rejects.detail());
    } else if (check instanceof Verdict.Kept keeps) {
      score(keeps.example());
    }
  }

  private void score(Example example) {
    Verdict score = scoring.score(example);
    if (score instanceof Verdict.Rejected rejects) {
      reject(example, "score", rejects.reason(), rejects.detail());
    } else if (score instanceof Verdict.Kept keeps) {
      ExampleEncoder.Encoded encoded = encoder.encode(keeps.example());
      bodies.add(encoded.body());
      identities.add(encoded.identity());
      asked.add(encoded.asked());
      Shingled shingled = encoded.shingled();
      if (shingled != null) {
        shingles.add(shingled);
      }
    }
  }

  private void reject(Example example, String stage, RejectionReason reason, String detail) {
    rejected.add(
        new RejectedRecord(
            example.id(),
            example.source().key(),
            example.location(),
            stage,
            reason,
            detail,
            null,
            contentHash.hexOf(example)));
  }

  @Override
  public void rejected(RejectedRecord record) {
    read = read.plus(record.id());
    rejected.add(record);
  }

  @Override
  public void refusal(Refusal refusal) {
    throw new IllegalArgumentException(refusal.place() + ": " + refusal.sentence());
  }

  void add(LimitWorker other) {
    bodies.addAll(other.bodies);
    identities.addAll(other.identities);
    asked.addAll(other.asked);
    shingles.addAll(other.shingles);
    rejected.addAll(other.rejected);
    read = read.plus(other.read);
  }

  /** Releases the memory of values that only the decisions needed. */
  void forgetWhatWasCompared() {
    identities.clear();
    identities.trimToSize();
    asked.clear();
    asked.trimToSize();
    shingles.clear();
    shingles.trimToSize();
  }

  List<EncodedExample> bodies() {
    return bodies;
  }

  List<Identity> identities() {
    return identities;
  }

  List<Asked> asked() {
    return asked;
  }

  List<Shingled> shingles() {
    return shingles;
  }

  List<RejectedRecord> rejected() {
    return rejected;
  }

  Tally read() {
    return read;
  }
}
