package dev.attune.pipeline.source.file.find;

import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.storage.FoundFile;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.file.storage.ObjectRanges;
import dev.attune.pipeline.source.file.storage.Survey;
import dev.attune.place.PlaceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * The files that the patterns of a source match.
 *
 * @param files each file once, sorted by name
 * @param faults patterns and files that cannot be read, in the order of the patterns
 */
public record FoundFiles(List<FoundFile> files, List<Fault> faults) {
  private static final long RANGE_BYTES = 16L << 20;

  /** Files of this machine are cut finer, so that workers end at about the same time. */
  private static final long FINEST_RANGE_BYTES = 4L << 20;

  /** The list of all ranges is read by one worker, and has a few hundred bytes for each. */
  private static final long MOST_RANGES = 8_192;

  /**
   * A pattern, or a file that it matches, cannot be used.
   *
   * @param pattern its index in the list of patterns
   * @param sentence the fault and its correction
   */
  public record Fault(int pattern, String sentence) {}

  public FoundFiles {
    files = List.copyOf(files);
    faults = List.copyOf(faults);
  }

  /** Returns the total size of the stored files in bytes. */
  public long bytes() {
    return files.stream().mapToLong(FoundFile::bytes).sum();
  }

  /**
   * Reads every file of this machine once and returns its size, hash and ranges of about 16 MiB.
   * Reads nothing of objects: their listing gave size and check sum, and they are divided by size.
   *
   * @param surveyed receives the number of bytes of each block that was read, and of each object,
   *     from several threads
   * @throws SourceException if there are faults, or a file cannot be read
   */
  public List<InputFile> survey(LongConsumer surveyed) throws SourceException {
    long finest = Math.max(FINEST_RANGE_BYTES, bytes(false) / MOST_RANGES);
    return survey(Math.min(RANGE_BYTES, finest), RANGE_BYTES, surveyed);
  }

  /** Surveys the files like {@link #survey(LongConsumer)}, with ranges of another size. */
  public List<InputFile> survey(long rangeBytes, LongConsumer surveyed) throws SourceException {
    return survey(rangeBytes, rangeBytes, surveyed);
  }

  private long bytes(boolean ofObjects) {
    return files.stream()
        .filter(file -> (file.pin() != null) == ofObjects)
        .mapToLong(FoundFile::bytes)
        .sum();
  }

  private List<InputFile> survey(long fileRange, long leastObjectRange, LongConsumer surveyed)
      throws SourceException {
    refuseFaults();
    long objectRange = Math.max(leastObjectRange, bytes(true) / MOST_RANGES);
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<InputFile>> surveys = new ArrayList<>();
      for (FoundFile file : files) {
        long each = file.pin() == null ? fileRange : objectRange;
        surveys.add(workers.submit(() -> survey(file, each, surveyed)));
      }
      List<InputFile> surveyedFiles = new ArrayList<>();
      for (Future<InputFile> survey : surveys) {
        surveyedFiles.add(survey.get());
      }
      return surveyedFiles;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SourceException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException("the survey of a file failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(Messages.of("pipeline.input.interrupted"), e);
    } finally {
      workers.shutdownNow();
    }
  }

  private static InputFile survey(FoundFile file, long rangeBytes, LongConsumer surveyed)
      throws SourceException {
    if (file.pin() != null) {
      surveyed.accept(file.bytes());
      return ObjectRanges.of(file, rangeBytes);
    }
    try {
      return new Survey(file, Survey.every(rangeBytes)).read(surveyed);
    } catch (IOException e) {
      throw new SourceException(unreadable(file.name(), e), e);
    }
  }

  /** Returns a sentence about a file that cannot be read. */
  public static String unreadable(String file, IOException e) {
    if (e instanceof PlaceException place) {
      return place.sentence();
    }
    String reason =
        e instanceof AccessDeniedException
            ? Messages.of("pipeline.input.access-denied")
            : String.valueOf(e.getMessage());
    return Messages.of("pipeline.input.unreadable", file, reason);
  }

  private void refuseFaults() throws SourceException {
    if (faults.size() == 1) {
      throw new SourceException(faults.get(0).sentence());
    }
    if (!faults.isEmpty()) {
      throw new SourceException(
          faults.stream().map(Fault::sentence).toList(),
          Messages.of("pipeline.input.several", faults.size()),
          null);
    }
  }
}
