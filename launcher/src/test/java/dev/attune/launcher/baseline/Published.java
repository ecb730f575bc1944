package dev.attune.launcher.baseline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.attune.bytes.Sha256;
import dev.attune.config.OutputFormat;
import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.CategoryCount;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.RulesVersion;
import dev.attune.schema.Turn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes published datasets, so that each test says what is in its own. */
final class Published {
  private Published() {}

  static ExampleLine example(String prompt, String answer) {
    return new ExampleLine("Name the categories.", List.of(Turn.user(prompt), Turn.model(answer)));
  }

  /** A classification dataset whose two files hold the same examples. */
  static DatasetDirectory classification(
      Path directory, OutputFormat format, List<String> categories, List<ExampleLine> examples)
      throws IOException {
    return write(directory, "classification", format, categories, examples);
  }

  static DatasetDirectory write(
      Path directory,
      String task,
      OutputFormat format,
      List<String> categories,
      List<ExampleLine> examples)
      throws IOException {
    Files.createDirectories(directory);
    ExampleFormat lines = ExampleFormats.of(format);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ExampleLine example : examples) {
      bytes.writeBytes(lines.encode(example));
      bytes.write('\n');
    }
    List<PublishedFile> files = new ArrayList<>();
    for (String name : List.of("train.jsonl", "valid.jsonl")) {
      Path file = Files.write(directory.resolve(name), bytes.toByteArray());
      files.add(new PublishedFile(name, Sha256.hex(file), bytes.size(), examples.size()));
    }
    Map<String, CategoryCount> counts = new LinkedHashMap<>();
    categories.forEach(category -> counts.put(category, new CategoryCount(1, 1)));
    long read = 2L * examples.size();
    DatasetManifest manifest =
        new DatasetManifest(
            new DatasetManifest.Identity(
                "invented",
                task,
                format.name().toLowerCase(Locale.ROOT),
                "r1",
                "sha256:" + files.get(0).sha256(),
                "sha256:" + "0".repeat(64)),
            new DatasetManifest.RecordCounts(
                new DatasetManifest.Read(0, read, 0, read),
                examples.size(),
                examples.size(),
                new DatasetManifest.Rejected(0, Map.of())),
            Map.of(),
            counts,
            new DatasetManifest.SplitOverlap(0, null, null, null),
            new DatasetManifest.Tokens(1, 1, "invented"),
            files,
            new DatasetManifest.Sources(null, null, null, null),
            JsonNodeFactory.instance.objectNode(),
            new DatasetManifest.MadeBy(RulesVersion.CURRENT, Map.of("attune", "test")));
    Files.write(directory.resolve("manifest.json"), manifest.toJson());
    return new DatasetDirectory(Place.of(directory), manifest);
  }

  /** So many questions about cards, cash and fees; which is which a word says. */
  static List<ExampleLine> questions(int number) {
    String[] subjects = {"card", "cash", "fee"};
    String[] verbs = {"arrived", "vanished", "doubled", "changed", "expired", "stopped", "grew"};
    String[] ends = {"yesterday", "today", "in Oslo", "at night", "again", "for no reason"};
    List<ExampleLine> questions = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      String subject = subjects[i % subjects.length];
      String text =
          "Why is it that my %s %s %s, number %d?"
              .formatted(
                  subject,
                  verbs[i / 3 % verbs.length],
                  ends[i / 5 % ends.length],
                  i * 7919L % 1000);
      questions.add(example(text, subject));
    }
    return questions;
  }

  static final List<String> SUBJECTS = List.of("fee", "card", "cash", "other");
}
