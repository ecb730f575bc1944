package dev.attune.pipeline.source.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.file.ReadSink;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.place.Place;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The detail of a rejected sample has keys and types, never a value. */
class GeneratedDetailsTest {
  private static final String MISSING = "A required field is absent, null or blank.";
  private static final String SHAPE = "A field has another type or shape than the schema's.";
  private static final String TIME =
      "Field: createdAt. Expected an ISO-8601 time such as 2024-03-01T10:00:30+01:00";

  @TempDir Path folder;
  private final List<String> kept = new ArrayList<>();
  private final List<String> details = new ArrayList<>();

  @Test
  void namesWhatIsWrongWithSamplesOfOtherTools() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(
            getClass().getResourceAsStream("GeneratedDetailsTest/generated-langfuse.jsonl"))) {
      Files.copy(in, folder.resolve("a.jsonl"));
    }
    read();
    assertThat(kept).containsExactly("generated:t3", "generated:t11");
    assertThat(details)
        .containsExactly(
            "1 " + MISSING + " Field: prompt. Unknown key: \"input\".",
            "2 " + SHAPE + " Unknown key: \"metadata\".",
            "4 " + MISSING + " Field: id. Unknown key: \"messages\".",
            "5 " + MISSING + " Field: id. Unknown key: \"contents\".",
            "6 " + SHAPE + " Field: turns[1].role. Expected \"model\".",
            "7 " + SHAPE + " Field: quality. Expected a number from 0 to 10, found text.",
            "8 " + SHAPE + " Field: quality. Expected a value or no such key, found null.",
            "9 " + SHAPE + " " + TIME + ".",
            "10 " + SHAPE + " " + TIME + ", found a number.");
  }

  @Test
  void anIdOfAnotherTypeIsNotMissing() throws Exception {
    Files.writeString(
        folder.resolve("a.jsonl"),
        """
        {"id":true,"prompt":"p","response":"r"}
        {"id":" ","prompt":"p","response":"r"}
        """);
    read();
    assertThat(details)
        .containsExactly(
            "1 " + SHAPE + " Field: id. Expected text, found true or false.",
            "2 " + MISSING + " Field: id.");
  }

  @Test
  void quotesAtMost64CharactersOfAKeyAndNoControls() throws Exception {
    Files.writeString(
        folder.resolve("a.jsonl"),
        "{\"id\":1,\"prompt\":\"p\",\"response\":\"r\",\""
            + "k\\u0007".repeat(40)
            + "\":\"secret\"}\n[\"secret\"]\n"
            + "{\"id\":1,\"id\":2,\"prompt\":\"secret\",\"response\":\"r\"}\n");
    read();
    assertThat(details)
        .containsExactly(
            "1 " + SHAPE + " Unknown key: \"" + "k\ufffd".repeat(32) + "…\".",
            "2 " + SHAPE + " Expected an object, found a list.",
            "3 The record cannot be parsed. Field: id. It appears twice.");
  }

  private void read() throws Exception {
    Files.writeString(
        folder.resolve("attune.yaml"),
        """
        dataset: made
        task: conversation
        sources: {generated: {files: ["*.jsonl"]}}
        """);
    var config = ConfigLoader.load(folder.resolve("attune.yaml")).dataset();
    List<InputFile> files =
        InputFiles.locate(List.of("*.jsonl"), Place.of(folder), ReadGenerated.fileTypes());
    var ranges = ReadGenerated.from(config, files);
    ranges.read(files.get(0).ranges().get(0), new Kept());
  }

  private final class Kept implements ReadSink {
    @Override
    public void example(Example example) {
      kept.add(example.id());
    }

    @Override
    public void rejected(RejectedRecord rejected) {
      String line = rejected.location().substring("a.jsonl:".length());
      details.add(line + " " + rejected.detail());
    }

    @Override
    public void refusal(Refusal refusal) {
      throw new AssertionError(refusal);
    }
  }
}
