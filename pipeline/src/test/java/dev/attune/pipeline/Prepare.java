package dev.attune.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs prepare in this process, and reads what it wrote. */
public final class Prepare {
  /** The local runner's checks of elements, which a user's run leaves out. */
  static final String[] ENFORCED = {
    "--localImmutabilityCheck=true", "--localEncodabilityCheck=true"
  };

  /** The same checks of Beam's direct runner. */
  static final String[] ENFORCED_BY_BEAM = {
    "--enforceImmutability=true", "--enforceEncodability=true"
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  private Prepare() {}

  static PrepareResult run(Path yaml, String runId, String... beamOptions)
      throws PrepareRefusedException, ConfigException {
    return run(yaml, runId, PrepareRunner.LOCAL, beamOptions);
  }

  static PrepareResult run(Path yaml, String runId, PrepareRunner runner, String... beamOptions)
      throws PrepareRefusedException, ConfigException {
    return PrepareDataset.run(
        new PrepareRequest(
            ConfigLoader.load(yaml), runId, null, Map.of(), runner, List.of(beamOptions), null),
        PrepareProgress.NONE);
  }

  /** Every line of a file, as JSON. */
  static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  static JsonNode json(Path file) throws IOException {
    return JSON.readTree(Files.readString(file));
  }

  public static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes of every file of a folder, and when it was changed. */
  static Map<String, String> state(Path folder) throws IOException {
    Map<String, String> state = new TreeMap<>();
    for (String name : names(folder)) {
      Path file = folder.resolve(name);
      FileTime changed = Files.getLastModifiedTime(file);
      state.put(name, changed + " " + Files.readString(file));
    }
    return state;
  }

  /** What stands in a folder, sorted. */
  static List<String> names(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static void deleteTree(Path root) throws IOException {
    Files.walkFileTree(
        root,
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
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
