package dev.attune.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaxonomyTest {
  private static final Taxonomy GENRES =
      TaxonomyLoader.load(
          """
          {"name": "genres", "version": "3", "categories": [
            {"id": "sci-fi", "name": "Science Fiction", "aliases": ["SF", "Straßenkino"],
             "children": [{"id": "cyberpunk"}, {"id": "space", "name": "Stars, Ships"}]},
            {"id": "ÄRGER", "name": "Ärger und Kummer"}]}
          """
              .getBytes(StandardCharsets.UTF_8),
          "genres.json");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "sci-fi,sci-fi",
        "SCI-FI,sci-fi",
        "\" s c i - f i \",sci-fi",
        "science fiction,sci-fi",
        "ScienceFiction,sci-fi",
        "\"Science\tFiction\n\",sci-fi",
        "sf,sci-fi",
        "STRASSENKINO,sci-fi",
        "ＳＦ,sci-fi",
        "\"S\u00A0F\u2028\",sci-fi",
        "ärger,ÄRGER",
        "A\u0308rger,ÄRGER",
        "\"stars, ships\",space"
      })
  void recognisesIdsNamesAndAliasesWhateverTheirCaseAndSpaces(String spelling, String id) {
    assertThat(GENRES.recognise(spelling).map(Category::id)).contains(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\u200B", "\u3000", "sci_fi", "scifi", "horror", "sf,"})
  void knowsNothingElse(String spelling) {
    assertThat(GENRES.recognise(spelling)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cyberpunk | cyberpunk",
        "Stars, Ships | space",
        "ärger, cyberpunk,SF | sci-fi, cyberpunk, ÄRGER",
        "sf, science fiction, SCI-FI | sci-fi"
      })
  void triesTheWholeAnswerAndThenItsParts(String answer, String text) {
    assertThat(GENRES.recogniseAnswer(answer))
        .isInstanceOfSatisfying(
            Answer.Known.class, known -> assertThat(known.text()).isEqualTo(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sf, horror , romance | horror",
        "'sf, ' | ''",
        "'sf,,cyberpunk' | ''",
        "'' | ''",
        "It is SF. | It is SF.",
        // A name with a comma is known as the whole answer alone.
        "'sf, Stars, Ships' | Stars"
      })
  void namesTheFirstUnknownPart(String answer, String part) {
    assertThat(GENRES.recogniseAnswer(answer)).isEqualTo(new Answer.Unknown(part));
  }

  @Test
  void ordersDepthFirstAndOnce() {
    assertThat(GENRES.categories())
        .extracting(Category::id)
        .containsExactly("sci-fi", "cyberpunk", "space", "ÄRGER");
    assertThat(GENRES.order("space")).isEqualTo(2);
    assertThat(GENRES.inOrder(List.of("ÄRGER", "cyberpunk", "ÄRGER", "sci-fi")))
        .containsExactly("sci-fi", "cyberpunk", "ÄRGER");
    assertThat(GENRES.inOrder(List.of())).isEmpty();
  }

  @Test
  void ordersIdsAloneAndExactly() {
    assertThatThrownBy(() -> GENRES.order("SF")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GENRES.inOrder(List.of("sci-fi", "SCI-FI")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void survivesSerialization() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(GENRES);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      var read = (Taxonomy) in.readObject();
      assertThat(read.categories()).isEqualTo(GENRES.categories());
      assertThat(read.recognise("SF")).isEqualTo(GENRES.recognise("SF"));
      assertThat(read.order("ÄRGER")).isEqualTo(3);
    }
  }
}
