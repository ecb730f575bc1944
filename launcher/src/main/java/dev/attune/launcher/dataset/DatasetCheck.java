package dev.attune.launcher.dataset;

import dev.attune.catalog.BaseModels;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.config.OutputFormat;
import dev.attune.format.conformance.AnswerRule;
import dev.attune.format.conformance.CheckRules;
import dev.attune.format.conformance.Checker;
import dev.attune.format.conformance.FileReport;
import dev.attune.format.conformance.FileReport.Use;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.progress.Amount;
import dev.attune.launcher.console.progress.Progress;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.file.find.FileKind;
import dev.attune.place.LocalPlace;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.ManifestException;
import dev.attune.taxonomy.Answer;
import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyException;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Checks JSONL files and datasets against the rules of the provider. */
public final class DatasetCheck {
  /** The files of a dataset that are read. */
  private static final Set<String> READ = Set.of("train.jsonl", "valid.jsonl");

  private final Shell shell;
  private final @Nullable OutputFormat format;
  private final @Nullable String baseModel;
  private final @Nullable Place taxonomy;
  private final Place config;
  private final List<String> notes = new ArrayList<>();

  /**
   * Creates a check.
   *
   * @param format null to detect it, or to use the format of a dataset
   * @param baseModel null for the limits of the format
   * @param taxonomy null to accept any answer
   * @param config path of attune.yaml, which may be missing
   */
  public DatasetCheck(
      Shell shell,
      @Nullable OutputFormat format,
      @Nullable String baseModel,
      @Nullable Place taxonomy,
      Place config) {
    this.shell = shell;
    this.format = format;
    this.baseModel = baseModel;
    this.taxonomy = taxonomy;
    this.config = config;
  }

  /**
   * Checks files and dataset directories.
   *
   * @throws CommandFailure if one does not exist, or is neither
   */
  public CheckReport check(List<Place> targets) throws CommandFailure, IOException {
    Instant start = shell.clock().instant();
    LocalDate today = LocalDate.ofInstant(start, ZoneOffset.UTC);
    CheckRules rules = new CheckRules(baseModel, categories(), today, models());
    List<FileReport> reports = new ArrayList<>();
    Set<Place> seen = new HashSet<>();
    for (Place typed : targets) {
      FileKind kind = existing(typed);
      if (!seen.add(real(typed))) {
        notes.add(Messages.of("launcher.check.twice", shell.show(typed)));
      } else if (kind == FileKind.FOLDER) {
        reports.addAll(dataset(typed, rules));
      } else {
        reports.add(file(typed, rules));
      }
    }
    Duration took = Duration.between(start, shell.clock().instant());
    return new CheckReport(reports, baseModel, notes, took);
  }

  /**
   * Returns whether it is a file or a folder; refuses others, because reading a pipe may not end.
   */
  private FileKind existing(Place target) throws CommandFailure, IOException {
    FileKind kind = FileKind.of(target);
    if (kind == FileKind.NOTHING) {
      throw refusal(Messages.of("launcher.check.missing", shell.show(target)), null);
    }
    if (kind != FileKind.REGULAR && kind != FileKind.FOLDER) {
      throw refusal(Messages.of("launcher.check.kind", shell.show(target), kind.sentence()), null);
    }
    return kind;
  }

  /** Returns the place that links lead to. */
  private static Place real(Place target) throws IOException {
    return target instanceof LocalPlace local ? Place.of(local.path().toRealPath()) : target;
  }

  private Progress start(String name, long bytes) {
    return Progress.start(shell, "Checking " + name, Amount.bytes(bytes));
  }

  private static Checker checker(CheckRules rules, Progress step) {
    AtomicLong read = new AtomicLong();
    return new Checker(rules, more -> step.accept(read.addAndGet(more)));
  }

  private FileReport file(Place file, CheckRules rules) throws CommandFailure, IOException {
    String name = shell.show(file);
    Use use = file.name().startsWith("valid") ? Use.VALIDATION : Use.TRAINING;
    OutputFormat known = format == null ? detect(file, name) : format;
    try (Progress step = start(name, file.size())) {
      return checker(rules, step).file(file, name, use, known);
    }
  }

  private OutputFormat detect(Place file, String name) throws CommandFailure, IOException {
    Optional<OutputFormat> detected = Checker.detect(file);
    boolean isKnown = Checker.isOfAnotherKind(file);
    if (file.size() == 0 || (detected.isEmpty() && isKnown)) {
      return OutputFormat.GEMINI; // Of either format it would say the same.
    }
    String foreign = isKnown ? null : FileTypeGuess.sentence(file, name);
    if (foreign != null) {
      throw refusal(foreign, null);
    }
    if (detected.isEmpty()) {
      throw refusal(Messages.of("launcher.check.unknown-format", name), null);
    }
    OutputFormat found = detected.orElseThrow();
    notes.add(Messages.of("launcher.check.detected", name, JsonDocument.word(found)));
    return found;
  }

  private List<FileReport> dataset(Place directory, CheckRules rules)
      throws CommandFailure, IOException {
    String name = shell.show(directory);
    DatasetManifest manifest;
    try {
      manifest = DatasetManifest.read(directory.resolve("manifest.json").readAllBytes());
    } catch (NoSuchFileException e) {
      throw refusal(Messages.of("launcher.check.no-manifest", name), e);
    } catch (ManifestException e) {
      throw refusal(e.about(name + "/manifest.json"), e);
    }
    String own = manifest.identity().format();
    if (format != null && !own.equalsIgnoreCase(format.name())) {
      throw refusal(Messages.of("launcher.check.own-format", name, own), null);
    }
    long bytes =
        manifest.files().stream()
            .filter(file -> READ.contains(file.name()))
            .mapToLong(PublishedFile::bytes)
            .sum();
    try (Progress step = start(name, bytes)) {
      return checker(rules, step).dataset(directory, name, manifest);
    }
  }

  /**
   * Returns the known base models, with those of an attune.yaml in the current directory; an
   * attune.yaml with faults is ignored with a note.
   */
  private BaseModels models() throws CommandFailure, IOException {
    if (baseModel == null || !config.isFile()) {
      return BaseModels.bundled();
    }
    try {
      return ConfigFile.baseModels(ConfigLoader.load(config, shell.show(config)));
    } catch (ConfigException e) {
      notes.add(Messages.of("launcher.check.config-faults", shell.show(config)));
      return BaseModels.bundled();
    }
  }

  /** Returns a check of answers against the taxonomy, or null without one. */
  private @Nullable AnswerRule categories() throws CommandFailure, IOException {
    if (taxonomy == null) {
      return null;
    }
    Place file = taxonomy;
    String name = shell.show(file);
    if (file.isFolder()) {
      throw refusal(Messages.of("launcher.check.taxonomy-folder", name), null);
    }
    try {
      Taxonomy known = TaxonomyLoader.load(file.readAllBytes(), name);
      return answer ->
          known.recogniseAnswer(answer) instanceof Answer.Unknown unknown ? unknown.part() : null;
    } catch (NoSuchFileException e) {
      throw refusal(Messages.of("launcher.check.no-taxonomy", name), e);
    } catch (TaxonomyException e) {
      throw new CommandFailure(
          FailureCode.DATASET, e.faults(), Messages.of("launcher.check.taxonomy-refused", name), e);
    }
  }

  private static CommandFailure refusal(String sentence, @Nullable Throwable cause) {
    return new CommandFailure(FailureCode.DATASET, sentence, cause);
  }
}
