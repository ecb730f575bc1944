package dev.attune.pipeline.source.file.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files patterns mean. */
class InputFilesTest {
  @TempDir Path parent;
  private Path outer = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void makeFiles() throws IOException {
    outer = parent.resolve("a [1]");
    folder = Files.createDirectories(outer.resolve("config"));
    for (String name :
        List.of(
            "b.csv",
            "a.jsonl",
            "sub/c.jsonl.gz",
            "sub/deep/d.JSON",
            "odd[1].csv",
            "../out.csv",
            "e.txt")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*.csv; b.csv odd[1].csv",
        "?.csv; b.csv",
        "odd[1].csv; odd[1].csv",
        "./sub/../a.jsonl; a.jsonl",
        "sub/*.jsonl.gz; sub/c.jsonl.gz",
        "*/*.gz; sub/c.jsonl.gz",
        "**.{jsonl,gz}; a.jsonl sub/c.jsonl.gz",
        "**/*.{jsonl,JSON}; a.jsonl sub/deep/d.JSON",
        "[ab].*; a.jsonl b.csv",
        "{sub,none}/*.gz; sub/c.jsonl.gz",
        "{sub/deep,none}/*.JSON; sub/deep/d.JSON",
        "s*/d*/*; sub/deep/d.JSON",
        "s*/**.JSON; sub/deep/d.JSON"
      })
  void findsFilesByName(String pattern, String names) throws SourceException {
    assertThat(locate(pattern)).extracting(InputFile::name).containsExactly(names.split(" "));
  }

  @Test
  void readsAFileThatMatchesTwiceOnce() throws Exception {
    Files.createSymbolicLink(folder.resolve("z.csv"), folder.resolve("b.csv"));
    String absolute = folder.resolve("b.csv").toString();
    assertThat(locate("*.csv", "b.csv", "./b.csv", absolute, "z.csv"))
        .extracting(InputFile::name)
        .containsExactly("b.csv", "odd[1].csv");
  }

  @Test
  void namesAFileOutsideOfTheFolderByTheWayThere() throws SourceException {
    String path = outer.resolve("out.csv").toString();
    for (String pattern :
        List.of(
            "../*.csv", "../out.csv", path, outer.toString().replace("[1]", "?1?") + "/*.csv")) {
      assertThat(locate(pattern))
          .extracting(InputFile::name, InputFile::path)
          .containsExactly(tuple("../out.csv", path));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"s*/*.gz; true", "s*/**.gz; true", "*/*.gz; false", "**.gz; false"})
  void opensOnlyFoldersThatMayHoldAMatch(String pattern, boolean read) throws Exception {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(closed), "this user reads everything");
    try {
      if (read) {
        assertThat(locate(pattern)).extracting(InputFile::name).containsExactly("sub/c.jsonl.gz");
      } else {
        assertThatThrownBy(() -> locate(pattern))
            .isInstanceOf(SourceException.class)
            .hasMessage("Files of " + pattern + " cannot be found: access is denied.");
      }
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void estimatesRecordsByLinesWhereTheyWereCounted() throws Exception {
    Files.writeString(folder.resolve("b.csv"), "x".repeat(640));
    assertThat(locate("b.csv").get(0).mostRecords()).isEqualTo(10);
    Files.writeString(folder.resolve("a.jsonl"), "12345678\n".repeat(100));
    List<InputFile> cut =
        InputFiles.find(List.of("a.jsonl"), Place.of(folder), EnumSet.of(FileType.JSONL))
            .survey(90, more -> {});
    assertThat(cut.get(0).mostRecords()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "none/*.csv; No file matches none/*.csv: correct the files of the source in attune.yaml.",
        "none.csv; No file matches none.csv: correct the files of the source in attune.yaml.",
        "sub; sub is a folder: name the files in it, for example by adding /*.jsonl.",
        "*.txt; e.txt has a type that this source does not take: it takes .jsonl, .json, .csv, also"
            + " .gz.",
        "{a.csv; The pattern {a.csv is not valid: correct its brackets or backslashes.",
        "s3://b/*.csv; s3://b/*.csv is neither a path nor gs://bucket/name",
        "gs://b*/*.csv; gs://b*/*.csv does not name a bucket: write gs://bucket/name, with the"
            + " bucket's 3 to 222 small letters, digits, hyphens, underscores and dots"
      })
  void refusesWhatItCannotRead(String pattern, String sentence) {
    assertThatThrownBy(() -> locate("b.csv", pattern))
        .isInstanceOf(SourceException.class)
        .hasMessage(sentence);
  }

  @Test
  void refusesAFileThatCannotBeOpened() throws IOException {
    Path file = folder.resolve("b.csv");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "this user reads everything");
    assertThatThrownBy(() -> locate("*.csv"))
        .isInstanceOf(SourceException.class)
        .hasMessage("b.csv cannot be read: access is denied; allow reading it, or restore it.");
  }

  @Test
  void refusesAFileWhoseBytesCannotBeRead() throws IOException {
    Path memory = Path.of("/proc/self/mem");
    assumeFalse(Files.notExists(memory), "no /proc here");
    Files.createSymbolicLink(folder.resolve("m.csv"), memory);
    assertThatThrownBy(() -> locate("m.csv"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("m.csv cannot be read: ");
  }

  private List<InputFile> locate(String... patterns) throws SourceException {
    return InputFiles.locate(List.of(patterns), Place.of(folder), EnumSet.allOf(FileType.class));
  }
}
