package dev.attune.launcher.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other users of the machine can do with an H2 ledger: nothing. */
class PrivateLedgerTest {
  @TempDir private Path folder;

  private Ledger open() throws CommandFailure {
    return LedgerKind.H2.open(folder, new TestShell(folder).shell());
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  @Test
  void keepsAllOfItForItsOwnerAloneAlsoWhereItWasOpenToAll() throws Exception {
    open().close();
    Files.createFile(folder.resolve("ledger.trace.db"));
    for (String file : new String[] {"ledger.mv.db", "ledger.trace.db", "ledger.password"}) {
      Files.setPosixFilePermissions(
          folder.resolve(file), PosixFilePermissions.fromString("rw-r--r--"));
    }
    Files.setPosixFilePermissions(
        folder.resolve("ledger.files"), PosixFilePermissions.fromString("rwxr-xr-x"));

    try (Ledger ledger = open()) {
      assertThat(ledger.jobs().all()).isEmpty();
      assertThat(mode("ledger.mv.db")).isEqualTo("rw-------");
      assertThat(mode("ledger.lock.db")).isEqualTo("rw-------");
      assertThat(mode("ledger.trace.db")).isEqualTo("rw-------");
      assertThat(mode("ledger.password")).isEqualTo("rw-------");
      assertThat(mode("ledger.files")).isEqualTo("rwx------");
    }
  }

  @Test
  void saysWhatToDoWhereThePasswordIsLostOrAnother() throws Exception {
    open().close();
    Path password = folder.resolve("ledger.password");
    Path ledger = folder.resolve("ledger.mv.db");
    String kept = Files.readString(password);

    Files.delete(password);
    assertRefused(
        "The ledger %s has a password, and %s is not there: restore that file from the copy that"
            + " the ledger is from.",
        ledger, password);
    assertThat(password).doesNotExist();

    Files.writeString(password, "a".repeat(64) + "\n");
    assertRefused(
        "The ledger %s has another password than %s says: restore that file from the copy that the"
            + " ledger is from.",
        ledger, password);
    assertThat(password).hasContent("a".repeat(64));

    Files.writeString(password, kept);
    open().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger.mv.db", "ledger.password", "ledger.lock.db"})
  void refusesOneThatAnotherUserUses(String file) throws Exception {
    open().close();
    Path theirs = folder.resolve(file);
    if (!Files.exists(theirs)) {
      Files.createFile(theirs);
    }
    UserPrincipal me = Files.getOwner(theirs);
    giveAway(theirs);
    byte[] before = Files.readAllBytes(theirs);

    assertRefused(
        "The ledger %s is used by nobody, and this is "
            + me.getName()
            + ": an H2 ledger is for one user of a machine. For several users put it into"
            + " PostgreSQL (ledger.jdbcUrl).",
        folder.resolve("ledger.mv.db"));
    assertThatThrownBy(
            () -> Ledger.openExisting(LedgerKind.H2.config(folder), new TestShell(folder).shell()))
        .hasMessageContaining(" is used by nobody, ");
    assertThat(theirs).hasBinaryContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger.mv.db", "ledger.lock.db", "ledger.trace.db"})
  void refusesALinkOfAnotherUserAlsoToNothing(String file) throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(folder.resolve(file), elsewhere.resolve("planted.mv.db"));
    boolean given = false;
    try {
      Files.setAttribute(link, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
      given = true;
    } catch (IOException e) {
      // This user is not root.
    }
    assumeThat(given).as("this user may give links to nobody").isTrue();

    assertRefused(
        "%s is a symbolic link of nobody, and only links of the user who runs Attune, or of root,"
            + " are followed: remove it and run again.",
        link);
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("elsewhere", "attune.yaml", file);
  }

  @Test
  void followsALinkOfThisUser() throws Exception {
    open().close();
    Path ledger = folder.resolve("ledger.mv.db");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path real = Files.move(ledger, elsewhere.resolve("real.mv.db"));
    Files.createSymbolicLink(ledger, real);
    open().close();
    assertThat(ledger).isSymbolicLink();
  }

  @Test
  void refusesOneThatAnotherUserCouldExchange() throws Exception {
    open().close();
    Path ledger = folder.resolve("ledger.mv.db");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefused(
        "Another user could put another file in the place of the ledger %s, because everybody may"
            + " write in %s; name a ledger in a folder that only you can write in ledger.jdbcUrl.",
        ledger, folder);

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
    open().close();

    giveAway(folder);
    assertThatThrownBy(this::open)
        .hasMessageContaining(
            ", because " + folder + " belongs to nobody, and the current user is ");
  }

  private static void giveAway(Path file) {
    boolean given = false;
    try {
      Files.setOwner(
          file,
          file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
      given = true;
    } catch (IOException e) {
      // There is no such user, or this one is not root.
    }
    assumeThat(given).as("this user may give files to nobody").isTrue();
  }

  private void assertRefused(String sentence, Path... places) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            CommandFailure.class,
            refused -> assertThat(refused.code().exit()).isEqualTo(ExitCode.REFUSED))
        .hasMessage(sentence.formatted((Object[]) places));
  }
}
