package dev.attune.pipeline;

import static dev.attune.pipeline.Chain.assertCarriedOver;
import static dev.attune.pipeline.Chain.ids;
import static dev.attune.pipeline.Chain.rejected;
import static dev.attune.pipeline.Chain.sample;
import static dev.attune.pipeline.Chain.samples;
import static dev.attune.pipeline.Chain.shuffled;
import static dev.attune.pipeline.Chain.together;
import static dev.attune.pipeline.Chain.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.pipeline.prepare.InputFingerprints;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset on a dataset, from end to end. */
class PreviousTest {
  private static final String TRAIN = "train.jsonl";
  private static final String VALID = "valid.jsonl";

  private static final List<ObjectNode> OLD = samples(0, 60);

  @TempDir private static Path before;
  private static Path first;

  @TempDir private Path folder;
  private Chain chain;

  @BeforeAll
  static void prepareTheFirst() throws Exception {
    first = new Chain(before).prepare("first", null, shuffled(OLD));
    assertThat(ids(first, VALID)).isNotEmpty();
  }

  @BeforeEach
  void setUp() {
    chain = new Chain(folder);
  }

  /** The number in the id of the n-th example of a file. */
  private static int inFile(String file, int n) throws IOException {
    return Integer.parseInt(ids(first, file).get(n).substring("generated:s".length()));
  }

  @Test
  void carriesEveryLineOverWhetherItIsReadAgainOrNot() throws Exception {
    List<ObjectNode> fresh = samples(60, 50);
    Path second = chain.prepare("second", first, together(OLD, fresh));
    assertCarriedOver(first, second);
    assertThat(ids(second, TRAIN)).hasSizeGreaterThan(ids(first, TRAIN).size());
    assertThat(ids(second, VALID)).hasSizeGreaterThan(ids(first, VALID).size());
    JsonNode counts = Prepare.json(second.resolve("manifest.json")).get("counts");
    assertThat(counts.at("/rejected/byReason").toString()).isEqualTo("{\"EXACT_DUPLICATE\":60}");
    for (ObjectNode record : OLD) {
      String id = "generated:" + record.get("id").asText();
      assertThat(rejected(second, id).get("duplicateOf").asText()).isEqualTo(id);
    }

    Path without = chain.prepare("without", first, fresh);
    assertCarriedOver(first, without);
    for (String file : List.of(TRAIN, VALID)) {
      assertThat(Files.readAllBytes(without.resolve(file)))
          .isEqualTo(Files.readAllBytes(second.resolve(file)));
    }
    assertThat(Files.readString(second.resolve("report.html")))
        .contains("Carried over from run first: ");
  }

  @Test
  void isTheSameInAnyOrderAndOnAnyRunner() throws Exception {
    List<ObjectNode> all = together(OLD, together(samples(60, 30), nearOnes()));
    Path second = chain.prepare("second", first, all);
    assertCarriedOver(first, second);
    Path shuffled =
        chain.prepare(
            "shuffled", first, PrepareRunner.DIRECT, shuffled(all), Prepare.ENFORCED_BY_BEAM);
    Path flink = chain.prepare("flink", first, PrepareRunner.FLINK, all);
    for (String file : List.of(TRAIN, VALID, "lineage.jsonl")) {
      String bytes = Files.readString(second.resolve(file));
      assertThat(Files.readString(shuffled.resolve(file))).isEqualTo(bytes);
      assertThat(Files.readString(flink.resolve(file))).isEqualTo(bytes);
    }
  }

  private static List<ObjectNode> nearOnes() {
    return samples(0, 20).stream()
        .map(
            sample ->
                sample
                    .put("id", "near-" + sample.get("id").asText())
                    .put("response", sample.get("response").asText() + " more"))
        .toList();
  }

  @Test
  void goesOnFromEachToTheNext() throws Exception {
    Path second = chain.prepare("second", first, samples(40, 50));
    Path third = chain.prepare("third", second, samples(80, 40));
    assertCarriedOver(first, second);
    assertCarriedOver(second, third);
    assertThat(Files.readAllLines(third.resolve(TRAIN)))
        .containsAll(Files.readAllLines(first.resolve(TRAIN)));
    JsonNode previous = Prepare.json(third.resolve("manifest.json")).get("previous");
    assertThat(previous.get("runId").asText()).isEqualTo("second");
  }

  @Test
  void publishesTheSameExamplesWhereNothingIsNew() throws Exception {
    Path again = chain.prepare("again", first, shuffled(OLD));
    assertCarriedOver(first, again);
    JsonNode manifest = Prepare.json(again.resolve("manifest.json"));
    assertThat(manifest.at("/counts/training").asInt()).isZero();
    assertThat(manifest.at("/counts/validation").asInt()).isZero();
    JsonNode before = Prepare.json(first.resolve("manifest.json"));
    assertThat(manifest.get("fingerprint")).isEqualTo(before.get("fingerprint"));
    assertThat(manifest.get("tokens")).isEqualTo(before.get("tokens"));
    assertThat(manifest.get("inputFingerprint")).isNotEqualTo(before.get("inputFingerprint"));
  }

