package dev.attune.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {
  @Test
  void namesClassAndMessageOfWhatNobodyForesaw() {
    assertThat(Diagnosis.of(new IllegalStateException("a\n  b.")))
        .isEqualTo(
            "Internal error: IllegalStateException: a b; run with --stacktrace for details.");
    assertThat(Diagnosis.of(new IllegalStateException()))
        .isEqualTo("Internal error: IllegalStateException; run with --stacktrace for details.");
  }

  @Test
  void repeatsTheSentenceOfWhatWasForeseen() {
    assertThat(Diagnosis.of(new IllegalStateException(new Lost())))
        .isEqualTo("The ledger was lost; run again.");
  }

  /** A failure with a sentence of its own. */
  private static final class Lost extends RuntimeException implements ExplainedFailure {
    private static final long serialVersionUID = 1L;

    Lost() {
      super("The ledger was lost; run again.");
    }
  }

  @Test
  void saysThatTheDiskIsFullAndWhereHoweverDeepItIsBuried() {
    IOException full = new FileSystemException("/data/out", null, "No space left on device");
    assertThat(Diagnosis.of(new IllegalStateException(new UncheckedIOException(full))))
        .isEqualTo("The disk is full at /data/out: make room and run again.");
    assertThat(Diagnosis.of(new IOException("No space left on device")))
        .startsWith("The disk is full, either at the output directory or at ");
  }

  @Test
  void saysWhatToDoWhenMemoryRunsOut() {
    assertThat(Diagnosis.of(new IllegalStateException(new OutOfMemoryError("Java heap space"))))
        .isEqualTo(
            "Java ran out of memory: run again with a larger heap, e.g. ATTUNE_JAVA_OPTS=-Xmx8g.");
  }

  @Test
  void saysWhatThePermissionsOfAFileDoNotAllowAndFailsWithoutAFaultOfItsOwn() {
    IOException denied = new AccessDeniedException("/build/demo");
    IllegalStateException buried = new IllegalStateException(new UncheckedIOException(denied));
    assertThat(Diagnosis.of(buried))
        .isEqualTo(
            "Cannot read or write /build/demo: access is denied; change its permissions, or name"
                + " another place.");
    assertThat(Diagnosis.code(buried)).isEqualTo(FailureCode.FILE);
  }

  @Test
  void saysThatAFileStandsWhereAFolderWasExpected(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("build"));
    IOException below =
        catchThrowableOfType(IOException.class, () -> Files.createFile(file.resolve("demo")));
    assertThat(Diagnosis.of(below))
        .startsWith("Cannot read or write " + file + "/demo: a file is where a folder");
    assertThat(Diagnosis.code(below)).isEqualTo(FailureCode.FILE);
    IOException same = catchThrowableOfType(IOException.class, () -> Files.createDirectories(file));
    assertThat(Diagnosis.of(same))
        .isEqualTo("Cannot write " + file + ": it already exists; move it and run again.");
    assertThat(Diagnosis.of(new NoSuchFileException("x"))).startsWith("Internal error: ");
  }

  @Test
  void endsOnACycleOfCauses() {
    IllegalStateException first = new IllegalStateException("first");
    IllegalStateException second = new IllegalStateException("second", first);
    first.initCause(second);
    assertThat(Diagnosis.of(first)).startsWith("Internal error: IllegalStateException: first");
  }

  @Test
  void cutsLongMessages() {
    assertThat(Diagnosis.of(new IllegalStateException("x".repeat(10_000))))
        .hasSizeLessThan(400)
        .contains("…");
  }
}
