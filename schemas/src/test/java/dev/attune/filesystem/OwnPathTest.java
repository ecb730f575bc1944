package dev.attune.filesystem;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another user of the machine can plant where Attune has files and folders of its own. */
class OwnPathTest {
  private static final int NOBODY = 65534;
  private static final int OPEN = 0777;
  private static final int OPEN_AND_STICKY = 01777;

  @TempDir private Path folder;

  private static Path givenAway(Path path) {
    boolean given = false;
    try {
      Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
      given = true;
    } catch (IOException e) {
      // This user is not root.
    }
    assumeThat(given).as("this user may give files to nobody").isTrue();
    return path;
  }

  @Test
  void refusesAFolderOfAnotherUser() throws Exception {
    Path theirs = givenAway(Files.createDirectory(folder.resolve("theirs")));
    assertThatThrownBy(() -> OwnPath.requireFolder(theirs, "output.directory"))
        .isInstanceOf(UnsafePathException.class)
        .hasMessage(
            theirs
                + " belongs to nobody, who could replace files that this user writes there: name"
                + " another place in output.directory.");
  }

  @Test
  void refusesAFolderThatAllMayWriteUnlessItIsSticky() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setAttribute(open, "unix:mode", OPEN);
    assertThatThrownBy(() -> OwnPath.requireFolder(open, "output.directory"))
        .isInstanceOf(UnsafePathException.class)
        .hasMessageContaining("can be written by every user of the machine");
    Files.setAttribute(open, "unix:mode", OPEN_AND_STICKY);
    assertThatCode(() -> OwnPath.requireFolder(open, "output.directory"))
        .doesNotThrowAnyException();
  }

  @Test
  void allowsAFolderThatItsGroupMayWriteAndOneThatIsNotThere() throws Exception {
    Path group = Files.createDirectory(folder.resolve("group"));
    Files.setPosixFilePermissions(group, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThatCode(() -> OwnPath.requireFolder(group, "output.directory"))
        .doesNotThrowAnyException();
    assertThatCode(() -> OwnPath.requireFolder(folder.resolve("none"), "output.directory"))
        .doesNotThrowAnyException();
  }

  @Test
  void followsItsOwnLinksAndNoneOfAnotherUser() throws Exception {
    Path theirs = givenAway(Files.createSymbolicLink(folder.resolve("theirs"), Path.of("none")));
    Path mine = Files.createSymbolicLink(folder.resolve("mine"), Path.of("none"));
    Path chain = Files.createSymbolicLink(folder.resolve("chain"), Path.of("theirs"));

    assertThatCode(() -> OwnPath.requireRegularOrOwnLink(mine)).doesNotThrowAnyException();
    for (Path link : new Path[] {theirs, chain}) {
      assertThatThrownBy(() -> OwnPath.requireRegularOrOwnLink(link))
          .isInstanceOf(UnsafePathException.class)
          .hasMessage(
              theirs
                  + " is a symbolic link of nobody, and only links of the user who runs Attune, or"
                  + " of root, are followed: remove it and run again.");
    }
  }

  @Test
  void opensNoPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeThat(made.waitFor()).as("mkfifo").isZero();
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> FileMode.PRIVATE.open(pipe))
                .isInstanceOf(UnsafePathException.class)
                .hasMessage(pipe + " is not a regular file: remove it and run again."));
  }
}
