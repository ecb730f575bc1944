package dev.attune.launcher.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.TestShell;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
  @TempDir private Path folder;

  private Path file = Path.of("");

  @BeforeEach
  void start() {
    file = folder.resolve(".env");
  }

  private EnvFile env() {
    return EnvFile.at(Place.of(file), new TestShell(folder).shell());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void makesAFileForItsOwnerAlone() throws Exception {
    assertThat(env().modelId()).isEmpty();
    assertThat(env().set("local:a-1")).isTrue();

    assertThat(file).hasContent("FINETUNED_MODEL_ID=local:a-1\n");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(env().modelId()).contains("local:a-1");
    assertThat(names()).containsExactly(".env");
  }

  @Test
  void keepsTheModeAndLeavesNothingBehind() throws Exception {
    Files.writeString(file, "SECRET=s\n");
    for (String mode : List.of("rw-r-----", "rwxrw-r--", "rw-------")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThat(env().set("local:" + mode.length() + mode.hashCode())).isTrue();
      assertThat(mode(file)).isEqualTo(mode);
    }
    assertThat(Files.readString(file)).startsWith("SECRET=s\nFINETUNED_MODEL_ID=local:");
    assertThat(names()).containsExactly(".env");
  }

  @Test
  void keepsTheOwnerWhereItMay() throws Exception {
    Files.writeString(file, "SECRET=s\n");
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    UserPrincipal nobody =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("65534");
    try {
      view.setOwner(nobody);
    } catch (FileSystemException e) {
      assumeTrue(false, "only root may give files away");
    }
    env().set("local:a-1");

    assertThat(Files.getOwner(file)).isEqualTo(nobody);
  }

  @Test
  void doesNotTouchAFileThatSaysSoAlready() throws Exception {
    Files.writeString(file, "FINETUNED_MODEL_ID='local:a-1'");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1000));

    assertThat(env().set("local:a-1")).isFalse();
    assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1000);
  }

  @Test
  void checksThatItCanBeSetWithoutAChange() throws Exception {
    env().requireWritable();
    assertThat(names()).isEmpty();
    Files.writeString(file, "A=1\n");
    env().requireWritable();
    assertThat(file).hasContent("A=1\n");
    assertThat(names()).containsExactly(".env");
  }

  @Test
  void followsALinkAndLetsItStand() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path target = Files.writeString(elsewhere.resolve("settings"), "A=1\n");
    Files.createSymbolicLink(folder.resolve("other"), Path.of("elsewhere/settings"));
    Files.createSymbolicLink(file, Path.of("other"));
    env().set("local:a-1");

    assertThat(Files.readSymbolicLink(file)).isEqualTo(Path.of("other"));
    assertThat(target).hasContent("A=1\nFINETUNED_MODEL_ID=local:a-1\n");
  }

  @Test
  void followsNoLinkOfAnotherUser() throws Exception {
    Path target = Files.writeString(folder.resolve("settings"), "A=1\n");
    Files.createSymbolicLink(file, target);
    boolean given = false;
    try {
      Files.setAttribute(file, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
      given = true;
    } catch (FileSystemException e) {
      // This user is not root.
    }
    assumeTrue(given, "this user may give links to nobody");
    assertThatThrownBy(() -> env().set("local:a-1"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(".env is a symbolic link of nobody, ");
    assertThat(target).hasContent("A=1");
  }

  @Test
  void refusesALinkToNothing() throws Exception {
    Files.createSymbolicLink(file, Path.of("nowhere"));
    assertThatThrownBy(() -> env().set("local:a-1"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            ".env is a link to nowhere, which does not exist: create that file, or remove the"
                + " link.");
  }

  @Test
  void refusesWhatIsNoEnvFile() throws Exception {
    Files.createDirectory(file);
    assertRefused(".env is not an env file");
    Files.delete(file);
    Files.write(file, new byte[] {'A', 0, '=', 0});
    assertRefused(".env is not an env file");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertRefused(".env is not an env file");
    file = folder.resolve("none/.env");
    assertRefused("The folder of none/.env, which promotion.envFile names, does not exist");
  }

  @Test
  void refusesWhatIsWriteProtected() throws Exception {
    Files.writeString(file, "A=1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assumeTrue(!Files.isWritable(file), "root may write everywhere");
    assertRefused(".env is write-protected");
    assertThat(file).hasContent("A=1\n");
  }

  @Test
  void saysThatTheFolderTakesNoFile() throws Exception {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    file = Files.writeString(closed.resolve(".env"), "A=1\n");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
    try {
      assumeTrue(!Files.isWritable(closed), "root may write everywhere");
      assertRefused("The folder of closed/.env is write-protected");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void removesWhatKilledProcessesLeftButNotWhatALivingOneHas() throws Exception {
    Path old = Files.writeString(folder.resolve("..env.123.tmp"), "SECRET=s\n");
    Files.setLastModifiedTime(
        old, FileTime.from(Files.getLastModifiedTime(old).toInstant().minus(Duration.ofHours(1))));
    Path living = Files.writeString(folder.resolve("..env.456.tmp"), "SECRET=s\n");
    Files.writeString(folder.resolve(".env.local"), "B=1\n");
    env().set("local:a-1");

    assertThat(names()).containsExactly(living.getFileName().toString(), ".env", ".env.local");
  }

  @Test
  void isAlwaysWholeForWhoeverReadsIt() throws Exception {
    String rest = "PADDING=" + "x".repeat(100_000) + "\nLAST=1\n";
    Files.writeString(file, rest);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (String model : List.of("local:a-1", "local:b-1")) {
        work.add(
            () -> {
              int done = 0;
              for (int i = 0; i < 20; i++) {
                done += env().set(model + i) ? 1 : 0;
              }
              return done;
            });
      }
      work.add(
          () -> {
            for (int i = 0; i < 200; i++) {
              assertThat(Files.readString(file)).startsWith(rest);
            }
            return 20;
          });
      for (Future<Integer> done : threads.invokeAll(work, 60, TimeUnit.SECONDS)) {
        assertThat(done.get()).isEqualTo(20);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(names()).containsExactly(".env");
  }

  private void assertRefused(String sentence) {
    assertThatThrownBy(() -> env().set("local:a-1"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(sentence);
  }
}
