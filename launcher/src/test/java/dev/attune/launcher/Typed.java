package dev.attune.launcher;

import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetPreparation;
import dev.attune.launcher.dataset.DatasetPreparation.Pipeline;
import java.nio.file.Path;
import java.util.List;

/**
 * What came of typing something.
 *
 * @param exit the exit code
 * @param out what stood on stdout
 * @param err the lines of stderr
 * @param both the lines of both in the order of time
 */
record Typed(int exit, String out, List<String> err, List<String> both) {
  /** Types {@code attune args} in a directory that is also the clone. */
  static Typed attune(Path directory, Pipeline pipeline, String... args) {
    return attune(new TestShell(directory), pipeline, args);
  }

  /** Types it in a shell of its own. */
  static Typed attune(TestShell shell, Pipeline pipeline, String... args) {
    Path directory = shell.shell().directory();
    int exit =
        Main.commandLine(shell.shell(), new DatasetPreparation(shell.shell(), pipeline), directory)
            .execute(args);
    return new Typed(exit, shell.out(), shell.err(), shell.both());
  }

  String lastLine() {
    return err.get(err.size() - 1);
  }
}
