package dev.attune.pipeline.run;

import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.DatasetConfig;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.report.ReportData.SourceRow;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.write.Publication;
import dev.attune.pipeline.write.destination.DatasetTarget;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.pipeline.write.proof.SplitProof;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.schema.DatasetManifest.SourceFiles;
import dev.attune.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.List;

/** Builds the instructions for the last stage, which publishes the dataset. */
public final class PublicationPlan {
  private PublicationPlan() {}

  public static Publication of(PreparePlan plan, DatasetManifest draft, RunFolder folder) {
    return of(plan, draft, folder.target(), folder.parts());
  }

  /**
   * Returns the instructions of a run.
   *
   * @param parts a folder which all workers reach
   */
  static Publication of(
      PreparePlan plan, DatasetManifest draft, DatasetTarget target, TemporaryFolder parts) {
    DatasetConfig dataset = plan.config().dataset();
    DuplicateRule rule = dataset.rules().duplicates();
    Taxonomy taxonomy = plan.categories();
    return new Publication(
        draft,
        taxonomy == null
            ? List.of()
            : taxonomy.categories().stream()
                .map(category -> new Publication.CategoryName(category.id(), category.name()))
                .toList(),
        sourceRows(plan, draft.sources()),
        dataset.rules().limits().rejectedFraction(),
        new SplitProof.Rules(
            dataset.task(),
            dataset.output().format(),
            rule.near() ? new Similarity(rule.similarity()) : null),
        target,
        parts);
  }

  private static List<SourceRow> sourceRows(PreparePlan plan, DatasetManifest.Sources sources) {
    List<SourceRow> rows = new ArrayList<>();
    DatasetManifest.FeedbackRows feedback = sources.feedback();
    FeedbackPlan database = plan.feedback();
    if (feedback != null && database != null) {
      String watermark = watermark(feedback.watermark());
      rows.add(new SourceRow(SourceName.FEEDBACK.key(), database.place(), null, watermark));
      addFiles(SourceName.FEEDBACK, feedback.improvements(), rows);
    }
    SourceFiles observations = sources.observations();
    addFiles(
        SourceName.OBSERVATIONS, observations == null ? List.of() : observations.files(), rows);
    SourceFiles generated = sources.generated();
    addFiles(SourceName.GENERATED, generated == null ? List.of() : generated.files(), rows);
    return rows;
  }

  private static String watermark(DatasetManifest.Watermark watermark) {
    return watermark.rows()
        + " rows, up to id "
        + watermark.greatestId()
        + (watermark.greatestTime() == null ? "" : " and " + watermark.greatestTime());
  }

  private static void addFiles(SourceName source, List<SourceFile> files, List<SourceRow> to) {
    for (SourceFile file : files) {
      to.add(new SourceRow(source.key(), file.name(), file.bytes(), file.content()));
    }
  }
}
