package dev.attune.pipeline.source.file.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.attune.pipeline.source.file.BucketReading;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.FoundFile;
import dev.attune.pipeline.source.file.storage.Pin;
import dev.attune.place.Place;
import dev.attune.testing.gcs.StubCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which objects patterns mean: the same as for files in folders. */
class BucketFilesTest {
  private static final String FOLDER = "a [1]/config";
  private static final List<String> NAMES =
      List.of(
          "b.csv",
          "a.jsonl",
          "sub/c.jsonl.gz",
          "sub/deep/d.JSON",
          "odd[1].csv",
          "e.txt",
          "größe.csv2/f.csv");

  private static BucketReading storage;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    storage = BucketReading.open();
  }

  @AfterAll
  static void stop() {
    storage.close();
  }

  @BeforeEach
  void makeObjects() {
    NAMES.forEach(name -> storage.put(FOLDER + "/" + name, "x"));
    storage.put("a [1]/out.csv", "x");
    storage.put("a [1]/config/marker/", "");
  }

  @AfterEach
  void heal() {
    storage.bucket().allow();
    storage.stub().faults().clear();
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
        "s*/**.JSON; sub/deep/d.JSON",
        "gr??e*/*; größe.csv2/f.csv",
        "../*.csv; ../out.csv",
        "../out.csv; ../out.csv",
        "gs://attune-in/a ?1?/*.csv; ../out.csv"
      })
  void findsObjectsByName(String pattern, String names) {
    FoundFiles found = BucketReading.find(FOLDER, pattern);
    assertThat(found.faults()).isEmpty();
    assertThat(found.files()).extracting(FoundFile::name).containsExactly(names.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*.csv; back\\slash.csv plain.csv",
        "back*.csv; back\\slash.csv",
        "back\\\\*; back\\slash.csv",
        "back?slash.csv; back\\slash.csv",
        "**/*.csv; back\\slash.csv plain.csv"
      })
  void takesABackslashForACharacterOfANameAsAFolderDoes(String pattern, String names)
      throws IOException {
    for (String name : List.of("back\\slash.csv", "plain.csv")) {
      Files.writeString(folder.resolve(name), "x");
      storage.put("odd/" + name, "x");
    }
    FoundFiles there = BucketReading.find("odd", pattern);
    FoundFiles here =
        InputFiles.find(List.of(pattern), Place.of(folder), EnumSet.allOf(FileType.class));
    assertThat(here.faults()).isEmpty();
    assertThat(there.faults()).isEmpty();
    assertThat(here.files()).extracting(FoundFile::name).containsExactly(names.split(" "));
    assertThat(there.files()).extracting(FoundFile::name).containsExactly(names.split(" "));
    assertThat(BucketReading.find("odd", "back/*.csv").files()).isEmpty();
  }

  @Test
  void pinsWhatItFinds() {
    assertThat(BucketReading.find(FOLDER, "b*", "b.csv").files())
        .extracting(FoundFile::path, FoundFile::bytes, FoundFile::pattern, FoundFile::pin)
        .containsExactly(
            tuple(
                "gs://attune-in/" + FOLDER + "/b.csv",
                1L,
                0,
                new Pin(storage.bucket().generation(FOLDER + "/b.csv"), "qTxfkw==")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "none/*.csv; No file matches none/*.csv: correct the files of the source in attune.yaml.",
        "none.csv; No file matches none.csv: correct the files of the source in attune.yaml.",
        "sub; sub is a folder: name the files in it, for example by adding /*.jsonl.",
        "su*; sub is a folder: name the files in it, for example by adding /*.jsonl.",
        "*/deep; sub/deep is a folder: name the files in it, for example by adding /*.jsonl.",
        "*.txt; e.txt has a type that this source does not take: it takes .jsonl, .json, .csv, also"
            + " .gz.",
        "{a.csv; The pattern {a.csv is not valid: correct its brackets or backslashes.",
        "../../../x.csv; ../../../x.csv leads above the bucket of gs://attune-in/a [1]/config",
        "gs://attune-in; ../../ is a folder: name the files in it, for example by adding /*.jsonl."
      })
  void saysTheSameAsOfFolders(String pattern, String sentence) {
    FoundFiles found = BucketReading.find(FOLDER, "b.csv", pattern);
    assertThat(found.faults()).containsExactly(new FoundFiles.Fault(1, sentence));
  }

  @Test
  void saysWhatIsWrongWithABucket() {
    assertThat(sentence("gs://no-such-bucket/*.csv"))
        .startsWith("The bucket no-such-bucket of gs://no-such-bucket/*.csv does not exist (");
    storage.bucket().deny("storage.objects.list", "storage.objects.get");
    assertThat(sentence("*.csv")).startsWith("Cloud Storage denies this account to read or write");
  }

  @Test
  void saysThatANameCannotBeReached() {
    storage.put("twice//a.csv", "x");
    assertThat(BucketReading.find("", "twice/**").faults())
        .extracting(FoundFiles.Fault::sentence)
        .singleElement()
        .asString()
        .startsWith("twice//a.csv has a name with an empty part");
  }

  @Test
  void doesNotListFoldersBelowThoseOfThePattern() {
    IntStream.range(0, 2500).forEach(i -> storage.put("many/below/" + i + ".csv", "x"));
    storage.put("many/a.csv", "x");
    storage.stub().clearCalls();
    assertThat(BucketReading.find("many", "*.csv").files())
        .extracting(FoundFile::name)
        .containsExactly("a.csv");
    assertThat(storage.stub().count(StubCall.Kind.LIST)).isLessThanOrEqualTo(2);
    assertThat(BucketReading.find("many", "**.csv").files()).hasSize(2501);
  }

  @Test
  void namesFilesOfOtherPlacesWhole() throws Exception {
    Path file = Files.writeString(folder.resolve("local.csv"), "x");
    assertThat(BucketReading.find(FOLDER, file.toString(), folder + "/*.csv", "b.csv").files())
        .extracting(FoundFile::name)
        .containsExactly(file.toString(), "b.csv");
    storage.stub().bucket("other-in").put("x/a.csv", new byte[1]);
    FoundFiles mixed =
        InputFiles.find(
            List.of("*.csv", "gs://other-in/x/*.csv", "gs://attune-in/" + FOLDER + "/b.csv"),
            Place.of(folder),
            EnumSet.of(FileType.CSV));
    assertThat(mixed.faults()).isEmpty();
    assertThat(mixed.files())
        .extracting(FoundFile::name)
        .containsExactly(
            "gs://attune-in/" + FOLDER + "/b.csv", "gs://other-in/x/a.csv", "local.csv");
  }

  private static String sentence(String pattern) {
    return BucketReading.find(FOLDER, pattern).faults().get(0).sentence();
  }
}
