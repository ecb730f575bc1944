package dev.attune.pipeline.write;

import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.nearness.ComparedText;
import dev.attune.pipeline.nearness.NearIndex;
import dev.attune.pipeline.nearness.Shingles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures on the lines that were written, and knows nothing of how they came there: how many
 * training examples are near one of validation. Validation (at most 5,000) is held as an index;
 * training streams past it on all processors. Memory: a part for each of them.
 */
final class NearAcross {
  private final Publication.Nearness nearness;
  private final ExampleFormat format;
  private final TemporaryFolder folder;

  NearAcross(Publication.Nearness nearness, TemporaryFolder folder) {
    this.nearness = nearness;
    this.format = ExampleFormats.of(nearness.format());
    this.folder = folder;
  }

  /**
   * Reads all lines of these parts.
   *
   * @throws IOException if one cannot be read
   */
  long count(List<ExamplePart> parts) throws IOException {
    NearIndex index = new NearIndex(nearness.similarity());
    List<ExamplePart> training = new ArrayList<>();
    for (ExamplePart part : parts) {
      if (part.split() == Split.VALIDATION) {
        read(part, text -> index.add(Shingles.of(text)));
      } else {
        training.add(part);
      }
    }
    if (index.size() == 0) {
      return 0;
    }
    try {
      return training.parallelStream().mapToLong(part -> countIn(part, index.copy())).sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private long countIn(ExamplePart part, NearIndex index) {
    int[] near = new int[1];
    try {
      read(part, text -> near[0] += index.find(text) == NearIndex.NONE ? 0 : 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return near[0];
  }

  private void read(ExamplePart part, Consumer<String> texts) throws IOException {
    byte[] lines;
    try (InputStream in = folder.open(part.linesFile())) {
      lines = in.readAllBytes();
    }
    int start = 0;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] == '\n') {
        byte[] line = Arrays.copyOfRange(lines, start, i);
        texts.accept(ComparedText.of(format.decode(line), nearness.task()));
        start = i + 1;
      }
    }
  }
}
