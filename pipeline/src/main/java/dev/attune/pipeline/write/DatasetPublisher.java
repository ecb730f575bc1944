package dev.attune.pipeline.write;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.OwnPath;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.accounting.Redactions;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.report.ReportData;
import dev.attune.pipeline.report.ReportPage;
import dev.attune.pipeline.write.Posting.Kind;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run: checks the sums, puts the files together, publishes them with the manifest last, or
 * says why not. Running it twice does no harm: nothing that it writes depends on the clock or on
 * how often it was tried.
 */
final class DatasetPublisher {
  private static final String MANIFEST = "manifest.json";
  private static final String REPORT = "report.html";

  /** So many places are named when several refuse the run. */
  private static final int NAMED_REFUSALS = 5;

  private final Publication publication;

  DatasetPublisher(Publication publication) {
    this.publication = publication;
  }

  /**
   * Publishes, or refuses to; either way the outcome stands in the temporary folder.
   *
   * @throws IllegalStateException if what was read is not what was written and rejected
   */
  Outcome publish(Iterable<Posting> postings) throws IOException {
    List<Posting> told = new ArrayList<>();
    postings.forEach(told::add);
    List<Refusal> refusals = Posting.values(Kind.REFUSAL, Refusal.class, told);
    Outcome outcome = refusals.isEmpty() ? publishUnlessUnsafe(told) : refused(refusals);
    outcome.write(publication.temporary());
    return outcome;
  }

  private Outcome publishUnlessUnsafe(List<Posting> told) throws IOException {
    try {
      return publishAll(told);
    } catch (UnsafePathException e) {
      return new Outcome(Outcome.Kind.REFUSED, e.getMessage(), null);
    }
  }

  private Outcome publishAll(List<Posting> told) throws IOException {
    Redactions redactions = Redactions.NONE;
    for (Redactions more : Posting.values(Kind.REDACTIONS, Redactions.class, told)) {
      redactions = redactions.plus(more);
    }
    ImprovementCounts improvements = ImprovementCounts.NONE;
    for (ImprovementCounts more :
        Posting.values(Kind.IMPROVEMENTS, ImprovementCounts.class, told)) {
      improvements = improvements.plus(more);
    }
    Accounts accounts =
        new Accounts(
                publication,
                Posting.values(Kind.READ, Tally.class, told),
                Posting.values(Kind.EXAMPLES, ExamplePart.class, told),
                Posting.values(Kind.REJECTED, RejectedPart.class, told),
                redactions)
            .carrying(Posting.values(Kind.CARRIED, Tally.class, told))
            .improvedBy(improvements)
            .noting(Posting.values(Kind.NOTE, String.class, told))
            .undivided(Posting.values(Kind.UNDIVIDED, String.class, told))
            .together(Posting.values(Kind.TOGETHER, String.class, told));
    return publish(accounts, proof(told));
  }

  private SplitProof proof(List<Posting> told) {
    CommonPrompts common =
        Posting.values(Kind.COMMON, CommonPrompts.class, told).stream()
            .findFirst()
            .orElse(CommonPrompts.NONE);
    LeftOutByContent leftOut = new LeftOutByContent();
    Posting.values(Kind.LEFT_OUT, LeftOutByContent.class, told).forEach(leftOut::putAll);
    return new SplitProof(publication.compared(), publication.temporary(), common, leftOut);
  }

  private static Outcome refused(List<Refusal> refusals) {
    List<Refusal> inOrder = new ArrayList<>(refusals);
    inOrder.sort(Comparator.comparing(Refusal::place).thenComparing(Refusal::sentence));
    StringBuilder sentence =
        new StringBuilder(inOrder.get(0).place()).append(": ").append(inOrder.get(0).sentence());
    if (inOrder.size() > 1) {
      sentence.append(" And ").append(inOrder.size() - 1).append(" more, at");
      for (int i = 1; i < Math.min(NAMED_REFUSALS, inOrder.size()); i++) {
        sentence.append(i == 1 ? " " : ", ").append(inOrder.get(i).place());
      }
      sentence.append(inOrder.size() > NAMED_REFUSALS ? ", …" : ".");
    }
    return new Outcome(Outcome.Kind.REFUSED, sentence.toString(), null);
  }

