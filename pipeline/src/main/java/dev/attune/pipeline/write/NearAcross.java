package dev.attune.pipeline.write;

import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.ComparedText;
import dev.attune.pipeline.nearness.JoinedIndex;
import dev.attune.pipeline.nearness.LeftOutByContent;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Measures on the lines that were written, parsed again: how many training examples are near one of
 * validation, in the sense in which units are joined. Of how they came there it knows what was left
 * out of templates, what is carried over (two such examples do not count), and what is common (that
 * is compared with nothing). Validation (at most 5,000) is held as an index; training streams past
 * it on all processors. Memory: a part for each of them.
 */
final class NearAcross {
  private final Publication.Nearness nearness;
  private final ExampleFormat format;
  private final TemporaryFolder folder;
  private final LeftOutByContent leftOut;

  NearAcross(Publication.Nearness nearness, TemporaryFolder folder, LeftOutByContent leftOut) {
    this.nearness = nearness;
    this.format = ExampleFormats.of(nearness.format());
    this.folder = folder;
    this.leftOut = leftOut;
  }

  /** Validation, and which of it is carried over. */
  private record Held(JoinedIndex index, BitSet carried) {}

  /**
   * Reads all lines of these parts.
   *
   * @throws IOException if one cannot be read
   */
  long count(List<ExamplePart> parts) throws IOException {
    Held held = new Held(new JoinedIndex(nearness.similarity()), new BitSet());
    List<ExamplePart> training = new ArrayList<>();
    for (ExamplePart part : parts) {
      if (part.split() == Split.VALIDATION) {
        read(part, (text, frame) -> hold(text, frame, held));
      } else {
        training.add(part);
      }
    }
    if (held.index.size() == 0) {
      return 0;
    }
    try {
      return training.parallelStream()
          .mapToLong(part -> countIn(part, new Held(held.index.copy(), held.carried)))
          .sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void hold(ComparedText text, LineageFrame frame, Held held) {
    held.carried.set(held.index.size(), frame.carried());
    held.index.add(ComparedShingles.of(text), leftOut.of(frame.content()));
  }

  private long countIn(ExamplePart part, Held held) {
    int[] near = new int[1];
    try {
      read(part, (text, frame) -> near[0] += isNear(text, frame, held) ? 1 : 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return near[0];
  }

  private static boolean isNear(ComparedText text, LineageFrame frame, Held held) {
    boolean[] near = new boolean[1];
    held.index.find(text).forEach(found -> near[0] |= !frame.carried() || !held.carried.get(found));
    return near[0];
  }

  /** Gives every example that is not common, with what was told of it. */
  private void read(ExamplePart part, BiConsumer<ComparedText, LineageFrame> examples)
      throws IOException {
    byte[] lines;
    try (InputStream in = folder.open(part.linesFile())) {
      lines = in.readAllBytes();
    }
    try (DataInputStream frames = new DataInputStream(folder.open(part.lineageFile()))) {
      int start = 0;
      for (int i = 0; i < lines.length; i++) {
        if (lines[i] == '\n') {
          LineageFrame frame = LineageFrame.read(frames);
          if (!frame.common()) {
            byte[] line = Arrays.copyOfRange(lines, start, i);
            examples.accept(ComparedText.of(format.decode(line), nearness.task()), frame);
          }
          start = i + 1;
        }
      }
    }
  }
}
