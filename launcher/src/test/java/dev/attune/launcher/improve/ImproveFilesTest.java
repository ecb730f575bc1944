package dev.attune.launcher.improve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.improve.RowResult.Improved;
import dev.attune.launcher.improve.RowResult.Unacceptable;
import dev.attune.launcher.improve.RowResult.Verdict;
import dev.attune.pipeline.stage.RowVersion;
import dev.attune.pipeline.stage.UnimprovedRow;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImproveFilesTest {
  private static final String A = "a".repeat(32);
  private static final String B = "b".repeat(32);

  @TempDir private Path folder;
  private Shell shell = new TestShell(Path.of("/")).shell();

  @BeforeEach
  void createShell() {
    shell = new TestShell(folder).shell();
  }

  @Test
  void areTheSameBytesWhateverTheOrderAndPrivate() throws Exception {
    List<RowResult> results = results();
    ImproveFiles.Written written = files().write(results, "setup", shell);
    Path improved = Objects.requireNonNull(written.improved()).local();
    Path rejected = Objects.requireNonNull(written.rejected()).local();
    String bytes = Files.readString(improved) + Files.readString(rejected);
    Collections.reverse(results);

    ImproveFiles.Written again = files().write(results, "setup", shell);

    assertThat(again).isEqualTo(written);
    assertThat(Files.readString(improved))
        .isEqualTo(
            """
            {"id":"1","response":"Better \\"one\\".","model":"m-1","basis":"%s","judge":{"model":"j-1","better":true,"commentHeeded":true,"sameFamily":false}}
            """
                .formatted(A));
    assertThat(Files.readString(rejected))
        .isEqualTo(
            """
            {"id":"2","basis":"%s","reason":"CUT_OFF","model":"m-1","setup":"setup","kept":1}
            """
                .formatted(B));
    assertThat(Files.readString(improved) + Files.readString(rejected)).isEqualTo(bytes);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(improved)))
        .isEqualTo("rw-------");
  }

  @Test
  void rejectionsCountOnceTheImprovementsOfTheirRunAreThere() throws Exception {
    ImproveFiles.Written written = files().write(results(), "setup", shell);

    assertThat(files().rejectedBefore("setup")).containsExactly(new RowVersion("2", B));
    assertThat(files().rejectedBefore("other")).isEmpty();
    Files.delete(Objects.requireNonNull(written.improved()).local());
    assertThat(files().rejectedBefore("setup")).isEmpty();
  }

  @Test
  void rejectionsOfARunWithoutImprovementsCount() throws Exception {
    ImproveFiles.Written written = files().write(results().subList(1, 2), "setup", shell);

    assertThat(written.improved()).isNull();
    assertThat(files().rejectedBefore("setup")).containsExactly(new RowVersion("2", B));
  }

  @Test
  void aDamagedRejectionDoesNotCount() throws Exception {
    Files.createDirectory(folder.resolve("better"));
    Files.writeString(folder.resolve("better/x.rejected.jsonl"), "{\"id\": \"2\",\n\n[]\n");

    assertThat(files().rejectedBefore("setup")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"better/mine.jsonl", "better/my-*.jsonl", "better/*/x*.jsonl"})
  void refusesAPatternThatWouldNotFindThem(String pattern) {
    assertThat(
            catchThrowableOfType(
                CommandFailure.class, () -> ImproveFiles.of(pattern, Place.of(folder))))
        .hasMessageContaining("sources.feedback.improvements is " + pattern);
  }

  private ImproveFiles files() throws CommandFailure, IOException {
    return ImproveFiles.of("better/*.jsonl", Place.of(folder));
  }

  private static List<RowResult> results() {
    return new ArrayList<>(
        List.of(
            new Improved(
                new UnimprovedRow("1", A, "p", "a", "c"),
                "Better \"one\".",
                "m-1",
                new Verdict("j-1", true, true, false)),
            new Unacceptable(
                new UnimprovedRow("2", B, "p", "a", "c"), AnswerFault.CUT_OFF, "m-1")));
  }
}
