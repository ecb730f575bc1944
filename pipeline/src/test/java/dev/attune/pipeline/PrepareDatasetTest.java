package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.ConfigLoader;
import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.run.DraftManifest;
import dev.attune.pipeline.run.JoinsInTests;
import dev.attune.pipeline.run.LocalRunFolder;
import dev.attune.pipeline.run.PreparePlan;
import dev.attune.pipeline.run.PublicationPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareDatasetTest {
  private static final List<String> SMALL_VIEWS =
      List.of(
          "Read/Limit generated/FindFirst/View.AsIterable",
          "Read/Limit generated/ViewFirst",
          "JoinPrompts/ViewCommon",
          "AssignSplit/ViewChosen",
          "AssignSplit/ViewPlan",
          "AssignSplit/RemoveNearPairs/ViewValidation",
          "AssignSplit/RemoveNearPairs/ViewTexts",
          "AssignSplit/ViewPlanWithout");

  @TempDir Path folder;

  /**
   * The DirectRunner may wait for ever for a side input that is empty (Gather has the reason). So
   * each of these has an element in every run, and another view belongs here only if it has.
   */
  @Test
  void hasNoSideInputThatMayBeEmpty() throws Exception {
    List<String> views = new ArrayList<>(SMALL_VIEWS);
    views.add("DropDuplicates/DropNear/FindNeighbourhoods/ViewRoots");
    views.add("AssignSplit/FindUnits/ViewRoots");
    assertThat(views(pipeline())).containsExactlyInAnyOrderElementsOf(views);
  }

  /** Their bounds are in docs/dataflow.md; whoever adds a view adds it there. */
  @Test
  void hasNoSideInputThatGrowsWhereRecordsAreJoinedByKey() throws Exception {
    JoinsInTests.byKey();
    try {
      List<String> views = new ArrayList<>(SMALL_VIEWS);
      views.add("AssignSplit/ViewNode");
      views.add("AssignSplit/ViewAsked");
      assertThat(views(pipeline())).containsExactlyInAnyOrderElementsOf(views);
    } finally {
      JoinsInTests.reset();
    }
  }

  private Pipeline pipeline() throws Exception {
    Prepare.write(folder.resolve("s.jsonl"), "{\"id\":1,\"prompt\":\"a\",\"response\":\"b\"}\n");
    Path yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            """
            dataset: answers
            task: conversation
            sources: {generated: {files: [s.jsonl]}}
            """);
    Pipeline pipeline = Pipeline.create();
    PreparePlan plan =
        PreparePlan.of(
            new PrepareRequest(
                ConfigLoader.load(yaml), "one", 5L, Map.of(), PrepareRunner.LOCAL, List.of(), null),
            PrepareProgress.NONE);
    try (LocalRunFolder run = LocalRunFolder.open(folder.resolve("out"), "one", FileMode.PRIVATE)) {
      PrepareDataset.build(
          pipeline, plan, PublicationPlan.of(plan, DraftManifest.of(plan, "one"), run));
    }
    return pipeline;
  }

  private static List<String> views(Pipeline pipeline) {
    List<String> views = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            PTransform<?, ?> transform = node.getTransform();
            if (transform != null
                && transform.getClass().getName().startsWith(View.class.getName() + "$As")) {
              views.add(node.getFullName());
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    return views;
  }

  /** The first method that a reader opens stays on one screen. */
  @Test
  void isATableOfContents() throws IOException {
    assertNames(
        "  public static void build(SourceOutput read, PrepareSpec spec) {",
        List.of(
            "Redact",
            "Check",
            "Score",
            "Encode",
            "JoinPrompts",
            "DropDuplicates",
            "AssignSplit",
            "Write"));
  }

  private static void assertNames(String method, List<String> stages) throws IOException {
    List<String> source =
        Files.readAllLines(Path.of("src/main/java/dev/attune/pipeline/PrepareDataset.java"));
    int first = source.indexOf(method);
    assertThat(first).isPositive();
    int last = first + source.subList(first, source.size()).indexOf("  }");
    assertThat(last - first + 1).isBetween(10, 59);
    for (String stage : stages) {
      assertThat(source.subList(first, last)).anyMatch(line -> line.contains("\"" + stage + "\""));
    }
  }
}
