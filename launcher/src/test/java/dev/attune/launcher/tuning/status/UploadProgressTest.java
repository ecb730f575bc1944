package dev.attune.launcher.tuning.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.console.SteppedTicker;
import dev.attune.launcher.console.TestShell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UploadProgressTest {
  private final TestShell shell = new TestShell(Path.of("/"));
  private final SteppedTicker time = new SteppedTicker();

  @Test
  void showsTheBytesOfEachFile() {
    try (UploadProgress staging = new UploadProgress(time.with(shell.shell()))) {
      staging.at("Uploading train.jsonl to gs://bucket", 0, 120_000_000);
      time.pass(2);
      staging.at("Uploading train.jsonl to gs://bucket", 12_000_000, 120_000_000);
      time.pass(1);
      staging.at("Uploading valid.jsonl to gs://bucket", 0, 900);
      time.pass(2);
    }
    time.pass(20);

    assertThat(shell.err())
        .containsExactly(
            "Uploading train.jsonl to gs://bucket: 12 of 120 MB, 4.0 MB a second, 27 s left;"
                + " next: tune");
  }
}