  @Test
  void keepsWhatItIsMadeOfApartFromWhatItBuildsOn() throws Exception {
    List<ObjectNode> samples = samples(60, 9);
    PrepareRequest request = chain.request(null, null, PrepareRunner.LOCAL, samples);
    PrepareRequest onFirst = chain.request(null, first, PrepareRunner.LOCAL, samples);
    String sources = PrepareDataset.inputFingerprints(request, PrepareProgress.NONE).sources();
    InputFingerprints both = PrepareDataset.inputFingerprints(onFirst, PrepareProgress.NONE);
    assertThat(both.sources()).isEqualTo(sources);
    assertThat(both.whole()).isNotEqualTo(sources).startsWith("sha256:");
    Path second = PrepareDataset.run(onFirst, PrepareProgress.NONE).directory().local();
    JsonNode manifest = Prepare.json(second.resolve("manifest.json"));
    assertThat(manifest.get("inputFingerprint").asText()).isEqualTo(both.whole());
    assertThat(manifest.at("/previous/sourcesFingerprint").asText()).isEqualTo(sources);
    assertThat("sha256:" + second.getFileName()).isSubstringOf(both.whole());

    InputFingerprints unfit =
        PrepareDataset.inputFingerprints(
            chain.request(null, folder.resolve("gone"), PrepareRunner.DIRECT, samples),
            PrepareProgress.NONE);
    assertThat(unfit.sources()).isEqualTo(sources);
    assertThat(unfit.whole()).isNull();
    assertThat(unfit.unfit()).contains("gone is not a directory");
  }

  @Test
  void sendsWhatIsNewWhereItsUnitIs() throws Exception {
    int trained = inFile(TRAIN, 0);
    int held = inFile(VALID, 0);
    List<ObjectNode> fresh =
        List.of(
            sample("child-of-trained", 200).put("parent", "generated:s" + trained),
            sample("child-of-held", 201).put("parent", "generated:s" + held),
            sample("grandchild-of-held", 202).put("parent", "generated:child-of-held"));
    Path second = chain.prepare("second", first, fresh);
    assertCarriedOver(first, second);
    assertThat(ids(second, TRAIN)).contains("generated:child-of-trained");
    assertThat(ids(second, VALID))
        .contains("generated:child-of-held", "generated:grandchild-of-held");
  }

  @Test
  void rejectsWhatJoinsBothSplits() throws Exception {
    ObjectNode trained = OLD.get(inFile(TRAIN, 0));
    String held = "generated:s" + inFile(VALID, 0);
    String group = "of-the-first";
    // Through a parent and a group at once: one record's parent is held, its group is trained.
    List<ObjectNode> fresh =
        List.of(
            sample("bridge", 300).put("parent", held).put("group", group),
            sample("end", 301)
                .put("parent", "generated:" + trained.get("id").asText())
                .put("group", group),
            sample("beside", 302).put("group", group),
            // Gives way to a record that is itself rejected.
            sample("twin", 302).put("quality", 8),
            sample("free", 303));
    Path second = chain.prepare("second", first, fresh);
    assertCarriedOver(first, second);
    for (String id : List.of("bridge", "end", "beside", "twin")) {
      JsonNode line = rejected(second, "generated:" + id);
      assertThat(line.get("reason").asText()).isEqualTo("SPLIT_CONFLICT");
      assertThat(line.get("stage").asText()).isEqualTo("split");
    }
    assertThat(rejected(second, "generated:twin").get("duplicateOf").asText())
        .isEqualTo("generated:beside");
    assertThat(ids(second, TRAIN)).doesNotContain("generated:bridge", "generated:end");

    Path third = chain.prepare("third", second, List.of(sample("later", 304)));
    assertCarriedOver(second, third);
  }

  @Test
  void letsWhatIsCarriedOverStandForItsDuplicates() throws Exception {
    int held = inFile(VALID, 0);
    int trained = inFile(TRAIN, 0);
    ObjectNode heldText = sample("x", held);
    List<ObjectNode> fresh =
        List.of(
            // Better, earlier, smaller id: a record that is carried over comes before all of these.
            sample("a", held).put("quality", 10).put("createdAt", "1990-01-01"),
            sample("b", trained).put("prompt", words(trained, 14).toUpperCase(Locale.ROOT)),
            sample("s" + trained, 400),
            sample("c", 401)
                .put("prompt", heldText.get("prompt").asText())
                .put("response", heldText.get("response").asText() + " and"));
    Path second = chain.prepare("second", first, together(fresh, List.of(sample("d", 402))));
    assertCarriedOver(first, second);
    assertDuplicate(second, "a", "EXACT_DUPLICATE", "generated:s" + held);
    assertDuplicate(second, "b", "EXACT_DUPLICATE", "generated:s" + trained);
    assertDuplicate(second, "s" + trained, "DUPLICATE_ID", "generated:s" + trained);
    assertDuplicate(second, "c", "NEAR_DUPLICATE", "generated:s" + held);
  }

  private static void assertDuplicate(Path dataset, String id, String reason, String of)
      throws IOException {
    JsonNode line = rejected(dataset, "generated:" + id);
    assertThat(line.get("reason").asText()).isEqualTo(reason);
    assertThat(line.get("duplicateOf").asText()).isEqualTo(of);
  }

  @Test
  void cutsOnlyWhatIsNew() throws Exception {
    int trained = ids(first, TRAIN).size();
    int held = ids(first, VALID).size();
    chain.withRules(
        "split: {validation: 0.3, by: group, seed: '1'}\nlimits: {trainingExamples: "
            + (trained + 3)
            + "}\n");
    Path second = chain.prepare("second", first, samples(60, 60));
    assertCarriedOver(first, second);
    assertThat(ids(second, TRAIN)).hasSizeBetween(trained, trained + 3);
    assertThat(ids(second, VALID)).hasSizeGreaterThan(held);

    chain.withRules(
        "split: {validation: 0.3, by: group, seed: '1'}\nlimits: {trainingExamples: 1}\n");
    Path full = chain.prepare("full", first, samples(60, 60));
    assertCarriedOver(first, full);
    assertThat(ids(full, TRAIN)).hasSize(trained);
  }
}
