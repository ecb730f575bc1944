package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.ConfigLoader;
import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.run.DraftManifest;
import dev.attune.pipeline.run.PreparePlan;
import dev.attune.pipeline.run.PublicationPlan;
import dev.attune.pipeline.run.RunFolder;
import dev.attune.pipeline.write.Outcome;
import dev.attune.pipeline.write.Publication;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import dev.attune.place.StorageClient;
import dev.attune.testing.gcs.ServedBucket;
import dev.attune.testing.gcs.StubCall.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Parts in the bucket, for workers in other processes. */
@Timeout(120)
class BucketPartsTest {
  @TempDir private Path folder;

  @Test
  void assemblesTheDatasetInTheBucketAndRemovesTheParts() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      lines.append(
          "{\"id\":%d,\"prompt\":\"Ask %d\",\"response\":\"Say %d\"}\n".formatted(i, i, i));
    }
    Prepare.write(folder.resolve("samples.jsonl"), lines.toString());
    Path yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            """
            dataset: answers
            task: conversation
            sources: {generated: {files: [samples.jsonl]}}
            quality: {minimum: 0}
            output: {directory: out}
            """);
    Path local = Prepare.run(yaml, "one").directory().local();
    try (ServedBucket served =
        ServedBucket.start("bkt-a", StorageClient.ENDPOINT, StorageClient::configure)) {
      Outcome outcome = run(yaml);
      assertThat(outcome.kind()).isEqualTo(Outcome.Kind.PUBLISHED);
      assertThat(served.stub().count(Kind.REWRITE)).isEqualTo(6);
      assertThat(served.bucket().names(""))
          .containsExactly(
              "out/answers/one/lineage.jsonl",
              "out/answers/one/manifest.json",
              "out/answers/one/rejected.jsonl",
              "out/answers/one/report.html",
              "out/answers/one/train.jsonl",
              "out/answers/one/valid.jsonl");
      for (String name : Prepare.names(local)) {
        assertThat(served.bucket().read("out/answers/one/" + name))
            .as(name)
            .isEqualTo(Files.readAllBytes(local.resolve(name)));
      }
    }
  }

  private Outcome run(Path yaml) throws Exception {
    PreparePlan plan =
        PreparePlan.of(
            new PrepareRequest(
                ConfigLoader.load(yaml),
                "one",
                null,
                Map.of(),
                PrepareRunner.LOCAL,
                List.of(),
                null),
            PrepareProgress.NONE);
    Place datasets = new ObjectPlace("bkt-a", "out/answers");
    try (RunFolder run =
        RunFolder.open(
            datasets,
            "one",
            FileMode.PRIVATE,
            new RunFolder.Workers(Files.createDirectory(folder.resolve("disk")), true),
            PrepareProgress.NONE)) {
      assertThat(run.parts().path()).startsWith("gs://bkt-a/out/answers/.tmp.one.");
      Pipeline pipeline =
          Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=LocalRunner").create());
      Publication publication = PublicationPlan.of(plan, DraftManifest.of(plan, "one"), run);
      PrepareDataset.build(pipeline, plan, publication);
      pipeline.run().waitUntilFinish();
      return Outcome.read(publication.temporary());
    }
  }
}
