package dev.attune.launcher.evaluation.fair;

import dev.attune.bytes.Sha256;
import dev.attune.filesystem.LineReader;
import dev.attune.format.ExampleFormat;
import dev.attune.format.ExampleFormatException;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.progress.Amount;
import dev.attune.launcher.console.progress.Progress;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.launcher.ledger.Datasets;
import dev.attune.message.Messages;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.nearness.PromptKeys;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest.Previous;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.ExampleLine;
import java.io.IOException;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the validation examples of a dataset that models of other datasets were tuned on. An
 * example is the same where its full id, the fingerprint of its line, or its prompt key is equal:
 * the sense in which the split joins examples, so that another system instruction, format or
 * spelling does not hide one.
 *
 * <p>The other datasets are read as streams: their lineage for ids, their train.jsonl for
 * fingerprints and prompts. Only the questions are held, 5,000 at most.
 */
final class TrainingOverlap {
  private static final String TRAIN = "train.jsonl";
  private static final String VALID = "valid.jsonl";
  private static final String LINEAGE = "lineage.jsonl";

  private final DatasetDirectory dataset;
  private final List<Question> questions;
  private final Datasets datasets;
  private final Shell shell;
  private final Map<String, Integer> byFingerprint = new HashMap<>();
  private final Map<Object, BitSet> byPrompt = new HashMap<>();
  private final Map<String, Integer> byId = new HashMap<>();
  private final List<String> uncertain = new ArrayList<>();
  private boolean indexed;

  TrainingOverlap(
      DatasetDirectory dataset, List<Question> questions, Datasets datasets, Shell shell) {
    this.dataset = dataset;
    this.questions = questions;
    this.datasets = datasets;
    this.shell = shell;
  }

  /** Returns the questions without those that any of the models was tuned on. */
  FairQuestions fairFor(List<ComparedModel> models) throws IOException {
    BitSet unfair = new BitSet();
    List<FairQuestions.Seen> seen = new ArrayList<>();
    for (ComparedModel model : models) {
      BitSet own = isDisjointByConstruction(model.dataset()) ? new BitSet() : seenBy(model);
      if (!own.isEmpty()) {
        seen.add(new FairQuestions.Seen(model, own.cardinality()));
      }
      unfair.or(own);
    }
    List<Question> fair = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      if (!unfair.get(i)) {
        fair.add(questions.get(i));
      }
    }
    return new FairQuestions(fair, questions.size(), seen, uncertain);
  }

  /**
   * Returns whether the training examples of a dataset cannot contain these questions: it is this
   * dataset, or its previous one, whose examples keep their split.
   */
  private boolean isDisjointByConstruction(String fingerprint) {
    Previous previous = dataset.manifest().sources().previous();
    return fingerprint.equals(dataset.fingerprint())
        || (previous != null && fingerprint.equals(previous.fingerprint()));
  }

  private BitSet seenBy(ComparedModel model) throws IOException {
    index();
    BitSet seen = new BitSet();
    String fault = Messages.of("launcher.evaluation.dataset-unknown");
    for (Datasets.Entry entry : datasets.all(model.dataset())) {
      fault = seenIn(entry.directory(), model.dataset(), seen);
      if (fault == null) {
        return seen;
      }
    }
    uncertain.add(
        Messages.of(
            seen.isEmpty()
                ? "launcher.evaluation.overlap-unknown"
                : "launcher.evaluation.overlap-uncertain",
            model.title(),
            fault));
    return seen;
  }

  /**
   * Adds the questions in the training split of a dataset.
   *
   * @return a fault because of which examples may be missing, or null
   */
  private @Nullable String seenIn(Place directory, String fingerprint, BitSet seen)
      throws IOException {
    if (!directory.resolve("manifest.json").isFile()) {
      return Messages.of("launcher.evaluation.gone", shell.show(directory));
    }
    DatasetDirectory there;
    try {
      there = DatasetDirectory.open(directory, shell);
    } catch (CommandFailure e) {
      return Messages.of("launcher.evaluation.broken-manifest", shell.show(directory));
    }
    if (!there.fingerprint().equals(fingerprint)) {
      return Messages.of("launcher.evaluation.another-dataset", shell.show(directory));
    }
    String lineage = scan(there, LINEAGE, line -> enterEntry(line, seen));
    ExampleFormat format = ExampleFormats.of(there.format());
    String train = scan(there, TRAIN, line -> enterExample(line, format, seen));
    return train == null ? lineage : train;
  }

  private boolean enterEntry(byte[] line, BitSet seen) {
    LineageEntry entry = LineageEntry.parse(line);
    if (entry != null && entry.file().equals(TRAIN)) {
      enter(byId.get(entry.id()), seen);
    }
    return entry != null;
  }

  private boolean enterExample(byte[] line, ExampleFormat format, BitSet seen) {
    enter(byFingerprint.get(Sha256.hex(line)), seen);
    try {
      Optional.ofNullable(byPrompt.get(prompt(format.decode(line)))).ifPresent(seen::or);
      return true;
    } catch (ExampleFormatException e) {
      return false;
    }
  }

  private static void enter(@Nullable Integer question, BitSet seen) {
    if (question != null) {
      seen.set(question);
    }
  }

  private void index() throws IOException {
    if (indexed) {
      return;
    }
    indexed = true;
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      byFingerprint.put(question.fingerprint(), i);
      Object prompt = prompt(question.example());
      if (!prompt.equals(Identity.Keys.NO_PROMPT)) {
        byPrompt.computeIfAbsent(prompt, key -> new BitSet()).set(i);
      }
    }
    String fault = scan(dataset, LINEAGE, this::enterId);
    if (fault != null) {
      uncertain.add(Messages.of("launcher.evaluation.overlap-by-text", fault));
    }
  }

  private boolean enterId(byte[] line) {
    LineageEntry entry = LineageEntry.parse(line);
    if (entry != null && entry.file().equals(VALID)) {
      byId.put(entry.id(), Math.toIntExact(entry.line()) - 1);
    }
    return entry != null;
  }

  private static Object prompt(ExampleLine example) {
    return PromptKeys.of(example).prompt();
  }

  /** Receives lines and returns whether they are well-formed. */
  private interface LineVisitor {
    boolean visit(byte[] line);
  }

  /**
   * Reads the lines of a file of a dataset.
   *
   * @return the fault of the file, or null
   */
  private @Nullable String scan(DatasetDirectory there, String name, LineVisitor visitor)
      throws IOException {
    Place file = there.path().resolve(name);
    PublishedFile published = there.published(name).orElse(null);
    if (published == null) {
      return Messages.of("launcher.evaluation.not-named", shell.show(there.path()), name);
    }
    if (!file.isFile()) {
      return Messages.of("launcher.evaluation.gone", shell.show(file));
    }
    boolean wellFormed = true;
    String doing = "Looking for questions in " + shell.show(file);
    try (DigestInputStream in = new DigestInputStream(file.open(), Sha256.newDigest());
        LineReader lines = new LineReader(in);
        Progress step = Progress.start(shell, doing, Amount.of(published.lines(), "lines"))) {
      long read = 0;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        wellFormed &= visitor.visit(line);
        step.accept(++read);
      }
      return wellFormed && Sha256.hex(in.getMessageDigest()).equals(published.sha256())
          ? null
          : Messages.of("launcher.evaluation.changed", shell.show(file));
    }
  }
}
