package dev.attune.pipeline.source.file.find;

import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.storage.FoundFile;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.source.file.storage.Survey;
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
 * @param files each once, by name in the order of {@link String}
 * @param faults what cannot be read, in the order of the patterns
 */
public record FoundFiles(List<FoundFile> files, List<Fault> faults) {
  private static final long RANGE_BYTES = 16L << 20;

  /**
   * A pattern, or a file that it matches, cannot be used.
   *
   * @param pattern its index in the list of patterns
   * @param sentence what is wrong and what to do
   */
  public record Fault(int pattern, String sentence) {}

  public FoundFiles {
    files = List.copyOf(files);
    faults = List.copyOf(faults);
  }

  /** Returns how many bytes all files have as stored. */
  public long bytes() {
    return files.stream().mapToLong(FoundFile::bytes).sum();
  }

  /**
   * Reads every file once, for its size, its hash, and where it can be cut.
   *
   * @param surveyed receives how many more bytes were read, from several threads
   * @throws SourceException if there are faults, or a file cannot be read
   */
  public List<InputFile> survey(LongConsumer surveyed) throws SourceException {
    return survey(RANGE_BYTES, surveyed);
  }

  /** Does the same with another size of ranges than 16 MiB. */
  public List<InputFile> survey(long rangeBytes, LongConsumer surveyed) throws SourceException {
    refuseFaults();
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<InputFile>> surveys = new ArrayList<>();
      for (FoundFile file : files) {
        surveys.add(workers.submit(() -> survey(file, rangeBytes, surveyed)));
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
      throw new SourceException("Interrupted while the files were surveyed: run again.", e);
    } finally {
      workers.shutdownNow();
    }
  }

  private static InputFile survey(FoundFile file, long rangeBytes, LongConsumer surveyed)
      throws SourceException {
    try {
      return new Survey(file, Survey.every(rangeBytes)).read(surveyed);
    } catch (IOException e) {
      throw new SourceException(file.name() + " " + unreadable(e), e);
    }
  }

  /** Returns why a file cannot be read, to follow its name in a sentence. */
  public static String unreadable(IOException e) {
    String reason =
        e instanceof AccessDeniedException ? "access is denied" : String.valueOf(e.getMessage());
    return "cannot be read: " + reason + "; allow reading it, or restore it.";
  }

  private void refuseFaults() throws SourceException {
    if (faults.size() == 1) {
      throw new SourceException(faults.get(0).sentence());
    }
    if (!faults.isEmpty()) {
      throw new SourceException(
          faults.stream().map(Fault::sentence).toList(),
          faults.size() + " files or patterns cannot be read: correct what the lines above name.",
          null);
    }
  }
}
