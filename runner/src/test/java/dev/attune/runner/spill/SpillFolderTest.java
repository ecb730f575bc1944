package dev.attune.runner.spill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFolderTest {
  @TempDir Path parent;

  @Test
  void deletesFoldersWhoseProcessHasEnded() throws IOException {
    Path left = Files.createDirectory(parent.resolve("beam-local-1"));
    Files.writeString(left.resolve("1.spill"), "x");
    Files.createFile(parent.resolve("beam-local-1.lock"));
    Path other = Files.createDirectory(parent.resolve("other"));
    SpillFolder.deleteAbandoned(parent);
    assertThat(parent).isDirectoryNotContaining(path -> !path.equals(other));
  }

  @Test
  void keepsFoldersInUse() throws IOException {
    try (SpillFolder folder = new SpillFolder(parent)) {
      SpillFile file = folder.newFile();
      file.append("abc".getBytes(java.nio.charset.StandardCharsets.UTF_8), 3);
      SpillFolder.deleteAbandoned(parent);
      assertThat(file.read(0)).asString().isEqualTo("abc");
      file.close();
    }
    assertThat(parent).isEmptyDirectory();
  }

  /** Does in another process what a run there does first. */
  static final class OtherProcess {
    private OtherProcess() {}

    /** Deletes abandoned folders in the folder that is the argument. */
    public static void main(String[] arguments) throws IOException {
      SpillFolder.deleteAbandoned(Path.of(arguments[0]));
    }
  }

  @Test
  void keepsFoldersInUseByAProcessWithSeveralRuns() throws IOException, InterruptedException {
    try (SpillFolder folder = new SpillFolder(parent)) {
      folder.newFile();
      // A second run of this process must not give up the lock of the first.
      SpillFolder.deleteAbandoned(parent);
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherProcess.class.getName(),
                  parent.toString())
              .inheritIO()
              .start();
      assertThat(other.waitFor()).isZero();
      assertThat(parent).isDirectoryContaining(Files::isDirectory);
      folder.newFile();
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void writesAndReadsInAnInterruptedThread() throws IOException {
    try (SpillFolder folder = new SpillFolder(parent)) {
      SpillFile file = folder.newFile();
      Thread.currentThread().interrupt();
      file.append(new byte[] {1, 2, 3}, 3);
      assertThat(file.read(0)).containsExactly(1, 2, 3);
      assertThat(Thread.interrupted()).isTrue();
      file.close();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void restoresCompressedBlocks() throws IOException {
    try (SpillFolder folder = new SpillFolder(parent)) {
      SpillFile file = folder.newFile();
      byte[] zeros = new byte[100_000];
      zeros[99_999] = 1;
      file.append(zeros, zeros.length);
      assertThat(file.end()).isLessThan(10_000);
      long second = file.end();
      file.append(new byte[] {1, 2, 3}, 2);
      assertThat(file.read(0)).isEqualTo(zeros);
      assertThat(file.next(0)).isEqualTo(second);
      assertThat(file.read(second)).containsExactly(1, 2);
      file.close();
    }
  }
}
