package dev.attune.bench.measure;

import dev.attune.bench.limit.LimitProgram;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory with a generated input and the output of the measured programs. */
final class BenchFolder {
  private final Path folder;

  BenchFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  /** Measures prepare and deletes the dataset that it made. */
  ProcessUsage prepare(BenchProgram runner, String heap, List<String> javaOptions)
      throws IOException, InterruptedException {
    Path datasets = folder.resolve("datasets");
    deleteTree(datasets);
    List<String> command = JavaCommand.asPrepare(heap, javaOptions, "dev.attune.launcher.Main");
    command.addAll(List.of("prepare", "--config", folder.resolve("attune.yaml").toString()));
    command.addAll(List.of("--runner", runner.key(), "--json"));
    ProcessUsage measured = ProcessUsage.run(command, folder.resolve(runner.key() + ".log"));
    deleteTree(datasets);
    return measured;
  }

  /** Measures the limit program and deletes the files that it made. */
  ProcessUsage limit(String heap, List<String> javaOptions)
      throws IOException, InterruptedException {
    Path output = folder.resolve("limit");
    deleteTree(output);
    List<String> command = JavaCommand.asPrepare(heap, javaOptions, LimitProgram.class.getName());
    command.addAll(List.of("--config", folder.resolve("attune.yaml").toString()));
    command.addAll(List.of("--output", output.toString()));
    ProcessUsage measured = ProcessUsage.run(command, folder.resolve("limit.log"));
    deleteTree(output);
    return measured;
  }

  /** Runs a generator in a process, unless the input exists. Replaces an incomplete input. */
  void generate(Class<?> generator, List<String> arguments)
      throws IOException, InterruptedException {
    if (Files.exists(folder.resolve("expected.json"))) {
      return;
    }
    System.err.println("Generating " + folder);
    deleteTree(folder);
    List<String> command = new ArrayList<>(JavaCommand.of("1g", List.of(), generator.getName()));
    command.add(folder.toString());
    command.addAll(arguments);
    Path parent = folder.toAbsolutePath().getParent();
    Files.createDirectories(parent == null ? folder : parent);
    ProcessUsage.run(command, folder.resolveSibling("generate.log"));
  }

  static void deleteTree(Path tree) throws IOException {
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
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
