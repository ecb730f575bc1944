package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.SnappyInputStream;

/**
 * Unpacks the whole pipeline that is submitted to Dataflow and looks for what must not be in it.
 */
@Timeout(120)
class SubmittedPipelineTest {
  private static final String VARIABLE = "PATH";

  @TempDir private Path folder;
  private SubmittedRuns runs;

  @BeforeEach
  void start() throws IOException {
    runs = new SubmittedRuns(folder);
  }

  @AfterEach
  void stop() {
    runs.close();
  }

  @Test
  void hasNoSecretAndNoPathOfThisMachine() throws Exception {
    runs.run();
    String pipeline =
        runs.bucket.names("tmp/staging/").stream()
            .filter(name -> name.endsWith(".pb"))
            .findFirst()
            .orElseThrow();
    RunnerApi.Pipeline graph = RunnerApi.Pipeline.parseFrom(runs.bucket.read(pipeline));

    List<String> texts = new ArrayList<>();
    texts.add(runs.service.jobs().get(0).received().toString());
    add(graph.toByteArray(), texts);
    int unpacked = 0;
    for (RunnerApi.PTransform step : graph.getComponents().getTransformsMap().values()) {
      unpacked += unpack(step.getSpec().getPayload().toByteArray(), texts) ? 1 : 0;
    }
    assertThat(graph.getComponents().getTransformsMap()).hasSizeGreaterThan(100);
    assertThat(unpacked).isGreaterThan(50);

    TreeSet<String> found = new TreeSet<>();
    for (String text : texts) {
      for (String unwanted :
          List.of(
              folder.toString(),
              String.valueOf(System.getProperty("user.dir")),
              String.valueOf(System.getenv(VARIABLE)))) {
        int at = text.indexOf(unwanted);
        if (at >= 0) {
          found.add(text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 120)));
        }
      }
    }
    assertThat(found).isEmpty();
    assertThat(texts).anyMatch(text -> text.contains("gs://bkt-a/out/answers/"));
  }

  /** Adds every form of a payload; returns whether it had a DoFn or a source. */
  private static boolean unpack(byte[] payload, List<String> to) {
    boolean any = add(payload, to);
    try {
      RunnerApi.ParDoPayload step = RunnerApi.ParDoPayload.parseFrom(payload);
      any |= add(step.getDoFn().getPayload().toByteArray(), to);
      for (Map.Entry<String, RunnerApi.SideInput> side : step.getSideInputsMap().entrySet()) {
        any |= add(side.getValue().getViewFn().getPayload().toByteArray(), to);
      }
    } catch (IOException e) {
      return any; // another kind of payload
    }
    return any;
  }

  /** Adds bytes as they are and unpacked; returns whether they were packed. */
  private static boolean add(byte[] bytes, List<String> to) {
    to.add(new String(bytes, StandardCharsets.ISO_8859_1));
    try (InputStream in = new SnappyInputStream(new ByteArrayInputStream(bytes))) {
      to.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
      return bytes.length > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
