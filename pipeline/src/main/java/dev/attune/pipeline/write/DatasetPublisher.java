package dev.attune.pipeline.write;

import dev.attune.bytes.Sha256;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.message.Messages;
import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.report.ReportPage;
import dev.attune.pipeline.write.Posting.Kind;
import dev.attune.pipeline.write.destination.DatasetTarget;
import dev.attune.pipeline.write.destination.StandingManifest;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.pipeline.write.proof.SplitProof;
import dev.attune.place.PlaceException;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last step of a run: checks the sums, assembles the files, and publishes them with the
 * manifest last, or refuses the run. It can be repeated: its output depends neither on the clock
 * nor on earlier attempts.
 */
public final class DatasetPublisher {
  private static final String REPORT = "report.html";

  /** Places named in the sentence when several refusals occurred. */
  private static final int NAMED_REFUSALS = 5;

  private final Publication publication;

  /** Has the finished files of this attempt, and of no other. */
  private final TemporaryFolder finished;

  DatasetPublisher(Publication publication) {
    this.publication = publication;
    this.finished = publication.temporary().below(TemporaryFolder.uniqueName("finished", 0));
  }

  /**
   * Publishes the dataset or refuses the run, and writes the outcome to the temporary folder.
   *
   * @throws IllegalStateException if the records read differ from those written and rejected
   */
  Outcome publish(Iterable<Posting> postings) throws IOException {
    List<Posting> all = new ArrayList<>();
    postings.forEach(all::add);
    Outcome outcome = outcome(all);
    outcome.write(publication.temporary());
    return outcome;
  }

  private Outcome outcome(List<Posting> postings) throws IOException {
    List<Refusal> refusals = Posting.values(Kind.REFUSAL, Refusal.class, postings);
    if (!refusals.isEmpty()) {
      return Outcome.refused(sentence(refusals), null);
    }
    try {
      return publish(new Accounts(publication, postings), proof(postings));
    } catch (PlaceException e) {
      return Outcome.refused(e.sentence(), null);
    } catch (UnsafePathException e) {
      return Outcome.refused(e.getMessage(), null);
    }
  }

  private SplitProof proof(List<Posting> postings) {
    CommonPrompts common =
        Posting.values(Kind.COMMON, CommonPrompts.class, postings).stream()
            .findFirst()
            .orElse(CommonPrompts.NONE);
    LeftOutByContent leftOut = new LeftOutByContent();
    Posting.values(Kind.LEFT_OUT, LeftOutByContent.class, postings).forEach(leftOut::putAll);
    return new SplitProof(publication.compared(), publication.temporary(), common, leftOut);
  }

  private static String sentence(List<Refusal> refusals) {
    List<Refusal> inOrder =
        refusals.stream()
            .distinct() // Each range of a file speaks for itself.
            .sorted(Comparator.comparing(Refusal::place).thenComparing(Refusal::sentence))
            .toList();
    String first = inOrder.get(0).place() + ": " + inOrder.get(0).sentence();
    if (inOrder.size() == 1) {
      return first;
    }
    return Messages.of(
        inOrder.size() > NAMED_REFUSALS
            ? "pipeline.publish.refused-many"
            : "pipeline.publish.refused-more",
        first,
        inOrder.size() - 1,
        inOrder.stream()
            .limit(NAMED_REFUSALS)
            .skip(1)
            .map(Refusal::place)
            .collect(Collectors.joining(", ")));
  }

  private Outcome publish(Accounts accounts, SplitProof proof) throws IOException {
    accounts.requireBalance();
    DatasetFiles files = new DatasetFiles(publication.temporary(), finished);
    String refusal = accounts.refusal();
    if (refusal != null) {
      return publishRefusal(accounts, files, refusal);
    }
    files.writeExamples(accounts.parts());
    if (files.groupsAcross() > 0 || files.contentsAcross() > 0) {
      throw new IllegalStateException(
          files.groupsAcross()
              + " groups and "
              + files.contentsAcross()
              + " normal forms stand in both splits; nothing was published");
    }
    SplitProof.Figures across = proof.measure(accounts.parts());
    String fault = across.fault();
    if (fault != null) {
      throw new IllegalStateException(fault);
    }
    files.writeRejected(accounts.rejectedParts());
    String fingerprint = fingerprint(files.files());
    RunSummary summary = accounts.summary(fingerprint);
    files.write(REPORT, ReportPage.render(accounts.report(summary, null)));
    DatasetManifest.SplitOverlap split =
        new DatasetManifest.SplitOverlap(
            files.groupsAcross(), across.prompts(), across.beginnings(), across.near());
    byte[] manifest = accounts.manifest(summary, files.files(), split).toJson();

    StandingManifest existing = publication.target().standing();
    if (existing == null) {
      files.write(DatasetTarget.MANIFEST, manifest);
      if (publication.target().publish(finished, files.files())) {
        return new Outcome(Outcome.Kind.PUBLISHED, null, summary);
      }
      existing = publication.target().standing();
    }
    return existing == null
        ? Outcome.refused(Messages.of("pipeline.publish.removed", place()), summary)
        : compare(existing, fingerprint, summary);
  }

  private Outcome publishRefusal(Accounts accounts, DatasetFiles files, String refusal)
      throws IOException {
    RunSummary summary = accounts.summary(null);
    if (publication.target().standing() != null) {
      return Outcome.refused(
          Messages.of("pipeline.publish.refused-beside", refusal, place()), summary);
    }
    files.writeRejected(accounts.rejectedParts());
    files.write(REPORT, ReportPage.render(accounts.report(summary, refusal)));
    publication.target().publish(finished, files.files());
    return Outcome.refused(Messages.of("pipeline.publish.refused", refusal, place()), summary);
  }

  private Outcome compare(StandingManifest standing, String fingerprint, RunSummary summary)
      throws IOException {
    DatasetManifest existing =
        DatasetManifest.read(standing.content().getBytes(StandardCharsets.UTF_8));
    String before = existing.identity().fingerprint();
    if (!before.equals(fingerprint)) {
      return Outcome.refused(
          Messages.of("pipeline.publish.other-dataset", place(), before, fingerprint), summary);
    }
    String changed = firstChanged(existing.files(), fingerprint);
    if (changed != null) {
      return Outcome.refused(
          Messages.of("pipeline.publish.file-changed", place(), changed), summary);
    }
    Outcome.Kind kind = standing.own() ? Outcome.Kind.PUBLISHED : Outcome.Kind.UNCHANGED;
    return new Outcome(kind, null, summary);
  }

  /**
   * Returns the name of a file of the existing dataset that is missing or differs from its
   * manifest, or null if there is none.
   */
  private @Nullable String firstChanged(List<PublishedFile> files, String fingerprint)
      throws IOException {
    if (!fingerprint(files).equals(fingerprint)) {
      return DatasetTarget.MANIFEST;
    }
    for (PublishedFile file : files) {
      if (!publication.target().has(file)) {
        return file.name();
      }
    }
    return null;
  }

  /** Returns the folder to publish in, with a slash at the end. */
  private String place() {
    return publication.target().folder() + "/";
  }

  /**
   * Returns the fingerprint of a dataset: {@code sha256:} and the SHA-256 of the hashes of
   * train.jsonl and valid.jsonl, each with a line feed.
   */
  public static String fingerprint(List<PublishedFile> files) {
    StringBuilder hashes = new StringBuilder();
    for (Split split : Split.values()) {
      for (PublishedFile file : files) {
        if (file.name().equals(split.fileName())) {
          hashes.append(file.sha256()).append('\n');
        }
      }
    }
    return "sha256:" + Sha256.hex(hashes.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
