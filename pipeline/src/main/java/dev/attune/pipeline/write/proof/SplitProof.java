package dev.attune.pipeline.write.proof;

import dev.attune.config.OutputFormat;
import dev.attune.config.Task;
import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.write.part.ExamplePart;
import dev.attune.pipeline.write.part.LineageFrame;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.schema.ExampleLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares the two splits by parsing the written lines again. Validation is kept in memory;
 * training is compared with it on all processors. Memory: one part per processor.
 */
public final class SplitProof {
  private final ExampleFormat format;
  private final TemporaryFolder folder;
  private final PromptsAcross prompts;
  private final @Nullable NearAcross nearness;

  /**
   * The settings of the comparison.
   *
   * @param similarity at which two examples are near, or null if near duplicates are kept
   */
  public record Rules(Task task, OutputFormat format, @Nullable Similarity similarity)
      implements Serializable {}

  /**
   * The figures that must be 0.
   *
   * @param prompts number of prompt keys in both splits
   * @param beginnings number of dialogues in one split that begin a dialogue of the other
   * @param near number of training examples near a validation example, or null if not compared
   */
  public record Figures(long prompts, long beginnings, @Nullable Long near) {
    /** Returns a sentence about figures that are not 0, or null if all are. */
    public @Nullable String fault() {
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

  public SplitProof(
      Rules compared, TemporaryFolder folder, CommonPrompts common, LeftOutByContent leftOut) {
    this.format = ExampleFormats.of(compared.format());
    this.folder = folder;
    this.prompts = new PromptsAcross(common);
    Similarity similarity = compared.similarity();
    this.nearness =
        similarity == null ? null : new NearAcross(compared.task(), similarity, leftOut);
  }

  /**
   * Compares all lines of the parts.
   *
   * @throws IOException if a part cannot be read
   */
  public Figures measure(List<ExamplePart> parts) throws IOException {
    List<ExamplePart> training = new ArrayList<>();
    for (ExamplePart part : parts) {
      if (part.split() == Split.VALIDATION) {
        read(part, this::addValidation);
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

  private void addValidation(ExampleLine line, LineageFrame frame) {
    prompts.addValidation(line, frame.carried());
    if (nearness != null) {
      nearness.addValidation(line, frame);
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
    try (InputStream frames = folder.open(part.lineageFile())) {
      int start = 0;
      for (int i = 0; i < lines.length; i++) {
        if (lines[i] == '\n') {
          byte[] line = Arrays.copyOfRange(lines, start, i);
          examples.accept(format.decode(line), LineageFrame.CODER.decode(frames));
          start = i + 1;
        }
      }
    }
  }
}
