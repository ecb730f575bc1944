package dev.attune.bench.sample;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the files of BANKING77. */
final class BankingFiles {
  private BankingFiles() {}

  /** Returns the questions of the sample's categories, each once, in a pseudorandom order. */
  static List<BankQuestion> read(Path folder) throws IOException {
    Map<String, BankQuestion> questions = new HashMap<>();
    for (String file : List.of("train.csv", "test.csv")) {
      try (CsvReader<NamedCsvRecord> rows =
          CsvReader.builder().ofNamedCsvRecord(folder.resolve(file))) {
        for (NamedCsvRecord row : rows) {
          String text = row.getField("text").strip();
          String category = row.getField("category");
          if (BankTopics.NAMES.containsKey(category)) {
            questions.putIfAbsent(text, BankQuestion.of(text, category));
          }
        }
      }
    }
    return questions.values().stream().sorted(BankQuestion.byHash(0)).toList();
  }
}
