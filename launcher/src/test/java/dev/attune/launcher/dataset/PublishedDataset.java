package dev.attune.launcher.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.Identity;
import dev.attune.schema.DatasetManifest.MadeBy;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.schema.DatasetManifest.Read;
import dev.attune.schema.DatasetManifest.RecordCounts;
import dev.attune.schema.DatasetManifest.Rejected;
import dev.attune.schema.DatasetManifest.Sources;
import dev.attune.schema.DatasetManifest.SplitOverlap;
import dev.attune.schema.DatasetManifest.Tokens;
import dev.attune.schema.RulesVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Datasets as prepare publishes them, without a pipeline. */
public final class PublishedDataset {
  private PublishedDataset() {}

  /** Writes a dataset of these lines, with a manifest that is true, into a folder. */
  public static DatasetDirectory write(Path folder, List<String> train, List<String> valid)
      throws IOException {
    return write(folder, "gemini", train, valid);
  }

  /** The same in another provider's format. */
  public static DatasetDirectory write(
      Path folder, String format, List<String> train, List<String> valid) throws IOException {
    Files.createDirectories(folder);
    PublishedFile training = file(folder, "train.jsonl", train);
    PublishedFile validation = file(folder, "valid.jsonl", valid);
    String hashes = training.sha256() + "\n" + validation.sha256() + "\n";
    DatasetManifest manifest =
        new DatasetManifest(
            new Identity(
                "tried",
                "classification",
                format,
                "r1",
                "sha256:" + sha256(hashes.getBytes(StandardCharsets.UTF_8)),
                sha256(new byte[0])),
            new RecordCounts(
                new Read(
                    0,
                    training.lines() + validation.lines(),
                    0,
                    training.lines() + validation.lines()),
                training.lines(),
                validation.lines(),
                new Rejected(0, Map.of())),
            Map.of(),
            Map.of(),
            new SplitOverlap(0, null, null, null),
            new Tokens(10, 1, "utf8-bytes/4"),
            List.of(training, validation),
            new Sources(null, null, null, null),
            JsonNodeFactory.instance.objectNode(),
            new MadeBy(RulesVersion.CURRENT, Map.of("attune", "0.1.0")));
    Files.write(folder.resolve("manifest.json"), manifest.toJson());
    return new DatasetDirectory(Place.of(folder.toAbsolutePath()), manifest);
  }

  private static PublishedFile file(Path folder, String name, List<String> lines)
      throws IOException {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve(name), bytes);
    return new PublishedFile(name, sha256(bytes), bytes.length, lines.size());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
