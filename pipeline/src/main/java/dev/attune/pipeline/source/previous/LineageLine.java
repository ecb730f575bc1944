package dev.attune.pipeline.source.previous;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Provenance;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.QualityFactor;
import dev.attune.pipeline.example.SourceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of lineage.jsonl.
 *
 * @param file the name of the file whose line it describes
 * @param line the number of that line, from 1
 * @param provenance without a location
 * @param fingerprint of that line
 */
record LineageLine(String file, long line, Provenance provenance, Fingerprint fingerprint) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Parses a line; returns null if it is not a line of lineage. */
  static @Nullable LineageLine parse(byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      String id = root.path("id").asText();
      SourceName source = source(root.path("source").asText());
      if (source == null || !id.startsWith(source.fullId(""))) {
        return null;
      }
      return new LineageLine(
          root.path("file").asText(),
          root.path("line").asLong(),
          new Provenance(
              id,
              source,
              "",
              text(root.path("group")),
              text(root.path("parent")),
              texts(root.path("categories")),
              quality(root.path("quality")),
              Commonness.ofKey(text(root.path("common")))),
          Fingerprint.ofHex(root.path("fingerprint").asText()));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable SourceName source(String key) {
    return Arrays.stream(SourceName.values())
        .filter(source -> source.key().equals(key))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static @Nullable Quality quality(JsonNode node) {
    if (!node.isObject()) {
      return null;
    }
    int factors = 0;
    for (QualityFactor factor : QualityFactor.values()) {
      factors |= node.path("factors").has(factor.key()) ? factor.bit() : 0;
    }
    int tenths = (int) Math.round(node.path("score").asDouble() * 10);
    return new Quality(tenths, factors, node.path("brought").asBoolean());
  }
}
