package dev.attune.launcher.improve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.bytes.Sha256;
import dev.attune.filesystem.AtomicFile;
import dev.attune.filesystem.FileMode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.improve.RowResult.Improved;
import dev.attune.launcher.improve.RowResult.Unacceptable;
import dev.attune.launcher.improve.RowResult.Verdict;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.feedback.improvement.ImprovementFiles;
import dev.attune.pipeline.stage.RowVersion;
import dev.attune.place.CloudStorage;
import dev.attune.place.LocalPlace;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of one folder: {@code <run>.jsonl} has improvements, {@code <run>.rejected.jsonl} the
 * rows without an acceptable answer. The run's name is a hash of both contents.
 *
 * <p>The file of improvements is written last. Each line of the other says how many improvements
 * its run has; until they are there, its lines do not count. So a run that is killed between the
 * two writes both files again, with the same bytes.
 */
final class ImproveFiles {
  private static final String IMPROVED = ".jsonl";
  private static final int NAME_DIGITS = 12;
  private static final String ANY_NAME = "0".repeat(NAME_DIGITS) + IMPROVED;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Place folder;

  private ImproveFiles(Place folder) {
    this.folder = folder;
  }

  /**
   * Returns the files of a pattern's folder.
   *
   * @param pattern of {@code sources.feedback.improvements}, or its default
   * @param base the folder of attune.yaml
   * @throws CommandFailure if files that are written there would not match the pattern
   */
  static ImproveFiles of(String pattern, Place base) throws CommandFailure, IOException {
    return new ImproveFiles(
        ImprovementFiles.folderFor(pattern, base, ANY_NAME)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        FailureCode.CONFIGURATION,
                        Messages.of("launcher.improve.pattern", pattern))));
  }

  /**
   * The written files.
   *
   * @param improved of the improvements, or null if there are none
   * @param rejected of the other rows, or null if there are none
   */
  record Written(@Nullable Place improved, @Nullable Place rejected) {}

  /**
   * Returns the versions of rows that were rejected before in the same way of asking.
   *
   * @param setup hash of everything but the row that decides what is asked
   */
  List<RowVersion> rejectedBefore(String setup) throws IOException {
    List<RowVersion> versions = new ArrayList<>();
    for (Place file : ImprovementFiles.rejected(folder)) {
      String name = file.name();
      String run = name.substring(0, name.length() - ImprovementFiles.REJECTED.length());
      boolean whole = folder.resolve(run + IMPROVED).isFile();
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(file.open(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          JsonNode read = parsed(line);
          boolean counts = whole || read.path("kept").asInt(-1) == 0;
          if (counts && read.path("setup").asText().equals(setup)) {
            versions.add(new RowVersion(read.path("id").asText(), read.path("basis").asText()));
          }
        }
      }
    }
    return versions;
  }

  /** Returns a line, or a missing node for one that is no JSON: its row is asked for again. */
  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  /** Returns the line of an improvement. */
  static String line(Improved improved) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", improved.row().id())
            .put("response", improved.response())
            .put("model", improved.model())
            .put("basis", improved.row().basis());
    Verdict verdict = improved.verdict();
    if (verdict != null) {
      line.putObject("judge")
          .put("model", verdict.model())
          .put("better", verdict.better())
          .put("commentHeeded", verdict.commentHeeded())
          .put("sameFamily", verdict.sameFamily());
    }
    return line.toString();
  }

  /**
   * Writes the results of a run, sorted by id and basis: the same results give the same bytes.
   *
   * @param setup see {@link #rejectedBefore}
   */
  Written write(List<RowResult> results, String setup, Shell shell)
      throws CommandFailure, IOException {
    List<RowResult> sorted = new ArrayList<>(results);
    sorted.sort(
        Comparator.comparing((RowResult each) -> each.row().id())
            .thenComparing(each -> each.row().basis()));
    long kept = sorted.stream().filter(Improved.class::isInstance).count();
    StringBuilder improved = new StringBuilder();
    StringBuilder rejected = new StringBuilder();
    for (RowResult result : sorted) {
      if (result instanceof Improved better) {
        improved.append(line(better)).append('\n');
      } else if (result instanceof Unacceptable no) {
        rejected.append(line(no, setup, kept)).append('\n');
      } else {
        throw new AssertionError(result);
      }
    }
    byte[] improvedBytes = improved.toString().getBytes(StandardCharsets.UTF_8);
    byte[] rejectedBytes = rejected.toString().getBytes(StandardCharsets.UTF_8);
    String run =
        Sha256.hex(
                (Sha256.hex(improvedBytes) + Sha256.hex(rejectedBytes))
                    .getBytes(StandardCharsets.UTF_8))
            .substring(0, NAME_DIGITS);
    // Last the file that prepare reads: see the class.
    Place rejectedFile = write(run + ImprovementFiles.REJECTED, rejectedBytes, shell);
    return new Written(write(run + IMPROVED, improvedBytes, shell), rejectedFile);
  }

  private static String line(Unacceptable no, String setup, long kept) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", no.row().id())
        .put("basis", no.row().basis())
        .put("reason", no.fault().name())
        .put("model", no.model())
        .put("setup", setup)
        .put("kept", kept)
        .toString();
  }

  /** Writes a file with its content at once; returns null for no content. */
  private @Nullable Place write(String name, byte[] content, Shell shell)
      throws CommandFailure, IOException {
    if (content.length == 0) {
      return null;
    }
    Place file = folder.resolve(name);
    try {
      if (file instanceof ObjectPlace object) {
        ObjectVersion standing = CloudStorage.version(object);
        var unused =
            CloudStorage.write(
                object,
                content,
                Map.of(),
                standing == null ? ObjectVersion.NONE : standing.generation());
      } else if (file instanceof LocalPlace local) {
        Path parent = folder.local();
        FileMode.PRIVATE.createFolders(parent);
        AtomicFile.replace(local.path(), FileMode.PRIVATE, content);
      } else {
        throw new AssertionError(file);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          FailureCode.FILE, Messages.of("launcher.improve.unwritable", shell.show(file)), e);
    }
    return file;
  }
}
