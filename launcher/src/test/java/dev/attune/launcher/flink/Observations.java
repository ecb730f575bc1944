package dev.attune.launcher.flink;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Observations of about 115 bytes each, and an attune.yaml that prepares them. */
final class Observations {
  private static final int WORDS = 5_000;
  private static final int GROUPS = 9_973;

  private static final String CONFIG =
      """
      dataset: notes
      task: classification
      taxonomy: taxonomy.json
      sources:
        observations:
          files: [notes-*.jsonl]
          columns: {id: id, group: child, text: note, categories: domains}
      duplicates: {near: %s}
      redact: []
      output: {directory: ../datasets}
      """;

  private Observations() {}

  /**
   * Writes a folder of them; the same records whatever the seed.
   *
   * @param near whether some are near each other, some the same, some malformed, and all are looked
   *     at for that
   * @param order a seed; they stand shuffled, in three files
   */
  static Path write(Path folder, int records, boolean near, long order) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("attune.yaml"), CONFIG.formatted(near));
    Files.writeString(folder.resolve("taxonomy.json"), "[\"number\",\"writing\"]");
    List<Integer> numbers =
        IntStream.range(0, records)
            .boxed()
            .collect(Collectors.toCollection(java.util.ArrayList::new));
    Collections.shuffle(numbers, new Random(order));
    int each = records / 3 + 1;
    for (int file = 0; file < 3; file++) {
      Path path = folder.resolve("notes-" + file + ".jsonl");
      try (BufferedWriter writer = Files.newBufferedWriter(path)) {
        for (int number : numbers.subList(each * file, Math.min(each * (file + 1), records))) {
          writer.write(line(number, near));
        }
      }
    }
    return folder;
  }

  private static String line(int number, boolean near) {
    if (near && number % 50 == 49) {
      return "{\"id\": \"o-" + number + "\", \"note\n";
    }
    boolean copies = near && number % 10 == 7;
    // A copy of the one before, or near to it: one of its words more.
    Random random = new Random(copies ? number - 1 : number);
    StringBuilder note = new StringBuilder();
    for (int word = 0; word < (near ? 20 : 6); word++) {
      note.append(word == 0 ? "" : " ").append("word").append(random.nextInt(WORDS));
    }
    if (copies && number % 20 == 7) {
      note.append(" again");
    }
    return "{\"id\":\"o-%d\",\"child\":\"c-%d\",\"note\":\"%s\",\"domains\":\"%s\"}\n"
        .formatted(number, number % GROUPS, note, number % 3 == 0 ? "number" : "writing");
  }
}
