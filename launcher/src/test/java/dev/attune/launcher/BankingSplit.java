package dev.attune.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.OutputFormat;
import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.CategoryCount;
import dev.attune.schema.DatasetManifest.Identity;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.DatasetManifest.Read;
import dev.attune.schema.DatasetManifest.RecordCounts;
import dev.attune.schema.DatasetManifest.Rejected;
import dev.attune.schema.DatasetManifest.Tokens;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * BANKING77 as {@code attune prepare} splits it with one split seed. Publishes datasets that hold
 * chosen training examples and all of its validation examples, so that models tuned on different
 * shares answer the same questions, none of which any of them was tuned on.
 */
final class BankingSplit {
  static final List<String> SOURCES = List.of("train.csv", "test.csv", "categories.json");

  private static final String CONFIG =
      """
      dataset: banking77
      task: classification
      taxonomy: categories.json
      sources:
        observations:
          files: [train.csv, test.csv]
          columns: {text: text, categories: category}
      redact: []
      duplicates: {near: false}
      split: {seed: "%d"}
      output: {directory: datasets, format: gemini}
      tuning: {backEnd: local, pollInterval: 0s}
      ledger: {jdbcUrl: "jdbc:h2:file:ledger"}
      """;

  private static final ExampleFormat FORMAT = ExampleFormats.of(OutputFormat.GEMINI);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path datasets;
  private final DatasetManifest manifest;
  private final List<Example> training;
  private final List<Example> validation;

  private BankingSplit(
      Path datasets, DatasetManifest manifest, List<Example> training, List<Example> validation) {
    this.datasets = datasets;
    this.manifest = manifest;
    this.training = List.copyOf(training);
    this.validation = List.copyOf(validation);
  }

  /**
   * Prepares all of BANKING77.
   *
   * @param sources folder of {@link #SOURCES}
   * @param place folder in which attune runs; gets an attune.yaml
   */
  static BankingSplit prepare(Path sources, Path place, int seed) throws IOException {
    Files.createDirectories(place);
    for (String file : SOURCES) {
      Files.copy(sources.resolve(file), place.resolve(file));
    }
    Files.writeString(place.resolve("attune.yaml"), CONFIG.formatted(seed));
    Typed prepared = Typed.attune(place, PrepareDataset::run, "prepare", "--run-id", "all");
    if (prepared.exit() != 0) {
      throw new IOException("attune prepare: " + prepared.err());
    }
    Path datasets = place.resolve("datasets/banking77");
    Path all = datasets.resolve("all");
    DatasetManifest manifest =
        DatasetManifest.read(Files.readAllBytes(all.resolve("manifest.json")));
    List<String> train = Files.readAllLines(all.resolve("train.jsonl"));
    List<String> valid = Files.readAllLines(all.resolve("valid.jsonl"));
    List<String> lineage = Files.readAllLines(all.resolve("lineage.jsonl"));
    return new BankingSplit(
        datasets,
        manifest,
        examples(train, lineage.subList(0, train.size())),
        examples(valid, lineage.subList(train.size(), lineage.size())));
  }

