package dev.attune.launcher.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.FileTree;
import dev.attune.filesystem.LockFile;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import dev.attune.schema.CanonicalJson;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder build/demo/ of a clone. The sample has the same relative path in it as in the clone,
 * so that the relative paths in its attune.yaml are valid in both. Each demo copies the input again
 * and keeps datasets, ledger, evaluations and .env.
 *
 * @param home the clone
 * @param root build/demo/ in it
 */
public record DemoFolder(Path home, Path root) {
  private static final Path SAMPLE = Path.of("data", "bank-questions");

  /** Folder of the sample with the input that only the second act uses. */
  private static final String SECOND_ACT = "second-act";

  public static DemoFolder of(Path home) {
    return new DemoFolder(home, home.resolve("build").resolve("demo"));
  }

  public Path config() {
    return root.resolve(SAMPLE).resolve("attune.yaml");
  }

  /** Returns the evaluation pages of a dataset of the demo, sorted; empty if there are none. */
  List<Path> evaluationPages(String dataset, String runId) throws IOException {
    Path models = root.resolve("evaluations").resolve(dataset).resolve(runId);
    if (!Files.isDirectory(models)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(models)) {
      return folders
          .map(model -> model.resolve("evaluation.html"))
          .filter(Files::exists)
          .sorted()
          .toList();
    }
  }

  /**
   * Locks the folder: two demos at once would overwrite and delete each other's input.
   *
   * @param shell formats the folder in the message
   * @throws CommandFailure if another demo runs in it, or Attune does not run from a clone
   */
  public LockFile lock(Shell shell) throws IOException, CommandFailure {
    requireSample();
    FileMode.PRIVATE.createFolders(root);
    LockFile lock = LockFile.tryLock(root.resolve(".lock"));
    if (lock == null) {
      throw new CommandFailure(
          FailureCode.FILE, Messages.of("launcher.demo.busy", shell.show(root)));
    }
    return lock;
  }

  private Path requireSample() throws CommandFailure {
    Path sample = home.resolve(SAMPLE);
    if (!Files.isDirectory(sample)) {
      throw new CommandFailure(FailureCode.FILE, Messages.of("launcher.demo.no-sample", sample));
    }
    return sample;
  }

  /** Copies the sample and makes the feedback database. */
  public void layFirstAct() throws IOException, SQLException, CommandFailure {
    Path sample = requireSample();
    Path input = root.resolve(SAMPLE);
    FileTree.delete(input);
    copyTree(sample, input);
    // The sample's own puts into ../../build/ what it makes; here that is build/demo/ itself.
    String yaml = Files.readString(config()).replace("../../build/", "../../");
    Files.writeString(config(), yaml);
    runScript(sample.resolve("feedback").resolve("feedback.sql"));
  }

  /**
   * Lays the input of the first act with what arrived since: rows in the feedback database, and
   * better answers for those with a low rating.
   */
  public void laySecondAct() throws IOException, SQLException, CommandFailure {
    layFirstAct();
    Path arrived = home.resolve(SAMPLE).resolve(SECOND_ACT);
    runScript(arrived.resolve("feedback.sql"));
    copyTree(arrived.resolve("improvements"), root.resolve(SAMPLE).resolve("improvements"));
  }

  /**
   * The outcome of the first act, if it was played to its end: a demo that goes on after an
   * interruption begins with the second.
   */
  public Optional<ObjectNode> firstAct() throws IOException {
    Path file = firstActFile();
    return Files.exists(file)
        ? Optional.of(new ObjectMapper().readValue(file.toFile(), ObjectNode.class))
        : Optional.empty();
  }

  /** Keeps the outcome of the first act. */
  public void keepFirstAct(ObjectNode outcome) throws IOException {
    AtomicFile.replace(firstActFile(), FileMode.PRIVATE, CanonicalJson.pretty(outcome));
  }

  /** Returns whether the second act was completed. */
  public boolean isSecondActPlayed() {
    return Files.exists(secondActFile());
  }

  /** Keeps the outcome of the second act. */
  public void keepSecondAct(ObjectNode outcome) throws IOException {
    AtomicFile.replace(secondActFile(), FileMode.PRIVATE, CanonicalJson.pretty(outcome));
  }

  private Path secondActFile() {
    return root.resolve("second-act.json");
  }

  private Path firstActFile() {
    return root.resolve("first-act.json");
  }

  /** Runs SQL in the database that attune.yaml names: H2's own user, without a password. */
  private void runScript(Path script) throws SQLException {
    Path database = root.resolve(SAMPLE).resolve("feedback-db").resolve("feedback");
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + database.toAbsolutePath(), "sa", "");
        PreparedStatement run = connection.prepareStatement("RUNSCRIPT FROM ? CHARSET 'UTF-8'")) {
      run.setString(1, script.toString());
      run.execute();
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (folder.endsWith(SECOND_ACT)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            FileMode.PRIVATE.createFolders(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try (OutputStream out =
                FileMode.PRIVATE.create(to.resolve(from.relativize(file).toString()))) {
              Files.copy(file, out);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
