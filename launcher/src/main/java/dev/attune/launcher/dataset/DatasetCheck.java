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
      Place target = existing(typed);
      if (seen.add(real(target))) {
        reports.addAll(check(target, rules));
      } else {
        notes.add(Messages.of("launcher.check.twice", shell.show(target)));
      }
    }
    Duration took = Duration.between(start, shell.clock().instant());
    return new CheckReport(reports, baseModel, notes, took);
  }

  /** Returns a file or folder; refuses others, because reading a pipe may not end. */
  private Place existing(Place target) throws CommandFailure, IOException {
    FileKind kind = FileKind.of(target);
    if (kind == FileKind.NOTHING) {
      throw refusal(Messages.of("launcher.check.missing", shell.show(target)), null);
    }
    if (kind != FileKind.REGULAR && kind != FileKind.FOLDER) {
      throw refusal(Messages.of("launcher.check.kind", shell.show(target), kind.sentence()), null);
    }
    return target;
  }

  private List<FileReport> check(Place target, CheckRules rules)
      throws CommandFailure, IOException {
    AtomicLong read = new AtomicLong();
    String doing = "Checking " + shell.show(target);
    try (Progress step = Progress.start(shell, doing, Amount.bytes(bytes(target)))) {
      Checker checker = new Checker(rules, more -> step.accept(read.addAndGet(more)));
      return target.isFolder() ? dataset(checker, target) : List.of(file(checker, target));
    }
  }

  /** Returns the place that links lead to. */
  private static Place real(Place target) throws IOException {
    return target instanceof LocalPlace local ? Place.of(local.path().toRealPath()) : target;
  }

  /** Returns the size of a file, or of the two files of a dataset as far as they exist. */
  private static long bytes(Place target) throws IOException {
    if (!target.isFolder()) {
      return target.size();
    }
    long bytes = 0;
    for (Place file : List.of(target.resolve("train.jsonl"), target.resolve("valid.jsonl"))) {
      bytes += file.isFile() ? file.size() : 0;
    }
    return bytes;
  }

  private FileReport file(Checker checker, Place file) throws CommandFailure, IOException {
    String name = shell.show(file);
    boolean validation = file.name().startsWith("valid");
    OutputFormat known = format == null ? detect(file, name) : format;
    return checker.file(file, name, validation ? Use.VALIDATION : Use.TRAINING, known);
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

  private List<FileReport> dataset(Checker checker, Place directory)
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
    return checker.dataset(directory, name, manifest);
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
