package dev.attune.bench.limit;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Rank;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.ComparedText;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of texts, each of them its own group, as the stages that compare records get them. */
final class ComparedTexts {
  private final List<Identity> identities = new ArrayList<>();
  private final List<Shingled> shingles = new ArrayList<>();

  /** Adds a record with the id {@code feedback:} and its number. */
  void add(String prompt, @Nullable String answer) {
    String id = "feedback:" + identities.size();
    Key128 content = key(prompt + answer);
    Rank rank =
        new Rank(
            null,
            Rank.NOT_SCORED,
            Example.NO_TIME,
            id,
            new Fingerprint(content.high(), content.low(), 0, 0),
            key(id));
    identities.add(
        new Identity(
            rank,
            new Identity.Keys(content, key("answer"), Identity.Keys.NO_PROMPT),
            List.of(),
            null,
            null,
            Join.node(null, id),
            false,
            100,
            Commonness.NONE,
            null));
    shingles.add(new Shingled(content, ComparedShingles.of(new ComparedText(prompt, answer))));
  }

  /** Drops exact and near duplicates. */
  NearInMemory.Left drop(int buckets) {
    return new NearInMemory(new Similarity(0.8), buckets)
        .drop(DuplicatesInMemory.drop(identities, CommonPrompts.NONE, buckets), shingles);
  }

  private static Key128 key(String text) {
    return Key128.of(Hashing.xxh3_128().hashCharsTo128Bits(text));
  }
}
