package dev.attune.pipeline.source.file.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.pipeline.source.file.find.PatternWalk.WalkException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A walk ends with any links in the tree. */
class PatternWalkTest {
  private static final int FOLDERS = 12;

  @TempDir Path folder;

  @Test
  void endsInATreeOfLinksThatHasNoEnd() throws Exception {
    Files.writeString(folder.resolve("a.csv"), "x");
    for (int i = 0; i < FOLDERS; i++) {
      Path here = Files.createDirectory(folder.resolve("d" + i));
      for (int j = 0; j < FOLDERS; j++) {
        Files.createSymbolicLink(here.resolve("to" + j), Path.of("../d" + j));
      }
    }
    assertThatThrownBy(() -> PatternWalk.find(folder, "**/*.csv", 5_000))
        .isInstanceOf(WalkException.class)
        .hasMessage(
            "Files of **/*.csv cannot be found: there are more than 5,000 files and folders;"
                + " use a narrower pattern, or remove links that lead back.");
    assertThat(PatternWalk.find(folder, "*.csv")).containsExactly(folder.resolve("a.csv"));
    assertThat(PatternWalk.find(folder, "*/*/a.csv", 5_000)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void entersNoFileSystemOfTheKernelThroughALink() throws Exception {
    Files.writeString(folder.resolve("a.csv"), "x");
    Files.createSymbolicLink(folder.resolve("system"), Path.of("/proc"));

    assertThatThrownBy(() -> PatternWalk.find(folder, "**/*.csv"))
        .isInstanceOf(WalkException.class)
        .hasMessage(
            "Files of **/*.csv cannot be found: system leads into the file system proc, which"
                + " has no input files; use a narrower pattern, or remove that link.");
    assertThat(PatternWalk.find(folder, "*.csv")).containsExactly(folder.resolve("a.csv"));
  }
}