  private static List<Example> examples(List<String> lines, List<String> lineage)
      throws JsonProcessingException {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      examples.add(new Example(lines.get(i), (ObjectNode) JSON.readTree(lineage.get(i))));
    }
    return examples;
  }

  /** All training examples, in an order that the seed decides. */
  List<Example> shuffled(int seed) {
    return training.stream()
        .sorted(Comparator.comparing(example -> sha256(seed + ":" + example.line())))
        .toList();
  }

  /** The categories of the taxonomy, in its order. */
  List<String> categories() {
    return List.copyOf(manifest.categories().keySet());
  }

  /** The categories, those with the fewest validation examples first. */
  List<String> categoriesBySize() {
    return manifest.categories().entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> entry.getValue().validation()))
        .map(Map.Entry::getKey)
        .toList();
  }

  long validationExamples(String category) {
    return validation.stream().filter(example -> example.category().equals(category)).count();
  }

  /** The example with another category as its answer, which its text decides. */
  Example mislabelled(Example example) {
    List<String> others = new ArrayList<>(categories());
    others.remove(example.category());
    byte[] hash = HexFormat.of().parseHex(sha256("wrong:" + example.line()));
    String wrong = others.get(Math.floorMod((hash[0] << 8) + hash[1], others.size()));
    ExampleLine said = FORMAT.decode(example.line().getBytes(StandardCharsets.UTF_8));
    List<Turn> turns = new ArrayList<>(said.turns());
    turns.set(turns.size() - 1, Turn.model(wrong));
    String line =
        new String(FORMAT.encode(new ExampleLine(said.system(), turns)), StandardCharsets.UTF_8);
    ObjectNode lineage = example.lineage().deepCopy();
    lineage.putArray("categories").add(wrong);
    lineage.put("fingerprint", sha256(line));
    return new Example(line, lineage);
  }

  /**
   * Publishes a dataset.
   *
   * @param run names it
   * @return its directory, as typed where attune runs
   */
  String publish(String run, List<Example> chosen) throws IOException {
    Path directory = datasets.resolve(run);
    Files.createDirectories(directory);
    List<Example> sorted =
        chosen.stream().sorted(Comparator.comparing(Example::fingerprint)).toList();
    PublishedFile train = write(directory, "train.jsonl", sorted.stream().map(Example::line));
    PublishedFile valid = write(directory, "valid.jsonl", validation.stream().map(Example::line));
    PublishedFile lineage = lineage(directory, sorted);
    Identity all = manifest.identity();
    String fingerprint = "sha256:" + sha256(train.sha256() + "\n" + valid.sha256() + "\n");
    long records = train.lines() + valid.lines();
    DatasetManifest published =
        new DatasetManifest(
            new Identity(all.dataset(), all.task(), all.format(), run, fingerprint, sha256(run)),
            new RecordCounts(
                new Read(0, records, 0, records),
                train.lines(),
                valid.lines(),
                new Rejected(0, Map.of())),
            Map.of(),
            counts(sorted),
            manifest.split(),
            new Tokens(train.bytes() / 4, valid.bytes() / 4, "utf8-bytes/4"),
            List.of(train, valid, lineage),
            manifest.sources(),
            manifest.config(),
            manifest.versions());
    Files.write(directory.resolve("manifest.json"), published.toJson());
    return "datasets/banking77/" + run;
  }

  private Map<String, CategoryCount> counts(List<Example> chosen) {
    Map<String, Long> counted =
        chosen.stream().collect(Collectors.groupingBy(Example::category, Collectors.counting()));
    Map<String, CategoryCount> counts = new LinkedHashMap<>();
    manifest
        .categories()
        .forEach(
            (id, all) ->
                counts.put(id, new CategoryCount(counted.getOrDefault(id, 0L), all.validation())));
    return counts;
  }

  private PublishedFile lineage(Path directory, List<Example> chosen) throws IOException {
    List<String> lines = new ArrayList<>();
    Map.of("train.jsonl", chosen, "valid.jsonl", validation).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            file -> {
              for (int i = 0; i < file.getValue().size(); i++) {
                ObjectNode node = file.getValue().get(i).lineage().deepCopy();
                node.put("file", file.getKey()).put("line", i + 1);
                lines.add(node.toString());
              }
            });
    return write(directory, "lineage.jsonl", lines.stream());
  }

  private static PublishedFile write(Path directory, String name, Stream<String> lines)
      throws IOException {
    List<String> written = lines.toList();
    String text = written.stream().map(line -> line + "\n").collect(Collectors.joining());
    Files.writeString(directory.resolve(name), text);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return new PublishedFile(name, sha256(text), bytes, written.size());
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * A line of train.jsonl or valid.jsonl and what lineage.jsonl says of it.
   *
   * @param line without its line end
   */
  record Example(String line, ObjectNode lineage) {
    String fingerprint() {
      return lineage.get("fingerprint").textValue();
    }

    /** Its one category. */
    String category() {
      return lineage.at("/categories/0").textValue();
    }
  }
}
