package dev.attune.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.pipeline.PrepareDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder with notes about five animals, which the local back end learns to tell apart.
 *
 * @param folder where attune.yaml, the notes and all that is made from them stand
 * @param kind of its ledger
 */
record Animals(Path folder, LedgerKind kind) {
  private static final List<String> ANIMALS = List.of("cat", "dog", "owl", "fox", "hen");
  private static final List<String> DOINGS =
      List.of("sleeps", "eats", "runs away", "looks out", "hides", "waits", "drinks", "plays");

  /** With a ledger in the folder. */
  Animals(Path folder) {
    this(folder, LedgerKind.H2);
  }

  /** Writes attune.yaml with further lines. */
  void configure(String more) throws IOException {
    Files.writeString(folder.resolve("taxonomy.json"), "[\"cat\",\"dog\",\"owl\",\"fox\",\"hen\"]");
    Files.writeString(
        folder.resolve("attune.yaml"),
        """
        dataset: animals
        task: classification
        taxonomy: taxonomy.json
        sources:
          observations: {files: ["*.csv"], columns: {text: text, categories: animal}}
        duplicates: {near: false}
        split: {validation: 0.2, by: record, seed: "1"}
        output: {directory: datasets, format: gemini}
        """
            + kind.yaml(folder)
            + more);
  }

  /** Writes attune.yaml and so many notes. */
  void observe(int notes) throws IOException {
    if (!Files.exists(folder.resolve("attune.yaml"))) {
      configure("");
    }
    StringBuilder csv = new StringBuilder("text,animal\n");
    for (int i = 0; i < notes; i++) {
      String animal = ANIMALS.get(i % ANIMALS.size());
      csv.append("The ").append(animal).append(' ').append(DOINGS.get(i / 5 % DOINGS.size()));
      csv.append(" on day ").append(i).append(" of the year,").append(animal).append('\n');
    }
    Files.writeString(folder.resolve("notes.csv"), csv);
  }

  /** Adds other notes, whose animals have nothing to do with their words. */
  void mislead(int notes) throws IOException {
    StringBuilder csv = new StringBuilder("text,animal\n");
    for (int i = 0; i < notes; i++) {
      String other = ANIMALS.get((i * 7 + i / 5) % ANIMALS.size());
      csv.append("Then the ").append(ANIMALS.get(i % ANIMALS.size())).append(' ');
      csv.append(DOINGS.get(i / 5 % DOINGS.size()));
      csv.append(" in week ").append(i).append(',').append(other).append('\n');
    }
    Files.writeString(folder.resolve("misleading.csv"), csv);
  }

  Typed run(String... more) {
    String[] typed = new String[more.length + 1];
    typed[0] = "run";
    System.arraycopy(more, 0, typed, 1, more.length);
    return attune(typed);
  }

  Typed attune(String... typed) {
    return Typed.attune(folder, PrepareDataset::run, typed);
  }

  String env() throws IOException {
    return Files.readString(folder.resolve(".env"));
  }

  /** How many tuning jobs the ledger has. */
  int jobs() throws IOException {
    return new ObjectMapper().readTree(attune("jobs", "--json").out()).get("jobs").size();
  }

  /** The models, the newest first. */
  JsonNode models() throws IOException {
    return new ObjectMapper().readTree(attune("models", "--json").out()).get("models");
  }

  /** The one dataset that there is. */
  Path dataset() throws IOException {
    try (var runs = Files.list(folder.resolve("datasets").resolve("animals"))) {
      return runs.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }
}
