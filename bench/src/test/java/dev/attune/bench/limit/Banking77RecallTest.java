package dev.attune.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.dynatrace.hash4j.hashing.Hashing;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.text.NormalForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares the pairs that bands find in BANKING77 with a comparison of all pairs. */
class Banking77RecallTest {
  private static final Path BANKING77 = Path.of("..", "..", "shared", "data", "banking77");

  @Test
  void findsThePairsOfBanking77() throws IOException {
    assumeTrue(Files.isDirectory(BANKING77), "no BANKING77 beside the clone");
    List<Shingled> texts = new ArrayList<>();
    List<String> categories = new ArrayList<>();
    for (Map.Entry<String, String> text : texts().entrySet()) {
      texts.add(shingled(text.getKey()));
      categories.add(text.getValue());
    }
    assertThat(texts).hasSize(13_071);
    int[] pairs = new int[4];
    int[] ofOneCategory = new int[4];
    int found = 0;
    for (int i = 0; i < 4; i++) {
      Similarity similarity = new Similarity((6 + i) / 10.0);
      Roots roots = new NearInMemory(similarity, 4).neighbourhoods(texts);
      for (int[] pair : pairs(texts, similarity)) {
        pairs[i]++;
        ofOneCategory[i] += categories.get(pair[0]).equals(categories.get(pair[1])) ? 1 : 0;
        // Compared, since all texts of a neighbourhood are.
        long root = roots.root(texts.get(pair[0]).node());
        found += root == roots.root(texts.get(pair[1]).node()) ? 1 : 0;
      }
    }
    assertThat(pairs).containsExactly(660, 234, 71, 5);
    assertThat(ofOneCategory).containsExactly(495, 198, 69, 5);
    assertThat(found).isGreaterThanOrEqualTo(970 * 99 / 100);
  }

  private static List<int[]> pairs(List<Shingled> texts, Similarity similarity) {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (texts.get(i).shingles().isNearInPromptOrWhole(texts.get(j).shingles(), similarity)) {
          pairs.add(new int[] {i, j});
        }
      }
    }
    return pairs;
  }

  private static Shingled shingled(String text) {
    Key128 key = Key128.of(Hashing.xxh3_128().hashCharsTo128Bits(text));
    return new Shingled(key, ComparedShingles.ofPrompt(Shingles.of(text)));
  }

  private static Map<String, String> texts() throws IOException {
    Map<String, String> categoryByText = new LinkedHashMap<>();
    for (String file : List.of("train.csv", "test.csv")) {
      try (CsvReader<NamedCsvRecord> csv =
          CsvReader.builder().ofNamedCsvRecord(BANKING77.resolve(file))) {
        for (NamedCsvRecord row : csv) {
          categoryByText.putIfAbsent(NormalForm.of(row.getField("text")), row.getField("category"));
        }
      }
    }
    return categoryByText;
  }
}
