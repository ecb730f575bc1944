package dev.attune.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small file system in memory, mounted at a new folder until it is closed. Skips the test if this
 * user may not mount.
 */
public final class SmallDisk implements AutoCloseable {
  private static final int MORE_THAN_FITS = 300_000;

  private final Path folder;

  /** Creates the folder and mounts a file system of a size such as {@code 256k}. */
  public SmallDisk(Path folder, String size) throws IOException {
    this.folder = Files.createDirectories(folder);
    assumeThat(
            run("mount", "-t", "tmpfs", "-o", "mode=700,size=" + size, "tmpfs", folder.toString()))
        .as("this user may mount a file system")
        .isZero();
  }

  /** Returns the folder at which the disk is mounted. */
  public Path folder() {
    return folder;
  }

  /** Writes a file until a disk of 256 KB is full, and returns it. */
  public Path fill() {
    Path filler = folder.resolve("filler");
    assertThatThrownBy(() -> Files.write(filler, new byte[MORE_THAN_FITS]))
        .isInstanceOf(IOException.class);
    return filler;
  }

  /** Gives the disk another size, such as {@code 40m}. */
  public void resize(String size) {
    assertThat(run("mount", "-o", "remount,size=" + size, folder.toString())).isZero();
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .start()
          .onExit()
          .join()
          .exitValue();
    } catch (IOException e) {
      return -1; // There is no such program.
    }
  }

  @Override
  public void close() {
    assertThat(run("umount", folder.toString())).isZero();
  }
}
