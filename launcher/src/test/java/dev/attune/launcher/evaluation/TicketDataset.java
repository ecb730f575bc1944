package dev.attune.launcher.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.OutputFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.CategoryCount;
import dev.attune.schema.DatasetManifest.Identity;
import dev.attune.schema.DatasetManifest.MadeBy;
import dev.attune.schema.DatasetManifest.Previous;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.DatasetManifest.Read;
import dev.attune.schema.DatasetManifest.RecordCounts;
import dev.attune.schema.DatasetManifest.Rejected;
import dev.attune.schema.DatasetManifest.Sources;
import dev.attune.schema.DatasetManifest.SplitOverlap;
import dev.attune.schema.DatasetManifest.Tokens;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.RulesVersion;
import dev.attune.schema.Turn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Publishes small datasets, as prepare does. */
public final class TicketDataset {
  private final Path root;
  private OutputFormat format = OutputFormat.GEMINI;
  private String task = "classification";
  private Function<ExampleLine, String> ids = TicketDataset::hashOfThePrompt;
  private @Nullable Previous previous;

  public TicketDataset(Path root) {
    this.root = root;
  }

  public TicketDataset format(OutputFormat other) {
    format = other;
    return this;
  }

  public TicketDataset task(String other) {
    task = other;
    return this;
  }

  /** Other full ids than the hash of the prompt. */
  public TicketDataset ids(Function<ExampleLine, String> others) {
    ids = others;
    return this;
  }

  /** Says that it was built on another dataset. */
  public TicketDataset previousDataset(DatasetDirectory other) {
    Identity identity = other.manifest().identity();
    previous =
        new Previous(
            identity.dataset(),
            identity.runId(),
            identity.fingerprint(),
            identity.inputFingerprint(),
            identity.inputFingerprint(),
            0,
            0);
    return this;
  }

  /** A dataset whose two files hold these examples. */
  public DatasetDirectory publish(
      Shell shell, List<String> categories, List<ExampleLine> train, List<ExampleLine> valid)
      throws IOException, CommandFailure {
    byte[] training = lines(train);
    byte[] validation = lines(valid);
    String fingerprint =
        sha256(
            (sha256(training) + "\n" + sha256(validation) + "\n").getBytes(StandardCharsets.UTF_8));
    Path directory = root.resolve("tickets").resolve(fingerprint.substring(0, 12));
    Files.createDirectories(directory);
    Files.write(directory.resolve("train.jsonl"), training);
    Files.write(directory.resolve("valid.jsonl"), validation);
    byte[] lineage =
        (lineage("train.jsonl", train) + lineage("valid.jsonl", valid))
            .getBytes(StandardCharsets.UTF_8);
    Files.write(directory.resolve("lineage.jsonl"), lineage);
    Map<String, CategoryCount> counts = new LinkedHashMap<>();
    categories.forEach(id -> counts.put(id, new CategoryCount(count(id, train), count(id, valid))));
    long all = (long) train.size() + valid.size();
    DatasetManifest manifest =
        new DatasetManifest(
            new Identity(
                "tickets",
                task,
                format.name().toLowerCase(Locale.ROOT),
                fingerprint.substring(0, 12),
                "sha256:" + fingerprint,
                "sha256:" + "0".repeat(64)),
            new RecordCounts(
                new Read(0, 0, all, all), train.size(), valid.size(), new Rejected(0, Map.of())),
            Map.of(),
            counts,
            new SplitOverlap(0, null, null, null),
            new Tokens(1, 1, "test"),
            List.of(
                new PublishedFile("train.jsonl", sha256(training), training.length, train.size()),
                new PublishedFile(
                    "valid.jsonl", sha256(validation), validation.length, valid.size()),
                new PublishedFile("lineage.jsonl", sha256(lineage), lineage.length, all)),
            new Sources(null, null, null, null, previous),
            JsonNodeFactory.instance.objectNode(),
            new MadeBy(RulesVersion.CURRENT, Map.of("attune", "test")));
    Files.write(directory.resolve("manifest.json"), manifest.toJson());
    return DatasetDirectory.open(Place.of(directory), shell);
  }

  /** An example with a prompt and the answer to it. */
  public static ExampleLine example(String prompt, String answer) {
    return new ExampleLine("Name the topic.", List.of(Turn.user(prompt), Turn.model(answer)));
  }

  private byte[] lines(List<ExampleLine> examples) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ExampleLine example : examples) {
      bytes.writeBytes(ExampleFormats.of(format).encode(example));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private String lineage(String file, List<ExampleLine> examples) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < examples.size(); i++) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      String id = ids.apply(examples.get(i));
      line.put("file", file).put("line", i + 1).put("id", id).put("source", "generated");
      line.putNull("group").putArray("categories").add(examples.get(i).answer());
      line.putNull("quality").put("cluster", id).putNull("parent");
      line.put("fingerprint", sha256(ExampleFormats.of(format).encode(examples.get(i))));
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  private static String hashOfThePrompt(ExampleLine example) {
    byte[] prompt = example.turns().get(0).text().getBytes(StandardCharsets.UTF_8);
    return "generated:" + sha256(prompt).substring(0, 16);
  }

  private static long count(String id, List<ExampleLine> examples) {
    return examples.stream().filter(e -> List.of(e.answer().split(", ")).contains(id)).count();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
