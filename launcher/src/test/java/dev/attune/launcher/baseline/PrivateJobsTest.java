package dev.attune.launcher.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndException.Kind;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Jobs are for their owner alone and are not written through links. */
class PrivateJobsTest extends LocalBackEndInFolder {
  private Path jobs() {
    return folder.resolve("ledger/jobs");
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> paths = Files.walk(folder.resolve("ledger"))) {
      return paths.toList();
    }
  }

  @Test
  void keepsJobModelAndLocksForTheirOwnerAlone() throws Exception {
    String job = create(1).name();
    String endless = create(ENDLESS).name();
    backEnd.cancel(endless);
    // Both have ended: nothing is replaced while it is listed.
    assertThat(Watching.untilItEnds(backEnd, job).state()).isEqualTo(TuningJobState.SUCCEEDED);
    assertThat(Watching.untilItEnds(backEnd, endless).state()).isEqualTo(TuningJobState.CANCELLED);

    assertThat(all())
        .extracting(path -> path.getFileName().toString())
        .contains(".lock", "lock", "job.json", "model.tribuo", "cancel");
    assertThat(all())
        .allSatisfy(
            path ->
                assertThat(mode(path))
                    .as(path.toString())
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
  }

  @Test
  void refusesAFolderOfJobsThatIsALink() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createDirectory(folder.resolve("ledger"));
    Files.createSymbolicLink(jobs(), elsewhere);

    assertRefusedLink(fault(() -> create(1)), jobs());
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void refusesAJobFolderThatIsALink() throws Exception {
    BackEndJob job = Watching.untilItEnds(backEnd, create(1).name());
    Path moved = Files.move(jobs().resolve(job.name()), folder.resolve("moved"));
    Path link = Files.createSymbolicLink(jobs().resolve(job.name()), moved);
    List<Path> before;
    try (Stream<Path> files = Files.list(moved)) {
      before = files.toList();
    }

    assertRefusedLink(fault(() -> backEnd.get(job.name())), link);
    assertRefusedLink(fault(() -> backEnd.cancel(job.name())), link);
    assertThat(moved.toFile().listFiles()).hasSize(before.size());
  }

  @Test
  void beginsAJobUnderARandomNameAndRemovesWhatKilledOnesLeft() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("kept"), "kept");
    Files.createDirectories(jobs().resolve(".new"));
    Files.writeString(jobs().resolve(".new/job.json"), "{");
    Files.createSymbolicLink(jobs().resolve(".new.planted"), elsewhere);

    String job = create(1).name();

    assertThat(jobs().toFile().list()).containsExactlyInAnyOrder(".lock", job);
    assertThat(elsewhere.resolve("kept")).hasContent("kept");
  }

  private static void assertRefusedLink(BackEndException fault, Path link) {
    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault)
        .hasMessage(
            link
                + " is a symbolic link, and Attune does not write through links: remove it and run"
                + " again.");
  }
}
