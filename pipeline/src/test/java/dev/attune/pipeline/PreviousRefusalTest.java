package dev.attune.pipeline;

import static dev.attune.pipeline.Chain.ids;
import static dev.attune.pipeline.Chain.rejected;
import static dev.attune.pipeline.Chain.sample;
import static dev.attune.pipeline.Chain.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.schema.RulesVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that no other one can build on, and why. */
class PreviousRefusalTest {
  private static final String SPLIT = "split: {validation: 0.3, by: group, seed: '1'}\n";
  private static final String KNOWN = "[\"north\",\"south\",\"west\"]";
  private static final String HEAD =
      "dataset: places\ntask: classification\nsystemInstruction: Name it.\ntaxonomy: t.json\n";

  @TempDir private static Path before;
  private static Path made;

  @TempDir private Path folder;
  private Chain chain;
  private Path first;

  @BeforeAll
  static void prepareTheFirst() throws Exception {
    Prepare.write(before.resolve("t.json"), KNOWN);
    made =
        new Chain(before).withHead(HEAD).withRules(SPLIT).prepare("first", null, classified(0, 30));
  }

  /** A copy that may be changed. */
  @BeforeEach
  void setUp() throws Exception {
    first = folder.resolve("first");
    Prepare.copyTree(made, first);
    Prepare.write(folder.resolve("t.json"), KNOWN);
    chain = new Chain(folder).withHead(HEAD).withRules(SPLIT);
  }

  private static List<ObjectNode> classified(int from, int count) {
    List<ObjectNode> samples = new ArrayList<>();
    for (ObjectNode sample : samples(from, count)) {
      samples.add(in(sample, samples.size() % 2 == 0 ? "north" : "south"));
    }
    return samples;
  }

  private static ObjectNode in(ObjectNode sample, String category) {
    sample.remove("categories");
    sample.putArray("categories").add(category);
    return sample.put("response", category);
  }

  private String refusal(Chain with, Path previous) {
    PrepareRefusedException refused =
        catchThrowableOfType(
            PrepareRefusedException.class,
            () -> with.prepare("second", previous, classified(30, 5)));
    assertThat(refused).isNotNull();
    assertThat(folder.resolve("out/places/second")).doesNotExist();
    return String.valueOf(refused.getMessage());
  }

  private Chain configured(String head, String rules) {
    return new Chain(folder).withHead(head).withRules(rules);
  }

  @Test
  void namesWhatIsNoDataset() throws Exception {
    assertThat(refusal(chain, folder.resolve("nowhere")))
        .isEqualTo(
            folder.resolve("nowhere")
                + " is not a directory: name a dataset that attune prepare published, or prepare"
                + " without --previous.");
    assertThat(refusal(chain, folder)).contains(" has no manifest.json: ");
    Prepare.write(folder.resolve("broken/manifest.json"), "{}");
    assertThat(refusal(chain, folder.resolve("broken"))).contains("is not a readable manifest");
  }

  @Test
  void namesTheRulesVersionsWhereTheyDiffer() throws Exception {
    Path manifest = first.resolve("manifest.json");
    String now = "\"rules\": " + RulesVersion.CURRENT;
    String end = ", and this version of Attune has rules version " + RulesVersion.CURRENT + ": ";
    String before = Files.readString(manifest);
    Files.writeString(manifest, before.replace(now, "\"rules\": 1"));
    assertThat(refusal(chain, first))
        .isEqualTo(first + " was made with rules version 1" + end + "prepare without --previous.");
    Files.writeString(manifest, before.replace(now, "\"rules\": 99"));
    assertThat(refusal(chain, first))
        .isEqualTo(
            first
                + " was made with rules version 99"
                + end
                + "upgrade Attune, or prepare without --previous.");
  }

  @Test
  void namesAManifestOfANewerVersion() throws Exception {
    Path manifest = first.resolve("manifest.json");
    String before = Files.readString(manifest);
    Files.writeString(manifest, before.replace("\"schemaVersion\": 2", "\"schemaVersion\": 3"));
    assertThat(refusal(chain, first))
        .isEqualTo(
            manifest
                + ": The manifest has schemaVersion 3, and this version of Attune reads up to 2:"
                + " upgrade Attune.");
  }

  @Test
  void namesAFileThatWasChangedOrIsGone() throws Exception {
    for (String file : List.of("train.jsonl", "valid.jsonl", "lineage.jsonl")) {
      Path of = first.resolve(file);
      String before = Files.readString(of);
      Files.writeString(of, before.replaceFirst("\"", "\" "));
      assertThat(refusal(chain, first)).startsWith(of + " is not what manifest.json says");
      Files.delete(of);
      assertThat(refusal(chain, first)).startsWith(of + " is gone");
      Files.writeString(of, before);
    }
  }

