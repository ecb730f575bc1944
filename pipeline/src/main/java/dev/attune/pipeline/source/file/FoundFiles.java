package dev.attune.pipeline.source.file;

import dev.attune.pipeline.source.SourceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * What the patterns of a source mean.
 *
 * @param files each once, by name in the order of {@link String}
 * @param faults what cannot be read, in the order of the patterns
 */
public record FoundFiles(List<FoundFile> files, List<Fault> faults) {
  private static final long RANGE_BYTES = 16L << 20;

  /**
   * A pattern, or a file that it matches, cannot be used.
   *
   * @param pattern the place in the list of patterns
   * @param sentence what is wrong and what to do
   */
  public record Fault(int pattern, String sentence) {}

  public FoundFiles {
    files = List.copyOf(files);
    faults = List.copyOf(faults);
  }

  /**
   * Reads every file once, for its size, its hash, and where it can be cut.
   *
   * @throws SourceException where there are faults, or a file cannot be read
   */
  public List<InputFile> survey() throws SourceException {
    return survey(RANGE_BYTES);
  }

  /**
   * The same.
   *
   * @param surveyed told how many more bytes were read, by several threads
   */
  public List<InputFile> survey(LongConsumer surveyed) throws SourceException {
    return survey(RANGE_BYTES, surveyed);
  }

  List<InputFile> survey(long rangeBytes) throws SourceException {
    return survey(rangeBytes, more -> {});
  }

  /** Of all files, as their folder says it. */
  public long bytes() {
    return files.stream().mapToLong(file -> file.path().toFile().length()).sum();
  }

  private List<InputFile> survey(long rangeBytes, LongConsumer surveyed) throws SourceException {
    refuseFaults();
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<InputFile>> surveys = new ArrayList<>();
      for (FoundFile file : files) {
        surveys.add(workers.submit(() -> InputFiles.survey(file, rangeBytes, surveyed)));
      }
      List<InputFile> surveyedFiles = new ArrayList<>();
      for (Future<InputFile> survey : surveys) {
        surveyedFiles.add(survey.get());
      }
      surveyedFiles.sort(Comparator.comparing(InputFile::name));
      return surveyedFiles;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SourceException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException("the survey of a file failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException("Interrupted while the files were looked at: run again.", e);
    } finally {
      workers.shutdownNow();
    }
  }

  private void refuseFaults() throws SourceException {
    if (faults.size() == 1) {
      throw new SourceException(faults.get(0).sentence());
    }
    if (!faults.isEmpty()) {
      throw new SourceException(
          faults.stream().map(Fault::sentence).toList(),
          faults.size() + " files or patterns cannot be read: mend what the lines above name.",
          null);
    }
  }
}
