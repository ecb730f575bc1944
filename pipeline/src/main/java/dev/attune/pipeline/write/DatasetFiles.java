package dev.attune.pipeline.write;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.write.part.DatasetLines;
import dev.attune.pipeline.write.part.ExamplePart;
import dev.attune.pipeline.write.part.HashedFile;
import dev.attune.pipeline.write.part.LineageFrame;
import dev.attune.pipeline.write.part.RejectedFrame;
import dev.attune.pipeline.write.part.RejectedPart;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the files of the dataset from parts, in one pass over each part. It also counts groups
 * and contents that are in both splits: the keys of validation (at most 5,000 of each kind) are
 * kept in memory, and those of training are compared with them.
 */
final class DatasetFiles {
  private final TemporaryFolder folder;
  private final TemporaryFolder finished;
  private final List<PublishedFile> files = new ArrayList<>();
  // The value tells whether a new validation example has the key; pairs of carried examples were
  // compared when their dataset was written.
  private final Map<Key128, Boolean> validationGroups = new HashMap<>();
  private final Map<Key128, Boolean> validationContents = new HashMap<>();
  private final Set<Key128> groupsAcross = new HashSet<>();
  private long contentsAcross;

  /** Reads parts from the one folder and writes files to the other. */
  DatasetFiles(TemporaryFolder folder, TemporaryFolder finished) {
    this.folder = folder;
    this.finished = finished;
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
    try (HashedFile lineage = new HashedFile("lineage.jsonl", finished)) {
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
    try (InputStream frames = folder.open(part.lineageFile())) {
      for (long i = 0; i < part.tally().count(); i++) {
        LineageFrame frame = LineageFrame.CODER.decode(frames);
        validationGroups.merge(frame.group(), !frame.carried(), Boolean::logicalOr);
        validationContents.merge(frame.content(), !frame.carried(), Boolean::logicalOr);
      }
    }
  }

  private void writeLines(Split split, List<ExamplePart> parts) throws IOException {
    try (HashedFile file = new HashedFile(split.fileName(), finished)) {
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
      try (InputStream frames = folder.open(part.lineageFile())) {
        for (long i = 0; i < part.tally().count(); i++) {
          LineageFrame frame = LineageFrame.CODER.decode(frames);
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

  private static boolean isAcross(LineageFrame training, @Nullable Boolean newInValidation) {
    return newInValidation != null && (newInValidation || !training.carried());
  }

  /** Writes rejected.jsonl by merging the sorted parts, with one record of each in memory. */
  void writeRejected(List<RejectedPart> parts) throws IOException {
    List<InputStream> open = new ArrayList<>();
    try (HashedFile file = new HashedFile("rejected.jsonl", finished)) {
      PriorityQueue<RejectedHead> smallest =
          new PriorityQueue<>(Comparator.comparing(RejectedHead::frame));
      for (RejectedPart part : parts) {
        InputStream in = folder.open(part.file());
        open.add(in);
        RejectedHead.offer(in, part.tally().count(), smallest);
      }
      RejectedHead next;
      while ((next = smallest.poll()) != null) {
        file.writeLine(next.frame().line().bytes());
        RejectedHead.offer(next.in(), next.left(), smallest);
      }
      files.add(file.finish());
    } finally {
      for (InputStream in : open) {
        in.close();
      }
    }
  }

  /** Writes a file with the given content. */
  void write(String name, byte[] bytes) throws IOException {
    try (HashedFile file = new HashedFile(name, finished)) {
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

  /** The next record of a part, and the number of those after it. */
  private record RejectedHead(RejectedFrame frame, InputStream in, long left) {
    static void offer(InputStream in, long left, Queue<RejectedHead> to) throws IOException {
      if (left > 0) {
        to.add(new RejectedHead(RejectedFrame.CODER.decode(in), in, left - 1));
      }
    }
  }
}
