package dev.attune.pipeline.write;

import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.schema.ExampleLine;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures on the lines that were written, parsed again, what reaches across the splits. Validation
 * is held; training streams past it on all processors. Memory: a part for each of them.
 */
final class SplitProof {
  private final ExampleFormat format;
  private final TemporaryFolder folder;
  private final PromptsAcross prompts;
  private final @Nullable NearAcross nearness;

  /**
   * What was measured.
   *
   * @param prompts keys that stand in both splits
   * @param beginnings dialogues of one split that are the beginning of one of the other
   * @param near training examples that are near one of validation; null where nearness is not
   *     looked for
   */
  record Figures(long prompts, long beginnings, @Nullable Long near) {
    /** What must not be, in words, or null. */
    @Nullable String fault() {
      if (prompts > 0 || beginnings > 0) {
        return prompts
            + " prompt keys and "
            + beginnings
            + " beginnings of dialogues stand in both splits; nothing was published";
      }
      return near != null && near > 0
          ? near + " training examples are near one of validation; nothing was published"
          : null;
    }
  }

  SplitProof(
      Publication.Compared compared,
      TemporaryFolder folder,
      CommonPrompts common,
      LeftOutByContent leftOut) {
    this.format = ExampleFormats.of(compared.format());
    this.folder = folder;
    this.prompts = new PromptsAcross(common);
    Similarity similarity = compared.similarity();
    this.nearness =
        similarity == null ? null : new NearAcross(compared.task(), similarity, leftOut);
  }

  /**
   * Reads all lines of these parts.
   *
   * @throws IOException if one cannot be read
   */
  Figures measure(List<ExamplePart> parts) throws IOException {
    List<ExamplePart> training = new ArrayList<>();
    for (ExamplePart part : parts) {
      if (part.split() == Split.VALIDATION) {
        read(part, this::hold);
      } else {
        training.add(part);
      }
    }
    try {
      long near = training.parallelStream().mapToLong(this::compare).sum();
      return new Figures(
          prompts.prompts(), prompts.beginnings(), nearness == null ? null : (Long) near);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void hold(ExampleLine line, LineageFrame frame) {
    prompts.hold(line, frame.carried());
    if (nearness != null) {
      nearness.hold(line, frame);
    }
  }

  private long compare(ExamplePart part) {
    NearAcross.Count count = nearness == null ? null : nearness.count();
    try {
      read(
          part,
          (line, frame) -> {
            prompts.compare(line, frame.carried());
            if (count != null) {
              count.compare(line, frame);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count == null ? 0 : count.near();
  }

  private void read(ExamplePart part, BiConsumer<ExampleLine, LineageFrame> examples)
      throws IOException {
    byte[] lines;
    try (InputStream in = folder.open(part.linesFile())) {
      lines = in.readAllBytes();
    }
    WorkDone.add(Kind.PROVEN_BYTES, lines.length);
    try (DataInputStream frames = new DataInputStream(folder.open(part.lineageFile()))) {
      int start = 0;
      for (int i = 0; i < lines.length; i++) {
        if (lines[i] == '\n') {
          byte[] line = Arrays.copyOfRange(lines, start, i);
          examples.accept(format.decode(line), LineageFrame.read(frames));
          start = i + 1;
        }
      }
    }
  }
}
