package dev.attune.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.bench.limit.NearInMemory;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.text.NormalForm;
import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares the pairs that bands find in generated records with a comparison of all pairs. */
class CandidateRecallTest {
  private static final int RECORDS = 5_000;

  @Test
  void findsThePairsOfGeneratedRecords() throws IOException {
    List<Shingled> texts = texts();
    int all = 0;
    int found = 0;
    for (int tenths = 6; tenths <= 9; tenths++) {
      Similarity similarity = new Similarity(tenths / 10.0);
      Roots roots = new NearInMemory(similarity, 2).neighbourhoods(texts);
      int pairs = 0;
      for (int i = 0; i < texts.size(); i++) {
        for (int j = 0; j < i; j++) {
          if (texts.get(i).shingles().isNearInPromptOrWhole(texts.get(j).shingles(), similarity)) {
            pairs++;
            long root = roots.root(texts.get(i).node());
            found += root == roots.root(texts.get(j).node()) ? 1 : 0;
          }
        }
      }
      assertThat(pairs).as("pairs at 0.%d", tenths).isGreaterThan(50);
      all += pairs;
    }
    assertThat((double) found / all).as("%d of %d", found, all).isGreaterThanOrEqualTo(0.99);
  }

  private static List<Shingled> texts() throws IOException {
    RecordContent content =
        new RecordContent(new RecordPlan(new InputSize(RECORDS, 1, false, true)), taxonomy());
    List<Shingled> texts = new ArrayList<>();
    Set<String> distinct = new HashSet<>();
    for (int record = 0; record < RECORDS; record++) {
      String reason = content.kind(record).reason();
      boolean compared = reason == null || reason.equals("NEAR_DUPLICATE");
      String text = NormalForm.of(content.text(record));
      if (compared && distinct.add(text)) {
        Key128 key = Key128.of(Hashing.xxh3_128().hashCharsTo128Bits(text));
        texts.add(new Shingled(key, ComparedShingles.ofPrompt(Shingles.of(text))));
      }
    }
    return texts;
  }

  private static Taxonomy taxonomy() throws IOException {
    try (InputStream in = TaxonomyLoader.class.getResourceAsStream("learningdomains.json")) {
      return TaxonomyLoader.load(Objects.requireNonNull(in).readAllBytes(), "learningdomains");
    }
  }
}
