package dev.attune.bench.generator;

import dev.attune.taxonomy.Category;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes observations of which every second one, or none, is a text of one template, with their
 * attune.yaml, and expected.json with their number and size. Each observation has another child.
 */
@Command(name = "template", description = "Writes texts of one template and distinct texts.")
public final class GenerateTemplate implements Callable<Integer> {
  private static final int FILES = 8;
  private static final String TAXONOMY = "learningdomains.json";

  /** The similarity threshold of the generated configuration. */
  public static final double SIMILARITY = 0.8;

  @Parameters(paramLabel = "DIR", description = "A directory that does not exist yet.")
  private Path folder = Path.of("");

  @Option(names = "--texts", paramLabel = "N", description = "Number of texts; default: 200000.")
  private int texts = 200_000;

  @Option(
      names = "--values",
      paramLabel = "N",
      description = "Words for each slot of the template; default: 0, no template.")
  private int values;

  @Option(
      names = "--usual",
      paramLabel = "SHARE",
      description = "Share of slots with the template's own word; default: 0.")
  private double usual;

  @Option(
      names = "--categories",
      paramLabel = "N",
      description = "Number of categories; near texts of different ones are kept; default: 1.")
  private int categories = 1;

  /** Runs the program with command-line arguments. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GenerateTemplate()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(folder);
    byte[] taxonomy = taxonomy();
    Files.write(folder.resolve(TAXONOMY), taxonomy);
    List<Category> all = TaxonomyLoader.load(taxonomy, TAXONOMY).categories();
    TemplateTexts template = new TemplateTexts(values, usual);
    long bytes = 0;
    for (int file = 0; file < FILES; file++) {
      Path path = folder.resolve("notes-" + file + ".jsonl");
      try (BufferedWriter out = Files.newBufferedWriter(path)) {
        for (int i = file; i < texts; i += FILES) {
          // Files alternate between odd and even numbers, so each contains both kinds.
          boolean ofTemplate = values > 0 && i / FILES % 2 == 0;
          String text = ofTemplate ? template.text(i) : TemplateTexts.distinct(i);
          String category = all.get(i % categories).id();
          out.write(
              "{\"id\":\"%d\",\"note\":\"%s\",\"domains\":[\"%s\"]}\n"
                  .formatted(i, text, category));
        }
      }
      bytes += Files.size(path);
    }
    Files.writeString(folder.resolve("attune.yaml"), configuration());
    Files.writeString(
        folder.resolve("expected.json"),
        "{\"records\": %d, \"bytes\": %d}%n".formatted(texts, bytes));
    return 0;
  }

  private static String configuration() {
    return """
    dataset: bench
    task: classification
    systemInstruction: Name the learning domains that the observation shows.
    taxonomy: learningdomains.json
    sources:
      observations:
        files: [notes-*.jsonl]
        columns: {id: id, text: note, categories: domains}
    redact: []
    duplicates: {near: true, similarity: %s}
    limits: {trainingBytes: 100000000000, trainingExamples: 1000000000}
    output: {directory: datasets, format: gemini}
    """
        .formatted(SIMILARITY);
  }

  private static byte[] taxonomy() throws IOException {
    try (InputStream in = TaxonomyLoader.class.getResourceAsStream(TAXONOMY)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
