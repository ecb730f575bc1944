package dev.attune.launcher.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonaLibraryTest {
  private static final Path PROMPTS = Path.of("../prompts");

  @TempDir private Path folder;

  private PersonaLibrary library;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(folder.resolve("prompts"));
    library = new PersonaLibrary(folder, new TestShell(folder).shell());
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  @Test
  void shipsEveryFileOfTheFolder() throws Exception {
    try (Stream<Path> files = Files.list(PROMPTS)) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> String.valueOf(file.getFileName()).replace(".md", ""))
              .filter(name -> !name.equals("README"))
              .sorted()
              .toList();
      assertThat(PersonaLibrary.SHIPPED).isEqualTo(names);
    }
    String table = Files.readString(PROMPTS.resolve("README.md"));
    for (Persona persona : library.all()) {
      assertThat(library.find(persona.name())).isEqualTo(persona);
      assertThat(table).contains("| [%1$s](%1$s.md) |".formatted(persona.name()));
      assertThat(persona.description()).endsWith(".");
    }
    assertThat(library.all()).hasSameSizeAs(PersonaLibrary.SHIPPED);
  }

  @Test
  void prefersThoseOfTheProject() throws Exception {
    write("prompts/songwriter.md", "---\nname: songwriter\ndescription: Ours.\n---\nSing.\n");

    Persona persona = library.find("songwriter");

    assertThat(persona.instruction()).isEqualTo("Sing.");
    assertThat(persona.sampling().temperature()).isNull();
    assertThat(library.all().stream().filter(p -> p.name().equals("songwriter"))).hasSize(1);
  }

  @Test
  void readsAFileWithAByteOrderMark() throws Exception {
    write("poet.md", "\ufeff---\r\nname: poet\r\ndescription: Poems.\r\n---\r\nRhyme.\r\n");

    assertThat(library.find("poet.md").instruction()).isEqualTo("Rhyme.");
  }

  @Test
  void readsAFile() throws Exception {
    write(
        "poet.md",
        """
        ---
        name: poet
        description: Poems.
        temperature: 1.5
        ---
        Line 1

        ---
        """
            .replace("\n", "\r\n"));

    Persona persona = library.find("poet.md");

    assertThat(persona.instruction()).isEqualTo("Line 1\n\n---");
    assertThat(persona.sampling().temperature()).isEqualTo(1.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sing. | bad.md has no front matter:",
        "'---\nname: bad\n---\nSing.' | The front matter of bad.md is invalid:",
        "'---\nname: bad\ndescription: d\n---\n' | bad.md has no text below its front matter:",
        "'---\nname: bad\ndescription: d\n' | bad.md has no front matter:",
        "'' | bad.md has no front matter:",
      })
  void refusesAFileWithFaults(String text, String sentence) throws Exception {
    write("bad.md", text);
    assertThatThrownBy(() -> library.find("bad.md"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void namesTheLineOfAFault() throws Exception {
    write("bad.md", "---\nname: bad\ndescription: d\ntemperature: hot\n---\nSing.");
    assertThatThrownBy(() -> library.find("bad.md"))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure ->
                assertThat(failure.lines())
                    .containsExactly("bad.md:4: \"temperature\" is text, must be a number"));
  }

  @Test
  void refusesAFileThatDoesNotExist() {
    assertThatThrownBy(() -> library.find("prompts/none.md"))
        .hasMessage("There is no file prompts/none.md for --persona: correct the path.");
  }
}
