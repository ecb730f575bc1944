package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.pipeline.run.LocalRunFolder;
import dev.attune.pipeline.run.flink.FlinkConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read what a run writes, and that it does not write through links. */
class PublishedModesTest {
  @TempDir Path folder;
  private Path yaml = Path.of("");
  private Path out = Path.of("");
  private Path runs = Path.of("");

  @BeforeEach
  void writeInput() throws IOException {
    out = folder.resolve("out");
    runs = out.resolve("answers");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      lines.append(
          "{\"id\":%d,\"prompt\":\"Ask %d\",\"response\":\"Say %d\"}\n".formatted(i, i, i));
    }
    Prepare.write(folder.resolve("samples.jsonl"), lines.toString());
    configure("{directory: out}");
  }

  private void configure(String output) throws IOException {
    yaml =
        Prepare.write(
            folder.resolve("attune.yaml"),
            """
            dataset: answers
            task: conversation
            sources: {generated: {files: [samples.jsonl]}}
            quality: {minimum: 0}
            output: %s
            """
                .formatted(output));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> modesOfFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.sorted().toList();
      assertThat(all).isNotEmpty();
      return all.stream().map(PublishedModesTest::quietMode).distinct().toList();
    }
  }

  private static String quietMode(Path path) {
    try {
      return mode(path);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void publishesForTheOwnerAlone() throws Exception {
    Prepare.run(yaml, "one");

    assertThat(List.of(mode(out), mode(runs), mode(runs.resolve("one")))).containsOnly("rwx------");
    assertThat(modesOfFiles(runs.resolve("one"))).containsExactly("rw-------");
    assertThat(mode(runs.resolve(".attune.lock"))).isEqualTo("rw-------");
  }

  @Test
  void publishesForEverybodyWhereTheModeIsShared() throws Exception {
    configure("{directory: out, mode: shared}");

    Prepare.run(yaml, "one");

    assertThat(List.of(mode(out), mode(runs), mode(runs.resolve("one")))).containsOnly("rwxr-xr-x");
    assertThat(modesOfFiles(runs.resolve("one"))).containsExactly("rw-r--r--");
    assertThat(mode(runs.resolve(".attune.lock"))).isEqualTo("rw-------");
  }

  @Test
  void leavesTheUsersOwnFolderAsItIsAndClosesAnOlderLock() throws Exception {
    Files.createDirectories(runs);
    Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxrwxr-x"));
    Path lock = Files.createFile(runs.resolve(".attune.lock"));
    Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));

    Prepare.run(yaml, "one");

    assertThat(mode(out)).isEqualTo("rwxrwxr-x");
    assertThat(mode(runs.resolve("one"))).isEqualTo("rwx------");
    assertThat(mode(lock)).isEqualTo("rw-------");
  }

  @Test
  void keepsWhatARefusedRunRejectedForTheOwnerAlone() throws Exception {
    Prepare.write(folder.resolve("samples.jsonl"), "{\"id\":1,\"prompt\":\" \"}\n");

    assertThatThrownBy(() -> Prepare.run(yaml, "one")).isInstanceOf(PrepareRefusedException.class);

    assertThat(Prepare.names(runs.resolve("one"))).containsExactly("rejected.jsonl", "report.html");
    assertThat(modesOfFiles(runs.resolve("one"))).containsExactly("rw-------");
    assertThat(mode(runs.resolve("one"))).isEqualTo("rwx------");
  }

  @Test
  void worksInAPrivateFolderOfARandomNameAlsoWhereTheModeIsShared() throws Exception {
    try (LocalRunFolder run = LocalRunFolder.open(runs, "one", FileMode.SHARED)) {
      assertThat(mode(run.temporary())).isEqualTo("rwx------");
      assertThat(run.temporary().getFileName().toString())
          .matches("\\.tmp\\.one\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

      PipelineOptions flink = RunnerOptions.of(List.of(), PrepareRunner.FLINK);
      FlinkConfiguration.apply(flink, run.temporary());
      assertThat(mode(run.temporary().resolve("flink"))).isEqualTo("rwx------");
      assertThat(mode(run.temporary().resolve("flink/config.yaml"))).isEqualTo("rw-------");
    }
  }

  @Test
  void refusesARunFolderThatIsALink() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createDirectories(runs);
    assertRefusedLink(Files.createSymbolicLink(runs.resolve("one"), elsewhere));
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void refusesADatasetFolderAndALockFileThatAreLinks() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createDirectory(out);
    assertRefusedLink(Files.createSymbolicLink(runs, elsewhere));
    assertThat(elsewhere).isEmptyDirectory();

    Files.delete(runs);
    Files.createDirectory(runs);
    Path lock = runs.resolve(".attune.lock");
    assertRefusedLink(Files.createSymbolicLink(lock, elsewhere.resolve("made")));
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void refusesADatasetFolderInWhichOthersCouldExchangeFiles() throws Exception {
    Files.createDirectories(runs);
    Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessage(
            runs
                + " can be written by every user of the machine, who could replace files that this"
                + " user writes there: take that right away (chmod o-w), or name another place in"
                + " output.directory.");
    assertThat(runs).isEmptyDirectory();
  }

  private void assertRefusedLink(Path link) {
    assertThatThrownBy(() -> Prepare.run(yaml, "one"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessage(
            link
                + " is a symbolic link, and Attune does not write through links: remove it and run"
                + " again.");
  }

  @Test
  void allowsTheOutputDirectoryToBeALink() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("large-disk"));
    Files.createSymbolicLink(out, disk);

    Prepare.run(yaml, "one");

    assertThat(disk.resolve("answers/one/manifest.json")).isRegularFile();
  }
}
