package dev.attune.launcher.ledger.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerAccountTest {
  @TempDir private Path folder;
  private String url = "";

  @BeforeEach
  void place() {
    System.setProperty("h2.bindAddress", "127.0.0.1");
    url = url("ledger");
  }

  private String url(String name) {
    return "jdbc:h2:file:" + folder.resolve(name) + ";AUTO_SERVER=TRUE;WRITE_DELAY=0";
  }

  private PasswordFile passwordFile() {
    return new PasswordFile(folder.resolve("ledger.password"));
  }

  private LedgerAccount account() {
    return new LedgerAccount(url, folder.resolve("ledger.mv.db"), passwordFile(), () -> 0);
  }

  private String password() throws Exception {
    return Objects.requireNonNull(passwordFile().read());
  }

  /** A ledger from before there were passwords. */
  private void olderLedger() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        var statement = connection.createStatement()) {
      statement.execute("create table kept(x int)");
    }
  }

  private void assertOpensOnlyWithThePassword() throws Exception {
    assertRefused("");
    DriverManager.getConnection(url, "sa", password()).close();
  }

  private void assertRefused(String guess) {
    assertThatThrownBy(() -> DriverManager.getConnection(url, "sa", guess).close())
        .isInstanceOfSatisfying(
            SQLException.class,
            refused -> assertThat(refused.getSQLState()).isEqualTo(LedgerAccount.WRONG_PASSWORD));
  }

  private static void assertKept(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from kept")) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void givesANewLedgerARandomPasswordInAFileForItsOwnerAlone() throws Exception {
    account().getConnection().close();

    assertThat(folder.resolve("ledger.password")).content().matches("[0-9a-f]{64}\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("ledger.password"))))
        .isEqualTo("rw-------");
    assertThat(new PasswordFile(folder.resolve("other.password")).readOrCreate())
        .isNotEqualTo(password());
    assertOpensOnlyWithThePassword();
  }

  @Test
  void givesAnOlderLedgerAPasswordAtItsNextOpening() throws Exception {
    olderLedger();

    try (Connection connection = account().getConnection()) {
      assertKept(connection);
    }

    assertOpensOnlyWithThePassword();
    account().getConnection().close();
  }

  @Test
  void givesAPasswordToALedgerThatAnotherProcessHasOpen() throws Exception {
    olderLedger();
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dh2.bindAddress=127.0.0.1",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LedgerHolder.class.getName(),
                url)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
        OutputStream ask = holder.getOutputStream()) {
      assertThat(said.readLine()).isEqualTo("open");

      try (Connection connection = account().getConnection()) {
        assertKept(connection);
      }

      assertOpensOnlyWithThePassword();
      ask.write('?');
      ask.flush();
      assertThat(said.readLine()).isEqualTo("alive");
    } finally {
      assertThat(holder.waitFor()).isZero();
    }
    assertOpensOnlyWithThePassword();
  }

  @Test
  void opensWhereAProcessWasKilledBetweenTheFileAndTheLedger() throws Exception {
    String written = passwordFile().readOrCreate();
    olderLedger();

    account().getConnection().close();

    assertThat(password()).isEqualTo(written);
    assertOpensOnlyWithThePassword();
  }

  @Test
  void opensANewLedgerWhereAProcessWasKilledBeforeItMadeIt() throws Exception {
    String written = passwordFile().readOrCreate();

    account().getConnection().close();

    assertThat(password()).isEqualTo(written);
    assertOpensOnlyWithThePassword();
  }

  @Test
  void writesTheFileAnewWhereAProcessWasKilledWithinIt() throws Exception {
    Files.writeString(folder.resolve("ledger.password"), "0123456789abcdef");
    olderLedger();

    account().getConnection().close();

    assertOpensOnlyWithThePassword();
  }

  @Test
  void agreesOnOnePasswordWhereSeveralOpenAtOnce() throws Exception {
    olderLedger();
    int several = 6;
    CountDownLatch begin = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(several);
    try {
      List<Future<Boolean>> opened = new ArrayList<>();
      for (int i = 0; i < several; i++) {
        Callable<Boolean> open =
            () -> {
              begin.await();
              try (Connection connection = account().getConnection()) {
                assertKept(connection);
                return connection.isValid(1);
              }
            };
        opened.add(threads.submit(open));
      }
      begin.countDown();
      for (Future<Boolean> each : opened) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertOpensOnlyWithThePassword();
  }

  @Test
  void setsNoPasswordInALedgerThatForgotWhatItHad() throws Exception {
    olderLedger();
    LedgerAccount account =
        new LedgerAccount(
            url, folder.resolve("ledger.mv.db"), passwordFile(), () -> Long.MAX_VALUE);

    assertThatThrownBy(account::getConnection)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("90030"));

    DriverManager.getConnection(url, "sa", "").close();
    assertThat(folder.resolve("ledger.password")).doesNotExist();
  }

  @Test
  void writesNoPasswordThroughALink() throws Exception {
    Path link = folder.resolve("ledger.password");
    Files.createSymbolicLink(link, folder.resolve("planted"));

    assertThatThrownBy(() -> account().getConnection())
        .isInstanceOf(PasswordFileException.class)
        .hasMessage(
            link
                + " is a symbolic link, and Attune does not write through links: remove it and run"
                + " again.");
    assertThat(folder.resolve("planted")).doesNotExist();
  }
}
