package dev.attune.pipeline.selection;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.stage.UnimprovedRow;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files in which selected rows are handed over, in a private folder of this machine. Each file
 * is written at once, so that a bundle that is repeated changes nothing.
 *
 * @param path of the folder, absolute
 */
public record SelectionFolder(String path) implements Serializable {
  private static final int PARTS = 256;
  private static final int PART_DIGITS = 2;
  private static final int HEX = 16;
  private static final String COUNT = "count";
  private static final String REFUSAL = "refusal";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Returns the number of the part that a row belongs to; parts are ordered as their bases are. */
  static int part(UnimprovedRow row) {
    return Integer.parseInt(row.basis(), 0, PART_DIGITS, HEX);
  }

  /** Writes the rows of a part. */
  void writePart(int part, List<UnimprovedRow> rows) throws IOException {
    AtomicFile.replace(
        file(part),
        FileMode.PRIVATE,
        file -> {
          try (var out = Files.newOutputStream(file);
              var values = JSON.writer().withRootValueSeparator("\n").writeValues(out)) {
            values.writeAll(rows);
          }
        });
  }

  void writeCount(long rows) throws IOException {
    write(COUNT, String.valueOf(rows));
  }

  void writeRefusal(Refusal refusal) throws IOException {
    write(REFUSAL, refusal.place() + ": " + refusal.sentence());
  }

  /** Returns the sentence that refuses the selection, if there is one. */
  public Optional<String> refusal() throws IOException {
    Path file = Path.of(path, REFUSAL);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  /**
   * Returns the rows in the order of their bases.
   *
   * @throws IOException also if the pipeline has not written the folder to its end
   */
  public SelectedRows rows() throws IOException {
    long found = Long.parseLong(Files.readString(Path.of(path, COUNT)));
    ObjectReader reader = JSON.readerFor(UnimprovedRow.class);
    List<UnimprovedRow> rows = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      if (Files.exists(file(part))) {
        try (MappingIterator<UnimprovedRow> read = reader.readValues(file(part).toFile())) {
          read.forEachRemaining(rows::add);
        }
      }
    }
    return new SelectedRows(rows, found);
  }

  private Path file(int part) {
    return Path.of(path, "part-%03d.jsonl".formatted(part));
  }

  private void write(String name, String text) throws IOException {
    AtomicFile.replace(
        Path.of(path, name), FileMode.PRIVATE, text.getBytes(StandardCharsets.UTF_8));
  }
}
