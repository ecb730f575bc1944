package dev.attune.pipeline.run;

import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareStage;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.FeedbackDatabase;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.source.file.FoundFiles;
import dev.attune.pipeline.source.file.InputFile;
import dev.attune.pipeline.source.named.NamedSources;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The look at the sources before the pipeline is built, which takes long where they are large. */
final class SourceLook {
  private final PrepareRequest request;
  private final PrepareProgress progress;
  private final long bytes;
  private final AtomicLong read = new AtomicLong();

  /**
   * A look that tells how far it is.
   *
   * @param named all files that are surveyed
   */
  SourceLook(PrepareRequest request, NamedSources named, PrepareProgress progress) {
    this.request = request;
    this.progress = progress;
    this.bytes = named.observations().bytes() + named.generated().bytes();
  }

  FeedbackPlan database(Feedback feedback) throws SourceException {
    progress.at(PrepareStage.DATABASE, -1, 0);
    return FeedbackDatabase.of(feedback, request.config().folder(), request.environment())
        .inspect();
  }

  List<InputFile> survey(FoundFiles files) throws SourceException {
    return files.survey(more -> progress.at(PrepareStage.SURVEY, read.addAndGet(more), bytes));
  }
}
