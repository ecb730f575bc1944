package dev.attune.launcher.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.attune.config.OutputFormat;
import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
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
import dev.attune.schema.ExampleLine;
import dev.attune.schema.RulesVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Publishes a dataset that no pipeline made. */
public final class TestDataset {
  private TestDataset() {}

  /** Writes train.jsonl, valid.jsonl and their manifest into a directory. */
  public static void publish(
      Path directory, OutputFormat format, List<ExampleLine> training, List<ExampleLine> validation)
      throws IOException {
    Files.createDirectories(directory);
    PublishedFile train = write(directory.resolve("train.jsonl"), format, training);
    PublishedFile valid = write(directory.resolve("valid.jsonl"), format, validation);
    int all = training.size() + validation.size();
    DatasetManifest manifest =
        new DatasetManifest(
            new Identity(
                "talk",
                "conversation",
                format.name().toLowerCase(Locale.ROOT),
                "r1",
                "sha256:"
                    + sha256(
                        (train.sha256() + "\n" + valid.sha256() + "\n")
                            .getBytes(StandardCharsets.UTF_8)),
                "sha256:" + "0".repeat(64)),
            new RecordCounts(
                new Read(0, 0, all, all),
                training.size(),
                validation.size(),
                new Rejected(0, Map.of())),
            Map.of(),
            Map.of(),
            new SplitOverlap(0, null, null, null),
            new Tokens(0, 0, "none"),
            List.of(train, valid),
            new Sources(null, null, null, null),
            JsonNodeFactory.instance.objectNode(),
            new MadeBy(RulesVersion.CURRENT, Map.of()));
    Files.write(directory.resolve("manifest.json"), manifest.toJson());
  }

  private static PublishedFile write(Path file, OutputFormat format, List<ExampleLine> lines)
      throws IOException {
    ExampleFormat written = ExampleFormats.of(format);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ExampleLine line : lines) {
      out.writeBytes(written.encode(line));
      out.write('\n');
    }
    Files.write(file, out.toByteArray());
    return new PublishedFile(
        String.valueOf(file.getFileName()), sha256(out.toByteArray()), out.size(), lines.size());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
