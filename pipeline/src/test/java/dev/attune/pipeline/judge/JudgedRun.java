package dev.attune.pipeline.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.place.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prepares records that a test made, in a folder of its own. */
final class JudgedRun {
  static final List<String> CATEGORIES = List.of("speaking", "listening", "moving", "number");

  /** The runner's checks of elements. */
  static final String[] ENFORCED = {
    "--localImmutabilityCheck=true", "--localEncodabilityCheck=true"
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final JudgedRules rules;
  private String extra = "";
  private @Nullable Path previous;
  private PrepareRunner runner = PrepareRunner.LOCAL;
  private String[] options = ENFORCED;

  JudgedRun(Path folder, JudgedRules rules) {
    this.folder = folder;
    this.rules = rules;
  }

  /** With more lines of attune.yaml. */
  JudgedRun with(String yaml) {
    extra = yaml;
    return this;
  }

  JudgedRun on(@Nullable Path dataset) {
    previous = dataset;
    return this;
  }

  JudgedRun by(PrepareRunner newRunner, String... newOptions) {
    runner = newRunner;
    options = newOptions;
    return this;
  }

  PrepareResult prepare(String runId, List<JudgedRecord> records)
      throws IOException, ConfigException, PrepareRefusedException {
    StringBuilder samples = new StringBuilder();
    StringBuilder observations = new StringBuilder();
    for (JudgedRecord each : records) {
      if (each.isGenerated()) {
        samples.append(sample(each)).append('\n');
      } else {
        observations.append(observation(each)).append('\n');
      }
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("samples.jsonl"), samples);
    Files.writeString(folder.resolve("observations.jsonl"), observations);
    Files.writeString(folder.resolve("taxonomy.json"), JSON.writeValueAsString(CATEGORIES));
    Path yaml =
        Files.writeString(
            folder.resolve("attune.yaml"), config(!observations.isEmpty()) + rules.yaml() + extra);
    return PrepareDataset.run(
        new PrepareRequest(
            ConfigLoader.load(yaml),
            runId,
            null,
            Map.of(),
            runner,
            List.of(options),
            previous == null ? null : Place.of(previous)),
        PrepareProgress.NONE);
  }

  private String config(boolean observed) {
    String observations =
        """
          observations:
            files: [observations.jsonl]
            columns: {id: id, group: child, text: note, categories: domains, media: photo}
        """;
    return """
    dataset: judged
    redact: []
    output: {directory: out}
    sources:
      generated: {files: [samples.jsonl]}
    %s%s\
    """
        .formatted(
            observed ? observations : "",
            observed || !rules.conversation() ? "taxonomy: taxonomy.json\n" : "");
  }

  private static ObjectNode sample(JudgedRecord record) {
    ObjectNode sample = JSON.createObjectNode().put("id", record.plainId());
    if (record.turns().size() == 2) {
      sample.put("prompt", record.turns().get(0)).put("response", record.turns().get(1));
    } else {
      ArrayNode turns = sample.putArray("turns");
      for (int i = 0; i < record.turns().size(); i++) {
        turns
            .addObject()
            .put("role", i % 2 == 0 ? "user" : "model")
            .put("text", record.turns().get(i));
      }
    }
    putUnlessNull(sample, "group", record.group());
    putUnlessNull(sample, "parent", record.parent());
    putUnlessNull(sample, "system", record.system());
    return sample.put("quality", BigDecimal.valueOf(record.quality(), 1));
  }

  private static ObjectNode observation(JudgedRecord record) {
    ObjectNode line = JSON.createObjectNode().put("id", record.plainId());
    line.put("note", record.turns().get(0));
    ArrayNode domains = line.putArray("domains");
    List.of(record.answer().split(", ", -1)).forEach(domains::add);
    if (!record.media().isEmpty()) {
      ArrayNode photos = line.putArray("photo");
      record.media().forEach(photos::add);
    }
    putUnlessNull(line, "child", record.group());
    return line;
  }

  private static void putUnlessNull(ObjectNode line, String field, @Nullable String text) {
    if (text != null) {
      line.put(field, text);
    }
  }

  static void delete(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(path);
      }
    }
  }
}
