package dev.attune.launcher.evaluation.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.filesystem.SymbolicLinkException;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFilesTest {
  private static final EvaluationReport REPORT = Simulated.singleLabel(List.of("a", "b"), 20, 0.9);
  private static final EvaluationContext SETTING =
      new EvaluationContext(Map.of(), 20, 20, 0, 0, null, null);

  @TempDir private Path folder;

  private EvaluationFolder place() {
    return EvaluationFolder.beside(
        Place.of(folder.resolve("datasets")), "questions", "one", "job/1");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void writesForTheOwnerAloneAlsoOverWhatOthersCouldRead() throws Exception {
    EvaluationFiles files = EvaluationFiles.write(place(), REPORT, SETTING);
    Path directory = folder.resolve("evaluations/questions/one/job_1");
    assertThat(files.page().local()).isEqualTo(directory.resolve("evaluation.html"));
    Files.setPosixFilePermissions(
        files.json().local(), PosixFilePermissions.fromString("rw-r--r--"));

    EvaluationFiles.write(place(), REPORT, SETTING);

    assertThat(mode(folder.resolve("evaluations"))).isEqualTo("rwx------");
    assertThat(mode(directory)).isEqualTo("rwx------");
    assertThat(mode(files.page().local())).isEqualTo("rw-------");
    assertThat(mode(files.json().local())).isEqualTo("rw-------");
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("evaluation.html", "evaluation.json");
  }

  @Test
  void refusesALinkBeforeAnythingIsAsked() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createDirectories(folder.resolve("evaluations"));
    Path link = Files.createSymbolicLink(folder.resolve("evaluations/questions"), elsewhere);

    assertThatThrownBy(() -> place().requireOwn())
        .isInstanceOf(SymbolicLinkException.class)
        .hasMessageStartingWith(link + " is a symbolic link, ");
    assertThatThrownBy(() -> EvaluationFiles.write(place(), REPORT, SETTING))
        .isInstanceOf(SymbolicLinkException.class);
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void replacesALinkThatStandsInThePlaceOfAFile() throws Exception {
    Path victim = Files.writeString(folder.resolve("victim"), "kept");
    Path directory = Files.createDirectories(folder.resolve("evaluations/questions/one/job_1"));
    Files.createSymbolicLink(directory.resolve("evaluation.json"), victim);

    EvaluationFiles files = EvaluationFiles.write(place(), REPORT, SETTING);

    assertThat(victim).hasContent("kept");
    assertThat(Files.isSymbolicLink(files.json().local())).isFalse();
  }
}
