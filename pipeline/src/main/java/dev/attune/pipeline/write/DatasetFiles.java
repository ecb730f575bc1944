package dev.attune.pipeline.write;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.write.part.DatasetLines;
import dev.attune.pipeline.write.part.ExamplePart;
import dev.attune.pipeline.write.part.HashedFile;
import dev.attune.pipeline.write.part.LineageFrame;
import dev.attune.pipeline.write.part.RejectedFrame;
import dev.attune.pipeline.write.part.RejectedOrder;
import dev.attune.pipeline.write.part.RejectedPart;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the files of the dataset from parts, in the temporary folder, in one pass over each
 * part. It also counts groups and contents that are in both splits: the keys of validation (at most
 * 5,000 of each kind) are kept in memory, and those of training are compared with them.
 */
final class DatasetFiles {
  private final TemporaryFolder folder;
  private final List<PublishedFile> files = new ArrayList<>();
  // The value tells whether a new validation example has the key; pairs of carried examples were
  // compared when their dataset was written.
  private final Map<Key128, Boolean> validationGroups = new HashMap<>();
  private final Map<Key128, Boolean> validationContents = new HashMap<>();
  private final Set<Key128> groupsAcross = new HashSet<>();
  private long contentsAcross;

  DatasetFiles(TemporaryFolder folder) {
    this.folder = folder;
  }

  /** Writes train.jsonl, valid.jsonl and lineage.jsonl. */
  void writeExamples(List<ExamplePart> parts) throws IOException {
    List<ExamplePart> training = inOrder(parts, Split.TRAINING);
    List<ExamplePart> validation = inOrder(parts, Split.VALIDATION);
    for (ExamplePart part : validation) {
      readKeys(part);
    }
    writeLines(Split.TRAINING, training);
    writeLines(Split.VALIDATION, validation);
    try (HashedFile lineage = new HashedFile("lineage.jsonl", folder)) {
      writeLineage(Split.TRAINING, training, lineage);
      writeLineage(Split.VALIDATION, validation, lineage);
      files.add(lineage.finish());
    }
  }

  private static List<ExamplePart> inOrder(List<ExamplePart> parts, Split split) {
    return parts.stream()
        .filter(part -> part.split() == split)
        .sorted(Comparator.comparingInt(ExamplePart::bucket))
        .toList();
  }

  private void readKeys(ExamplePart part) throws IOException {
    try (DataInputStream frames = new DataInputStream(folder.open(part.lineageFile()))) {
      for (long i = 0; i < part.tally().count(); i++) {
        LineageFrame frame = LineageFrame.read(frames);
        validationGroups.merge(frame.group(), !frame.carried(), Boolean::logicalOr);
        validationContents.merge(frame.content(), !frame.carried(), Boolean::logicalOr);
      }
    }
  }

  private void writeLines(Split split, List<ExamplePart> parts) throws IOException {
    try (HashedFile file = new HashedFile(split.fileName(), folder)) {
      for (ExamplePart part : parts) {
        try (InputStream lines = folder.open(part.linesFile())) {
          file.copy(lines);
        }
      }
      files.add(file.finish());
    }
  }

  private void writeLineage(Split split, List<ExamplePart> parts, HashedFile file)
      throws IOException {
    long line = 0;
    for (ExamplePart part : parts) {
      try (DataInputStream frames = new DataInputStream(folder.open(part.lineageFile()))) {
        for (long i = 0; i < part.tally().count(); i++) {
          LineageFrame frame = LineageFrame.read(frames);
          file.write(DatasetLines.lineageHead(split.fileName(), ++line));
          file.writeLine(frame.tail().bytes());
          if (split == Split.TRAINING) {
            measure(frame);
          }
        }
      }
    }
  }

  private void measure(LineageFrame frame) {
    if (isAcross(frame, validationGroups.get(frame.group()))) {
      groupsAcross.add(frame.group());
    }
    if (isAcross(frame, validationContents.get(frame.content()))) {
      contentsAcross++;
    }
  }

  private static boolean isAcross(LineageFrame training, @Nullable Boolean heldNew) {
    return heldNew != null && (heldNew || !training.carried());
  }

  /** Writes rejected.jsonl by merging the sorted parts, with one record of each in memory. */
  void writeRejected(List<RejectedPart> parts) throws IOException {
    List<RejectedCursor> open = new ArrayList<>();
    try (HashedFile file = new HashedFile("rejected.jsonl", folder)) {
      PriorityQueue<RejectedCursor> smallest = new PriorityQueue<>();
      for (RejectedPart part : parts) {
        RejectedCursor cursor = new RejectedCursor(new DataInputStream(folder.open(part.file())));
        open.add(cursor);
        if (cursor.advance()) {
          smallest.add(cursor);
        }
      }
      RejectedCursor next;
      while ((next = smallest.poll()) != null) {
        file.writeLine(next.frame().line().bytes());
        if (next.advance()) {
          smallest.add(next);
        }
      }
      files.add(file.finish());
    } finally {
      for (RejectedCursor cursor : open) {
        cursor.close();
      }
    }
  }

  /** Writes a file with the given content. */
  void write(String name, byte[] bytes) throws IOException {
    try (HashedFile file = new HashedFile(name, folder)) {
      file.write(bytes);
      files.add(file.finish());
    }
  }

  /** Returns the entries of the manifest, in the order in which the files were written. */
  List<PublishedFile> files() {
    return files;
  }

  /** Returns the number of groups that are in both splits. */
  long groupsAcross() {
    return groupsAcross.size();
  }

  /** Returns the number of training examples that have the normal form of a validation example. */
  long contentsAcross() {
    return contentsAcross;
  }

  /** The position of the merge in one part. */
  private static final class RejectedCursor implements Comparable<RejectedCursor>, AutoCloseable {
    private final DataInputStream in;
    private @Nullable RejectedFrame frame;

    RejectedCursor(DataInputStream in) {
      this.in = in;
    }

    boolean advance() throws IOException {
      frame = RejectedFrame.read(in);
      return frame != null;
    }

    RejectedFrame frame() {
      if (frame == null) {
        throw new IllegalStateException("the part is at its end");
      }
      return frame;
    }

    @Override
    public int compareTo(RejectedCursor other) {
      RejectedFrame mine = frame();
      RejectedFrame theirs = other.frame();
      return RejectedOrder.compare(mine.id(), mine.location(), theirs.id(), theirs.location());
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
