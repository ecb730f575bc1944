package dev.attune.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.format.MediaUri.Scheme;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaUriTest {

  @ParameterizedTest
  @CsvSource({
    "gs://b/a.jpg, GS, jpg",
    "gs://b/dir.x/a.b.JPEG, GS, jpeg",
    "gs://b/with space.png, GS, png",
    "gs://b/a.png?x, GS, png?x",
    "gs://b/dir.x/a, GS, ''",
    "https://h/a.PNG?name=b.pdf, HTTPS, png",
    "https://h/a.png#b.pdf, HTTPS, png",
    "https://h/a.png#b?c, HTTPS, png",
    "https://h.png/a, HTTPS, ''",
    "https://h/a., HTTPS, ''"
  })
  void findsTheEndingOfThePath(String uri, Scheme scheme, String ending) {
    assertThat(MediaUri.parse(uri)).isEqualTo(new MediaUri(scheme, ending));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.png",
        "http://h/a.png",
        "file:///a.png",
        "GS://b/a.png",
        "gs:///a.png",
        "gs://b",
        "gs://b/",
        "gs://b/a\n.png",
        "gs://b/a\uD800.png",
        "https:///a.png",
        "https://h",
        "https://h.png",
        "https://h/a b.png",
        "https://h/a\u00A0b.png",
        "https://h/?a=/b.png",
        "https://h?x/a.png"
      })
  void knowsNoOther(String uri) {
    assertThat(MediaUri.parse(uri)).isNull();
  }
}
