package dev.attune.format.conformance;

import dev.attune.config.OutputFormat;
import dev.attune.format.conformance.FileReport.Use;
import dev.attune.format.rule.Rule;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks files and datasets against the rules of {@link Rule}. Reads every file once, its beginning
 * twice.
 */
public final class Checker {
  private static final String TRAINING = "train.jsonl";
  private static final String VALIDATION = "valid.jsonl";

  /** Enough to reach the first turn after a long system instruction. */
  private static final int DETECTION_BYTES = 1 << 20;

  private final CheckRules rules;
  private final FileRules fileRules;
  private final LongConsumer read;

  public Checker(CheckRules rules) {
    this(rules, bytes -> {});
  }

  /**
   * Creates a checker that reports its progress.
   *
   * @param read receives the number of bytes of each read
   */
  public Checker(CheckRules rules, LongConsumer read) {
    this.rules = rules;
    this.fileRules = new FileRules(rules);
    this.read = read;
  }

  /** Returns the format of a file by the first key that only one format has, or empty. */
  public static Optional<OutputFormat> detect(Place file) throws IOException {
    String start = new String(head(file), StandardCharsets.ISO_8859_1);
    // The quotation marks cannot be part of a text, where they would be escaped.
    int contents = start.indexOf("\"contents\"");
    int messages = start.indexOf("\"messages\"");
    if (contents < 0 && messages < 0) {
      return Optional.empty();
    }
    return Optional.of(
        messages < 0 || (contents >= 0 && contents < messages)
            ? OutputFormat.GEMINI
            : OutputFormat.OPENAI);
  }

  private static byte[] head(Place file) throws IOException {
    try (InputStream in = file.open()) {
      return in.readNBytes(DETECTION_BYTES);
    }
  }

  /**
   * Returns whether a check would report a file of JSON, or a blank one, as being of another
   * format.
   */
  public static boolean isOfAnotherKind(Place file) throws IOException {
    return shape(file, OutputFormat.GEMINI)
        .filter(shape -> shape.rule() != Rule.OTHER_FILE)
        .isPresent();
  }

  private static Optional<FileShape> shape(Place file, OutputFormat format) throws IOException {
    byte[] head = head(file);
    return FileShape.of(head, head.length < DETECTION_BYTES, format);
  }

  /** Estimates the number of lines by the length of the first ones. */
  private static long expectedLines(Place file) throws IOException {
    byte[] head = head(file);
    long feeds = 0;
    for (byte c : head) {
      feeds += c == '\n' ? 1 : 0;
    }
    return head.length == 0 ? 0 : (long) ((double) file.size() / head.length * (feeds + 1));
  }

  /**
   * Checks one file. A file of another format gets one finding.
   *
   * @param name its name in findings
   */
  public FileReport file(Place file, String name, Use use, OutputFormat format) throws IOException {
    Consistency consistency = new Consistency();
    FileCheck check = new FileCheck(name, use, format, rules, consistency);
    Optional<FileShape> shape = shape(file, format);
    try (InputStream in = new CountedInputStream(file.open(), read)) {
      if (shape.isPresent()) {
        check.count(in, shape.orElseThrow());
        return check.report();
      }
      check.read(in, expectedLines(file), false, null);
    }
    consistency.finish();
    fileRules.check(check);
    fileRules.checkBaseModel(check);
    return check.report();
  }

  /**
   * Checks train.jsonl and valid.jsonl of a dataset, also against its manifest and each other.
   *
   * @param name as findings name the directory
   * @return the training file's report, then the validation file's
   */
  public List<FileReport> dataset(Place directory, String name, DatasetManifest manifest)
      throws IOException {
    OutputFormat format =
        OutputFormat.valueOf(manifest.identity().format().toUpperCase(Locale.ROOT));
    Consistency consistency = new Consistency();
    ValidationLines validationLines = new ValidationLines();
    FileCheck validation =
        new FileCheck(name + "/" + VALIDATION, Use.VALIDATION, format, rules, consistency);
    FileCheck training =
        new FileCheck(name + "/" + TRAINING, Use.TRAINING, format, rules, consistency);
    boolean validationIsThere = read(directory.resolve(VALIDATION), validation, validationLines);
    boolean trainingIsThere = read(directory.resolve(TRAINING), training, validationLines);
    consistency.finish();
    compare(training, trainingIsThere, manifest.file(TRAINING).orElse(null));
    compare(validation, validationIsThere, manifest.file(VALIDATION).orElse(null));
    List<FileReport> reports = new ArrayList<>();
    if (trainingIsThere) {
      fileRules.check(training);
    }
    // A dataset may have no validation examples.
    if (validation.lines() > 0) {
      fileRules.check(validation);
      fileRules.checkShare(training, validation);
    }
    fileRules.checkBaseModel(training);
    reports.add(training.report());
    reports.add(validation.report());
    return reports;
  }

  private boolean read(Place file, FileCheck check, ValidationLines validation) throws IOException {
    try (InputStream in = new CountedInputStream(file.open(), read)) {
      check.read(in, expectedLines(file), true, validation);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static void compare(FileCheck file, boolean there, @Nullable PublishedFile published) {
    if (published == null) {
      if (there) {
        file.add(Rule.FILE_CHANGED, "the manifest does not name the file");
      }
    } else if (!there) {
      file.add(Rule.FILE_CHANGED, "the file is gone");
    } else if (!published.sha256().equals(file.sha256())) {
      file.add(
          Rule.FILE_CHANGED,
          "its SHA-256 is " + file.sha256() + ", that of the manifest " + published.sha256());
    }
  }
}
