package dev.attune.bench.generator;

import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes records of the three sources, their attune.yaml, and expected.json with the counts that
 * prepare must report. The same arguments give the same bytes, except in the database file, which
 * contains a time.
 */
@Command(name = "generate", description = "Writes records for measuring prepare.")
public final class GenerateRecords implements Callable<Integer> {
  private static final int JSONL_FILES = 8;
  private static final int CSV_FILES = 2;
  private static final int SAMPLE_FILES = 4;
  private static final int BUFFER = 1 << 17;
  private static final String TAXONOMY = "learningdomains.json";

  @Parameters(paramLabel = "DIR", description = "A directory that does not exist yet.")
  private Path folder = Path.of("");

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Number of records; default: 100000.")
  private int records = 100_000;

  @Option(names = "--seed", paramLabel = "S", description = "Seed of the records; default: 1.")
  private long seed = 1;

  @Option(names = "--feedback", description = "Every fifth record is a row of an H2 database.")
  private boolean feedback;

  @Option(
      names = "--near",
      description = "Some texts are near to others, and prepare removes near duplicates.")
  private boolean near;

  @Option(
      names = "--raise-limits",
      description = "Let training have 100 GB and 1,000,000,000 examples.")
  private boolean raiseLimits;

  private final Map<String, Integer> rejected = new TreeMap<>();
  private final Map<String, Integer> read = new TreeMap<>();
  private long bytes;

  /** Runs the program with command-line arguments. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GenerateRecords()).execute(args));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    if (Files.exists(folder)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    Files.createDirectories(folder);
    byte[] taxonomyJson = taxonomyJson();
    Files.write(folder.resolve(TAXONOMY), taxonomyJson);
    InputSize size = new InputSize(records, seed, feedback, near);
    Taxonomy taxonomy = TaxonomyLoader.load(taxonomyJson, TAXONOMY);
    RecordContent content = new RecordContent(new RecordPlan(size), taxonomy);
    RecordLines lines = new RecordLines(content);
    for (InputSize.Source source : InputSize.Source.values()) {
      int from = start(size, source);
      int to = end(size, source);
      if (source == InputSize.Source.OBSERVATIONS_JSONL) {
        write("observations/notes-%d.jsonl", JSONL_FILES, from, to, lines::observation);
      } else if (source == InputSize.Source.OBSERVATIONS_CSV) {
        write("observations/notes-%d.csv", CSV_FILES, from, to, lines::csv);
      } else if (source == InputSize.Source.GENERATED) {
        write("generated/samples-%d.jsonl", SAMPLE_FILES, from, to, lines::sample);
      } else if (feedback) {
        Path database = folder.resolve("feedback-db").resolve("feedback").toAbsolutePath();
        bytes += new FeedbackRows(content).write(database, from, to);
      }
      count(content, source, from, to);
    }
    Files.writeString(folder.resolve("attune.yaml"), configuration());
    Files.writeString(folder.resolve("expected.json"), expected());
    return 0;
  }

  /** Returns the first record of this source or of a later one. */
  private static int start(InputSize size, InputSize.Source source) {
    int record = 0;
    while (record < size.records() && size.source(record).compareTo(source) < 0) {
      record++;
    }
    return record;
  }

  private static int end(InputSize size, InputSize.Source source) {
    int record = start(size, source);
    while (record < size.records() && size.source(record) == source) {
      record++;
    }
    return record;
  }

  private void write(String name, int files, int from, int to, IntFunction<byte[]> line)
      throws IOException {
    for (int file = 0; file < files; file++) {
      int start = from + (int) ((long) (to - from) * file / files);
      int end = from + (int) ((long) (to - from) * (file + 1) / files);
      String fileName = name.replace("%d", String.valueOf(file));
      Path path = folder.resolve(fileName);
      Files.createDirectories(folder.resolve(fileName.substring(0, fileName.indexOf('/'))));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER)) {
        if (name.endsWith(".csv")) {
          out.write(RecordLines.CSV_HEADER.getBytes(StandardCharsets.UTF_8));
        }
        for (int record = start; record < end; record++) {
          out.write(line.apply(record));
        }
      }
      bytes += Files.size(path);
    }
  }

  private void count(RecordContent content, InputSize.Source source, int from, int to) {
    if (to > from) {
      read.merge(source.key(), to - from, Integer::sum);
    }
    for (int record = from; record < to; record++) {
      String reason = content.kind(record).reason();
      if (reason != null) {
        rejected.merge(reason, 1, Integer::sum);
      }
    }
  }

  private String expected() {
    int sum = rejected.values().stream().mapToInt(Integer::intValue).sum();
    return """
    {
      "records": %d,
      "bytes": %d,
      "read": {%s},
      "kept": %d,
      "rejected": {%s}
    }
    """
        .formatted(records, bytes, members(read), records - sum, members(rejected));
  }

  private static String members(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private String configuration() {
    String database =
        """
          feedback:
            jdbcUrl: jdbc:h2:file:./feedback-db/feedback
            username: sa
            table: feedback
            columns: {id: id, group: user_id, prompt: prompt, response: response, rating: rating, comment: comment, createdAt: created_at}
            partitionColumn: seq
        """;
    return """
    dataset: bench
    task: classification
    systemInstruction: Name the learning domains that the observation shows.
    taxonomy: learningdomains.json
    sources:
    %s  observations:
        files: [observations/*.jsonl, observations/*.csv]
        columns: {id: id, group: child_id, text: note, categories: domains, media: photo, createdAt: observed_at}
      generated:
        files: [generated/*.jsonl]
    redact: []
    duplicates: {near: %s}
    limits: {tokens: 4000%s}
    output: {directory: datasets, format: gemini}
    """
        .formatted(
            feedback ? database : "",
            near,
            raiseLimits ? ", trainingBytes: 100000000000, trainingExamples: 1000000000" : "");
  }

  private static byte[] taxonomyJson() throws IOException {
    try (InputStream in = TaxonomyLoader.class.getResourceAsStream(TAXONOMY)) {
      if (in == null) {
        throw new IOException("no " + TAXONOMY + " on the class path");
      }
      return in.readAllBytes();
    }
  }
}
