package dev.attune.pipeline.source.file;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;

/** Receives each record exactly once, as an example or as a rejected record. */
public interface ReadSink {
  void example(Example example);

  void rejected(RejectedRecord rejected);

  /** Receives why the run is refused. Records received before remain valid. */
  void refusal(Refusal refusal);
}
