package dev.attune.pipeline.source.file;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;

/** Takes what reading gives: every record once, as an example or rejected. */
public interface ReadSink {
  void example(Example example);

  void rejected(RejectedRecord rejected);

  /** The run is refused; what was read of the file before stays read. */
  void refusal(Refusal refusal);
}
