package dev.attune.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileModeTest {
  @TempDir private Path folder;

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void createsFoldersForTheirOwnerAloneOrForEverybody() throws Exception {
    FileMode.PRIVATE.createFolders(folder.resolve("a/b"));
    FileMode.SHARED.createFolders(folder.resolve("c/d"));

    assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("c"))).isEqualTo("rwxr-xr-x");
    assertThat(mode(folder.resolve("c/d"))).isEqualTo("rwxr-xr-x");
  }

  @Test
  void leavesAFolderThatExistsAsItIs() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));

    FileMode.PRIVATE.createFolders(open.resolve("inside"));

    assertThat(mode(open)).isEqualTo("rwxrwxr-x");
    assertThat(mode(open.resolve("inside"))).isEqualTo("rwx------");
  }

  @Test
  void createsAFileOnce() throws Exception {
    Path file = folder.resolve("file");
    try (OutputStream out = FileMode.PRIVATE.create(file)) {
      out.write(1);
    }

    assertThat(mode(file)).isEqualTo("rw-------");
    assertThatThrownBy(() -> FileMode.PRIVATE.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void followsNoLinkThatStandsInThePlaceOfAFile() throws Exception {
    Path victim = Files.writeString(folder.resolve("victim"), "kept");
    Path link = Files.createSymbolicLink(folder.resolve("link"), victim);
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("made"));

    assertThatThrownBy(() -> FileMode.PRIVATE.open(link)).isInstanceOf(SymbolicLinkException.class);
    assertThatThrownBy(() -> FileMode.PRIVATE.create(dangling))
        .isInstanceOf(SymbolicLinkException.class);
    AtomicFile.replace(link, FileMode.PRIVATE, new byte[] {1});

    assertThat(victim).hasContent("kept");
    assertThat(folder.resolve("made")).doesNotExist();
    assertThat(link).isRegularFile().hasBinaryContent(new byte[] {1});
    assertThat(Files.isSymbolicLink(link)).isFalse();
  }

  @Test
  void closesAFileThatWasOpenToAll() throws Exception {
    Path file = Files.writeString(folder.resolve("old"), "kept");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    try (FileChannel channel = FileMode.PRIVATE.open(file)) {
      assertThat(channel.size()).isEqualTo(4);
    }

    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void refusesALinkBelowTheBaseAndAllowsTheBaseToBeOne() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path base = Files.createSymbolicLink(folder.resolve("base"), real);

    assertThat(FileMode.PRIVATE.createFolders(base, List.of("set", "run"))).isDirectory();
    Path planted = Files.createSymbolicLink(base.resolve("planted"), folder);

    assertThatThrownBy(() -> FileMode.PRIVATE.createFolders(base, List.of("planted", "run")))
        .isInstanceOf(SymbolicLinkException.class)
        .hasMessage(
            planted
                + " is a symbolic link, and Attune does not write through links: remove it and run"
                + " again.");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