  @Test
  void namesARuleThatIsAnotherOne() throws Exception {
    assertThat(refusal(configured(HEAD.replace("Name it.", "Say it."), SPLIT), first))
        .isEqualTo(
            first
                + " was made with systemInstruction: Name it., and attune.yaml says Say it.: write"
                + " it as it was, or prepare without --previous.");
    assertThat(refusal(configured(HEAD, SPLIT.replace("group", "record")), first))
        .contains("split.by: group", "says record");
    assertThat(refusal(configured(HEAD, SPLIT + "duplicates: {similarity: 0.7}\n"), first))
        .contains("duplicates.similarity: 0.8", "says 0.7");
    assertThat(refusal(configured(HEAD, SPLIT + "duplicates: {near: false}\n"), first))
        .contains("duplicates.near: true", "says false");
    Path other = folder.resolve("out/other/second");
    assertThat(refusal(configured(HEAD.replace("places", "other"), SPLIT), first))
        .contains("dataset: places", "says other");
    assertThat(other).doesNotExist();
    assertThat(refusal(configured(HEAD.replace("classification", "conversation"), SPLIT), first))
        .contains("task: classification", "says conversation");
  }

  @Test
  void namesACategoryThatTheTaxonomyForgot() throws Exception {
    Prepare.write(folder.resolve("t.json"), KNOWN.replace(",\"south\"", ""));
    assertThat(refusal(chain, first))
        .contains(" examples of the category south, which the taxonomy does not know: put it back");
  }

  /** The files are as the manifest says, and do not tell of each other. */
  @Test
  void namesALineThatItsLineageDoesNotTellOf() throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(first.resolve("lineage.jsonl")));
    String told = lines.get(0);
    lines.set(0, told.replaceFirst("\"fingerprint\":\"....", "\"fingerprint\":\"0000"));
    republish(lines);
    assertThat(refusal(chain, first)).startsWith(first + "/train.jsonl:1: The line is not what");
    lines.set(0, told.replaceFirst("\"line\":1,", "\"line\":7,"));
    republish(lines);
    assertThat(refusal(chain, first))
        .startsWith(
            first + "/train.jsonl:1: The same line of lineage.jsonl does not belong to this");
  }

  private void republish(List<String> lineage) throws Exception {
    Path file = first.resolve("lineage.jsonl");
    String before = sha256(file);
    Files.writeString(file, String.join("\n", lineage) + "\n");
    Path manifest = first.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace(before, sha256(file)));
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @Test
  void keepsTheCategoriesThatItHad() throws Exception {
    JsonNode held = Prepare.lines(first.resolve("lineage.jsonl")).get(0);
    String id = held.get("id").asText();
    int number = Integer.parseInt(id.substring("generated:s".length()));
    List<ObjectNode> fresh =
        List.of(
            in(sample("x", number), "west"),
            in(sample("y", number), "west"),
            in(sample("z", number), held.at("/categories/0").asText()),
            in(sample("free", 900), "west"));
    Path second = chain.prepare("second", first, fresh);
    Chain.assertCarriedOver(first, second);
    for (String other : List.of("x", "y")) {
      JsonNode line = rejected(second, "generated:" + other);
      assertThat(line.get("reason").asText()).isEqualTo("CONFLICTING_CATEGORIES");
      assertThat(line.get("duplicateOf").asText()).isEqualTo(id);
    }
    assertThat(rejected(second, "generated:z").get("reason").asText()).isEqualTo("EXACT_DUPLICATE");
    assertThat(
            Prepare.json(second.resolve("manifest.json")).at("/categories/west/training").asInt())
        .isEqualTo(1);
  }

  /** Near texts with other categories stay both, together: near to both splits is a conflict. */
  @Test
  void rejectsWhatIsNearBothSplits() throws Exception {
    List<ObjectNode> ends = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ends.add(in(sample("e" + i, 800 + i).put("prompt", Chain.words(800 + i, 40)), "north"));
    }
    Path before = chain.prepare("before", null, ends);
    int trained = number(ids(before, "train.jsonl").get(0));
    int held = number(ids(before, "valid.jsonl").get(0));
    // Near to one that is trained, of another category; its parent is held.
    ObjectNode between =
        in(
            sample("between", 850)
                .put("prompt", Chain.words(800 + trained, 40) + " end")
                .put("parent", "generated:e" + held),
            "south");
    Path after = chain.prepare("after", before, List.of(between, in(sample("f", 851), "south")));
    Chain.assertCarriedOver(before, after);
    assertThat(rejected(after, "generated:between").get("reason").asText())
        .isEqualTo("SPLIT_CONFLICT");
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring("generated:e".length()));
  }
}