  private Outcome publish(Accounts accounts, SplitProof proof) throws IOException {
    accounts.requireBalance();
    DatasetFiles files = new DatasetFiles(publication.temporary());
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
    ReportData report = accounts.report(fingerprint, null);
    files.write(REPORT, ReportPage.render(report));
    DatasetManifest.Split split =
        new DatasetManifest.Split(
            files.groupsAcross(), across.prompts(), across.beginnings(), across.near());
    byte[] manifest = accounts.manifest(fingerprint, files, split).toJson();

    DatasetManifest standing = standingManifest();
    if (standing != null) {
      return compare(standing, fingerprint, report);
    }
    files.write(MANIFEST, manifest);
    move(files.files());
    return new Outcome(Outcome.Kind.PUBLISHED, null, report);
  }

  private Outcome publishRefusal(Accounts accounts, DatasetFiles files, String refusal)
      throws IOException {
    ReportData report = accounts.report(null, refusal);
    if (standingManifest() != null) {
      return new Outcome(
          Outcome.Kind.REFUSED,
          refusal
              + ". What was rejected is not written, for "
              + place()
              + " holds a dataset: choose another --run-id to see it.",
          report);
    }
    files.writeRejected(accounts.rejectedParts());
    files.write(REPORT, ReportPage.render(report));
    move(files.files());
    return new Outcome(
        Outcome.Kind.REFUSED,
        refusal + "; rejected.jsonl and report.html in " + place() + " say more.",
        report);
  }

  private Outcome compare(DatasetManifest standing, String fingerprint, ReportData report)
      throws IOException {
    String place = place();
    if (!standing.identity().fingerprint().equals(fingerprint)) {
      return new Outcome(
          Outcome.Kind.REFUSED,
          place
              + " holds another dataset ("
              + standing.identity().fingerprint()
              + "); this run made "
              + fingerprint
              + ": choose another --run-id.",
          report);
    }
    for (PublishedFile file : standing.files()) {
      if (!stands(file)) {
        return new Outcome(
            Outcome.Kind.REFUSED,
            place
                + " holds this dataset, but its "
                + file.name()
                + " is missing or has another size: remove the folder and run again.",
            report);
      }
    }
    return new Outcome(Outcome.Kind.UNCHANGED, null, report);
  }

  private boolean stands(PublishedFile file) throws IOException {
    try {
      return FileSystems.matchSingleFileSpec(target(file.name()).toString()).sizeBytes()
          == file.bytes();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private @Nullable DatasetManifest standingManifest() throws IOException {
    ResourceId manifest = target(MANIFEST);
    try (InputStream in = Channels.newInputStream(FileSystems.open(manifest))) {
      return DatasetManifest.read(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  /** In the order given, so that the manifest comes last. */
  private void move(List<PublishedFile> files) throws IOException {
    PublicationStop.unlessStopped(() -> moveEach(files));
  }

  private void moveEach(List<PublishedFile> files) throws IOException {
    FileMode mode = publication.target().mode();
    Path folder = Path.of(publication.target().folder());
    OwnPath.requireFolder(folder, "output.directory");
    mode.createFolders(folder);
    for (PublishedFile file : files) {
      mode.setOnFile(Path.of(publication.temporary().path(), file.name()));
      FileSystems.rename(
          List.of(publication.temporary().resource(file.name())), List.of(target(file.name())));
    }
  }

  /** The folder to publish in, ending in a slash. */
  private String place() {
    return publication.target().folder() + "/";
  }

  private ResourceId target(String name) {
    return FileSystems.matchNewResource(place(), true)
        .resolve(name, StandardResolveOptions.RESOLVE_FILE);
  }

  /**
   * Of a dataset: {@code sha256:} and the SHA-256 of the two files' hashes, each with a line feed.
   */
  static String fingerprint(List<PublishedFile> files) {
    StringBuilder hashes = new StringBuilder();
    for (Split split : Split.values()) {
      for (PublishedFile file : files) {
        if (file.name().equals(split.fileName())) {
          hashes.append(file.sha256()).append('\n');
        }
      }
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(hashes.toString().getBytes(StandardCharsets.US_ASCII));
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
