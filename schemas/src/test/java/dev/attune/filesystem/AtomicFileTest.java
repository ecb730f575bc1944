package dev.attune.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void replacesAFileThatOthersCouldRead() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    AtomicFile.replace(file, FileMode.PRIVATE, "new".getBytes(StandardCharsets.UTF_8));

    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(names()).containsExactly("file");
  }

  /** Each writer looks for old temporary files while the others move theirs. */
  @Test
  void isReplacedByManyAtOnce() throws Exception {
    Path file = folder.resolve("file");
    Callable<Integer> writer =
        () -> {
          for (int i = 0; i < 300; i++) {
            AtomicFile.replace(file, FileMode.PRIVATE, new byte[] {'a'});
          }
          return 300;
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Integer> written : threads.invokeAll(Collections.nCopies(4, writer))) {
        assertThat(written.get()).isEqualTo(300);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(names()).containsExactly("file");
  }

  @Test
  void writesUnderANameThatNobodyCanGuess() throws Exception {
    Path file = folder.resolve("file");
    Set<Path> temporary = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      AtomicFile.replace(file, FileMode.PRIVATE, (AtomicFile.Content) temporary::add);
    }

    assertThat(temporary)
        .hasSize(3)
        .allSatisfy(
            path ->
                assertThat(path.getFileName().toString())
                    .matches("\\.file\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp"));
  }

  @Test
  void keepsTheOldFileAndNothingElseWhereWritingFails() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "old");

    assertThatThrownBy(
            () ->
                AtomicFile.replace(
                    file,
                    FileMode.PRIVATE,
                    temporary -> {
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");

    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("file");
  }

  @Test
  void removesWhatAKilledProcessLeft() throws Exception {
    Path old = Files.writeString(folder.resolve(".file.killed.tmp"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH.plus(Duration.ofDays(1))));
    Files.writeString(folder.resolve(".file.living.tmp"), "half");

    AtomicFile.replace(folder.resolve("file"), FileMode.PRIVATE, new byte[] {1});

    assertThat(names()).containsExactly(".file.living.tmp", "file");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
