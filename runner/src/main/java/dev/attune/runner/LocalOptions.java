package dev.attune.runner;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The options of {@link LocalRunner}. */
public interface LocalOptions extends PipelineOptions {
  /** The number of threads that process bundles. */
  @Description(
      "Number of threads that process bundles, at least 1. Default: the number of processors.")
  @Default.InstanceFactory(Processors.class)
  int getLocalParallelism();

  /** Sets {@link #getLocalParallelism}. */
  void setLocalParallelism(int threads);

  /** The heap bytes that elements between two stages may occupy before they are spilled. */
  @Description(
      "Heap bytes that elements between two stages may occupy; what exceeds them is written to"
          + " temporary files. Default: 40 percent of the maximum heap.")
  @Default.InstanceFactory(ShareOfHeap.class)
  long getLocalMemory();

  /** Sets {@link #getLocalMemory}. */
  void setLocalMemory(long bytes);

  /** The folder in which the folder of temporary files is created. */
  @Description(
      "Folder for temporary files. A run that needs some creates its own folder in it. Default:"
          + " the system property java.io.tmpdir.")
  @Default.InstanceFactory(SystemFolder.class)
  String getLocalTempFolder();

  /** Sets {@link #getLocalTempFolder}. */
  void setLocalTempFolder(String folder);

  /** Whether {@code run} returns only when the pipeline has ended. */
  @Description(
      "Wait in run() for the end of the pipeline, and throw its exception. If false, run() returns"
          + " at once; call waitUntilFinish().")
  @Default.Boolean(true)
  boolean isLocalBlocking();

  /** Sets {@link #isLocalBlocking}. */
  void setLocalBlocking(boolean blocking);

  /** Whether the run fails when a DoFn changes an element that it must not change. */
  @Description(
      "Fail the run when a DoFn changes an element that it was given or has output. Slow; for"
          + " tests.")
  @Default.Boolean(false)
  boolean isLocalImmutabilityCheck();

  /** Sets {@link #isLocalImmutabilityCheck}. */
  void setLocalImmutabilityCheck(boolean check);

  /** Whether every element is encoded and decoded. */
  @Description(
      "Encode and decode each element that a DoFn outputs, and fail the run when its coder cannot."
          + " Slow; for tests.")
  @Default.Boolean(false)
  boolean isLocalEncodabilityCheck();

  /** Sets {@link #isLocalEncodabilityCheck}. */
  void setLocalEncodabilityCheck(boolean check);

  /** Returns the number of processors. */
  final class Processors implements DefaultValueFactory<Integer> {
    @Override
    public Integer create(PipelineOptions options) {
      return Runtime.getRuntime().availableProcessors();
    }
  }

  /** Returns 40 percent of the maximum heap. */
  final class ShareOfHeap implements DefaultValueFactory<Long> {
    @Override
    public Long create(PipelineOptions options) {
      return Runtime.getRuntime().maxMemory() / 5 * 2;
    }
  }

  /** Returns the system's folder of temporary files. */
  final class SystemFolder implements DefaultValueFactory<String> {
    @Override
    public String create(PipelineOptions options) {
      return System.getProperty("java.io.tmpdir");
    }
  }
}
