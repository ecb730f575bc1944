package dev.attune.pipeline.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.find.FoundFiles;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.place.Place;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not regular are refused by name, and finding files always ends. */
class OddFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void makeAFile() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "x");
  }

  @Test
  void refusesPipesAndLinksToThem() throws Exception {
    makePipe("p.csv");
    link("q.csv", "p.csv");
    String pipe = " is a pipe, which can be read only once: write its output into a file.";
    assertThat(faults("p.csv")).containsExactly("p.csv" + pipe);
    assertThat(faults("*.csv")).containsExactlyInAnyOrder("p.csv" + pipe, "q.csv" + pipe);
    assertThatThrownBy(() -> locate("p.csv", "q.csv"))
        .isInstanceOfSatisfying(
            SourceException.class,
            refused -> assertThat(refused.faults()).containsExactly("p.csv" + pipe, "q.csv" + pipe))
        .hasMessage("2 files or patterns cannot be read: correct what the lines above name.");
  }

  @Test
  void refusesDevicesAndSockets() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/zero")), "no devices here");
    Files.createSymbolicLink(folder.resolve("z.csv"), Path.of("/dev/zero"));
    assertThat(faults("z.csv")).containsExactly("z.csv is a device: only regular files are read.");
    Path socket = folder.resolve("s.csv");
    try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      assertThat(faults("s.*")).containsExactly("s.csv is a socket: only regular files are read.");
    }
  }

  @Test
  void refusesLinksToNothingAndToThemselves() throws Exception {
    link("b.csv", "gone.csv");
    link("c.csv", "c.csv");
    String sentence = " is a link to a file that does not exist: correct the link, or remove it.";
    assertThat(faults("b.csv", "c.csv")).containsExactly("b.csv" + sentence, "c.csv" + sentence);
    assertThat(faults("?.csv")).containsExactlyInAnyOrder("b.csv" + sentence, "c.csv" + sentence);
  }

  @Test
  void refusesAFolderThatMatchesUnlessItHoldsWhatMatches() throws Exception {
    Files.createDirectories(folder.resolve("d.csv/in"));
    assertThat(faults("*.csv"))
        .containsExactly(
            "d.csv is a folder: name the files in it, for example by adding /*.jsonl.");
    assertThat(faults("**/*.csv")).hasSize(1);
    Files.writeString(folder.resolve("d.csv/in/part.csv"), "x");
    assertThat(names("**/*.csv")).containsExactly("a.csv", "d.csv/in/part.csv");
  }

  @Test
  void readsAFileOfSeveralNamesOnce() throws Exception {
    Files.createLink(folder.resolve("b.csv"), folder.resolve("a.csv"));
    link("c.csv", "a.csv");
    Files.createDirectory(folder.resolve("in"));
    link("in/again", ".");
    Files.writeString(folder.resolve("same.csv"), "x");
    assertThat(names("*.csv", "b.csv", "**/*.csv")).containsExactly("a.csv", "same.csv");
  }

  @Test
  void escapesControlCharactersOfNames() throws Exception {
    Files.writeString(folder.resolve("n\n\u001b[31m.txt"), "x");
    assertThat(faults("n*.txt"))
        .containsExactly(
            "n\\u000a\\u001b[31m.txt has a type that this source does not take: it takes .jsonl,"
                + " .json, .csv, also .gz.");
    assertThat(faults("g\u202e*.csv"))
        .containsExactly(
            "No file matches g\\u202e*.csv: correct the files of the source in attune.yaml.");
  }

  @Test
  void refusesANameThatIsNoText() throws Exception {
    Process touch =
        new ProcessBuilder("sh", "-c", "printf x >\"$(printf 'odd\\377.csv')\"")
            .directory(folder.toFile())
            .start();
    assertThat(touch.waitFor()).isZero();
    assertThat(faults("odd*.csv"))
        .singleElement()
        .asString()
        .contains("has a name that is not valid in the character set of this system: rename it");
  }

  @Test
  void leavesOutLinksThatLeadBack() throws Exception {
    Files.createDirectories(folder.resolve("one/two"));
    link("one/two/up", "../..");
    link("one/self", ".");
    assertThat(names("**/*.csv")).containsExactly("a.csv");
  }

  @Test
  void endsInAVeryDeepTree() throws Exception {
    Path deep = folder;
    for (int i = 0; i < 120; i++) {
      deep = Files.createDirectory(deep.resolve("d"));
    }
    assertThat(faults("**/*.csv"))
        .containsExactly(
            "Files of **/*.csv cannot be found: there are folders more than 100 levels"
                + " deep; use a narrower pattern, or remove links that lead back.");
    assertThat(names("*.csv")).containsExactly("a.csv");
  }

  private void makePipe(String name) throws Exception {
    Process made;
    try {
      made = new ProcessBuilder("mkfifo", folder.resolve(name).toString()).start();
    } catch (IOException e) {
      assumeTrue(false, "no pipes here");
      return;
    }
    assertThat(made.waitFor()).isZero();
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(folder.resolve(name), Path.of(target));
  }

  private List<String> faults(String... patterns) {
    return found(patterns).faults().stream().map(FoundFiles.Fault::sentence).toList();
  }

  private List<String> names(String... patterns) throws SourceException {
    return locate(patterns).stream().map(InputFile::name).toList();
  }

  private List<InputFile> locate(String... patterns) throws SourceException {
    return found(patterns).survey(more -> {});
  }

  private FoundFiles found(String... patterns) {
    return InputFiles.find(
        Stream.of(patterns).toList(), Place.of(folder), EnumSet.allOf(FileType.class));
  }
}
