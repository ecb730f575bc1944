package dev.attune.pipeline.write.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.OutputFormat;
import dev.attune.config.Task;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.text.NormalForm;
import dev.attune.pipeline.write.part.ExamplePart;
import dev.attune.pipeline.write.part.LineageFrame;
import dev.attune.pipeline.write.part.SplitStatistics;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearAcrossTest {
  private static final String LONG = "She counted the \"red\" ones\nand then the blue ones";

  private static final Key128 NOBODY = new Key128(0, 0);

  @TempDir Path folder;
  private final List<ExamplePart> parts = new ArrayList<>();
  private final LeftOutByContent leftOut = new LeftOutByContent();
  private boolean carried;
  private boolean common;

  @Test
  void countsTrainingExamplesThatAreNearOneOfValidation() throws IOException {
    part(Split.VALIDATION, OutputFormat.GEMINI, LONG, "Something else was said");
    part(Split.TRAINING, OutputFormat.GEMINI, LONG + " twice", "Nothing like it");
    part(Split.TRAINING, OutputFormat.GEMINI, LONG.toUpperCase(Locale.ROOT));
    assertThat(count(OutputFormat.GEMINI, Task.CLASSIFICATION, 0.8)).isEqualTo(2);
    assertThat(count(OutputFormat.GEMINI, Task.CLASSIFICATION, 0.9)).isEqualTo(1);
  }

  @Test
  void comparesThePromptsAndTheWholeTextsOfConversations() throws IOException {
    part(Split.VALIDATION, OutputFormat.OPENAI, LONG);
    // The prompts are equal with any answers; a text with one more word is near from 0.8 on.
    part(Split.TRAINING, OutputFormat.OPENAI, LONG);
    part(Split.TRAINING, OutputFormat.OPENAI, LONG + " twice");
    assertThat(count(OutputFormat.OPENAI, Task.CONVERSATION, 0.8)).isEqualTo(2);
    assertThat(count(OutputFormat.OPENAI, Task.CONVERSATION, 0.9)).isEqualTo(1);
  }

  @Test
  void leavesOutWhatTheTemplateOfAValidationExampleHas() throws IOException {
    part(Split.VALIDATION, OutputFormat.OPENAI, LONG + " once");
    part(Split.TRAINING, OutputFormat.OPENAI, LONG + " twice", LONG + " once");
    assertThat(count(OutputFormat.OPENAI, Task.CONVERSATION, 0.8)).isEqualTo(2);
    leftOut.put(content(LONG + " once"), LeftOut.NONE.and(Shingles.of(NormalForm.of(LONG))));
    assertThat(count(OutputFormat.OPENAI, Task.CONVERSATION, 0.8)).isEqualTo(1);
  }

  @Test
  void countsNeitherTwoCarriedExamplesNorCommonOnes() throws IOException {
    carried = true;
    part(Split.VALIDATION, OutputFormat.GEMINI, LONG);
    part(Split.TRAINING, OutputFormat.GEMINI, LONG);
    assertThat(count(OutputFormat.GEMINI, Task.CLASSIFICATION, 0.8)).isZero();
    carried = false;
    part(Split.TRAINING, OutputFormat.GEMINI, LONG);
    assertThat(count(OutputFormat.GEMINI, Task.CLASSIFICATION, 0.8)).isEqualTo(1);
    common = true;
    part(Split.TRAINING, OutputFormat.GEMINI, LONG);
    assertThat(count(OutputFormat.GEMINI, Task.CLASSIFICATION, 0.8)).isEqualTo(1);
  }

  @Test
  void findsNothingWithoutValidation() throws IOException {
    part(Split.TRAINING, OutputFormat.GEMINI, LONG, LONG);
    assertThat(count(OutputFormat.GEMINI, Task.CLASSIFICATION, 0.8)).isZero();
  }

  private long count(OutputFormat format, Task task, double similarity) throws IOException {
    Long near =
        new SplitProof(
                new SplitProof.Rules(task, format, new Similarity(similarity)),
                temporary(),
                CommonPrompts.NONE,
                leftOut)
            .measure(parts)
            .near();
    return near == null ? -1 : near;
  }

  private void part(Split split, OutputFormat format, String... prompts) throws IOException {
    String name = "lines-" + parts.size();
    Tally tally = Tally.none(split.fileName());
    long bytes = 0;
    try (OutputStream out = temporary().create(name);
        OutputStream frames = temporary().create("frames-" + name)) {
      for (String prompt : prompts) {
        String answer = "answer" + parts.size();
        byte[] line =
            ExampleFormats.of(format)
                .encode(new ExampleLine(null, List.of(Turn.user(prompt), Turn.model(answer))));
        out.write(line);
        out.write('\n');
        bytes += line.length + 1;
        tally = tally.plus(prompt);
        LineageFrame.CODER.encode(
            new LineageFrame(NOBODY, content(prompt), carried, common, new Line(new byte[0])),
            frames);
      }
    }
    parts.add(
        new ExamplePart(
            parts.size(),
            split,
            name,
            "frames-" + name,
            bytes,
            tally,
            Tally.none(split.fileName()),
            new SplitStatistics()));
  }

  private static Key128 content(String prompt) {
    return new Key128(0, prompt.hashCode());
  }

  private TemporaryFolder temporary() {
    return new TemporaryFolder(folder + "/");
  }
}
