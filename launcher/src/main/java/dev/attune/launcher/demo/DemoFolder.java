package dev.attune.launcher.demo;

import dev.attune.files.FileMode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * build/demo/ of a clone. Sample data and taxonomy lie in it as they lie in the clone, so that the
 * sample's attune.yaml, whose paths are relative, holds in both places. The input is laid anew
 * every time; datasets, ledger, evaluations and .env stay.
 *
 * @param home the clone
 * @param root build/demo/ in it
 */
record DemoFolder(Path home, Path root) {
  private static final Path SAMPLE = Path.of("data", "childcare");
  private static final Path TAXONOMY =
      Path.of("taxonomy/src/main/resources/dev/attune/taxonomy/learningdomains.json");

  static DemoFolder of(Path home) {
    return new DemoFolder(home, home.resolve("build").resolve("demo"));
  }

  Path config() {
    return root.resolve(SAMPLE).resolve("attune.yaml");
  }

  /** Copies sample and taxonomy, and makes the feedback database. */
  void lay() throws IOException, SQLException, CommandFailure {
    Path sample = home.resolve(SAMPLE);
    if (!Files.isDirectory(sample)) {
      throw new CommandFailure(
          FailureCode.FILE,
          sample
              + " is not there: run attune demo from a clone of Attune, by its script ./attune.");
    }
    deleteTree(root.resolve(SAMPLE));
    copyTree(sample, root.resolve(SAMPLE));
    // The sample's own puts into ../../build/ what it makes; here that is build/demo/ itself.
    String yaml = Files.readString(config()).replace("../../build/", "../../");
    Files.writeString(config(), yaml);
    Path taxonomy = root.resolve(TAXONOMY);
    deleteTree(taxonomy);
    copyTree(home.resolve(TAXONOMY), taxonomy);
    makeDatabase(root.resolve(SAMPLE));
  }

  /** The database that the sample's attune.yaml names: H2's own user, without a password. */
  private static void makeDatabase(Path input) throws SQLException {
    Path database = input.resolve("feedback-db").resolve("feedback");
    Path script = input.resolve("feedback").resolve("feedback.sql");
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + database.toAbsolutePath(), "sa", "");
        PreparedStatement run = connection.prepareStatement("RUNSCRIPT FROM ? CHARSET 'UTF-8'")) {
      run.setString(1, script.toString());
      run.execute();
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Path parent = to.getParent();
    if (parent != null) {
      FileMode.PRIVATE.createFolders(parent);
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            FileMode.PRIVATE.createFolders(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path copy = from.equals(file) ? to : to.resolve(from.relativize(file).toString());
            try (OutputStream out = FileMode.PRIVATE.create(copy)) {
              Files.copy(file, out);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
