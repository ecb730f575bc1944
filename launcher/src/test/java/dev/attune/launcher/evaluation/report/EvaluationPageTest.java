package dev.attune.launcher.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.launcher.evaluation.figures.Judged;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationPageTest {
  /** Closes what it stands in, whatever that is. */
  private static final String HOSTILE =
      "</script></style></title><script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;"
          + "<!--\u2028\u2029😀";

  private static final List<String> ABC = List.of("a", "b", "c");

  private static final List<Judged> ANSWERS =
      List.of(
          judged("a", "a"),
          judged("a", "b"),
          judged("b", "b"),
          judged("b", "b", "c"),
          judged("c"),
          new Judged(List.of("a", "c"), List.of("a")));

  @Test
  void showsEveryFigureWithItsInterval() {
    String page = page(Simulated.report(ABC, ANSWERS, ANSWERS.subList(0, 6), ANSWERS));

    assertThat(page)
        .contains("3fa9c1d2e4b5-1", "linear-baseline", "0a1b2c3d4e5f-1", "6 validation examples")
        .contains("<b>0.333</b> <span>Accuracy</span>", "0.097 – 0.700")
        .contains("<th scope=\"row\">b", "Gain over the base", "Gain over the champion")
        .contains("it may have seen some of these examples");
  }

  @Test
  void drawsWhatWasTakenForWhat() throws Exception {
    JsonNode matrix = matrix(page(Simulated.report(ABC, ANSWERS, ANSWERS, ANSWERS)));

    assertThat(matrix.path("rows"))
        .extracting(JsonNode::asText)
        .containsExactly("a", "b", "c", "one too many");
    assertThat(matrix.path("columns"))
        .extracting(JsonNode::asText)
        .containsExactly("a", "b", "c", "left out", "invalid answer");
    assertThat(matrix.path("squares"))
        .extracting(
            square ->
                "%d %d %d %s"
                    .formatted(
                        square.path("row").asInt(),
                        square.path("column").asInt(),
                        square.path("count").asInt(),
                        square.path("kind").asText()))
        .containsExactly(
            "2 2 0 RIGHT", // never recognised: an empty frame on the diagonal
            "0 0 2 RIGHT",
            "0 1 1 WRONG",
            "1 1 2 RIGHT",
            "2 3 1 MISSING",
            "2 4 1 INVALID",
            "3 2 1 EXTRA");
  }

  @Test
  void drawsTheWorstWhereThereAreTooMany() throws Exception {
    List<String> ids = IntStream.range(0, 300).mapToObj(n -> "c" + n).toList();
    String page = page(Simulated.singleLabel(ids, 900, 0.7));

    assertThat(matrix(page).path("rows")).hasSize(Matrix.MOST_CATEGORIES);
    assertThat(page).containsPattern("The 120 categories with the most mistakes, of \\d+\\.");
  }

  @Test
  void isADocumentOfItsSchema() throws Exception {
    for (EvaluationReport report :
        List.of(
            Simulated.singleLabel(ABC, 50, 0.8),
            Simulated.multiLabel(ABC, 50, 0.5),
            Simulated.report(ABC, ANSWERS, ANSWERS, ANSWERS))) {
      JsonNode document = CanonicalJson.read(EvaluationJson.of(report));
      assertThat(SchemaFile.EVALUATION.validate(document)).isEmpty();
      assertThat(document.at("/model/accuracy/value").isNumber()).isTrue();
      assertThat(document.at("/base/categories").size()).isPositive();
      assertThat(document.at("/schemaVersion").asInt()).isEqualTo(2);
      assertThat(document.at("/gain/champion/recall").size()).isPositive();
      assertThat(document.at("/gain/champion/categories").size())
          .isEqualTo(document.at("/gain/champion/recall").size());
      assertThat(document.at("/gain/champion/answers/better").isInt()).isTrue();
    }
  }

  @Test
  void escapesEveryText() {
    List<String> ids = List.of(HOSTILE, "b");
    String page =
        page(
            Simulated.report(
                    ids,
                    List.of(judged(HOSTILE, "b"), judged("b", HOSTILE)),
                    List.of(judged(HOSTILE, "b"), judged("b", "b")),
                    List.of(judged(HOSTILE, "b"), judged("b", "b")))
                .withNotes(List.of(HOSTILE)));

    assertThat(matches(page, "<script[^>]*>"))
        .containsExactly(
            "<script type=\"application/json\" id=\"confusion-data\">",
            "<script>",
            "<script>",
            "<script>");
    assertThat(matches(page, "</script>")).hasSize(4);
    assertThat(matches(page, "</style>")).hasSize(1);
    assertThat(matches(page, "</title>")).hasSize(1);
    assertThat(page).doesNotContain("<img", "alert('x')</script>");
  }

  @Test
  void namesNothingOutsideItself() {
    String page = page(Simulated.singleLabel(ABC, 30, 0.8));
    assertThat(page)
        .doesNotContainPattern("(?i)<[^>]*\\s(?:src|href|srcset|action|poster)\\s*=")
        .doesNotContain("<link", "<iframe", "@import", "url(", "sourceMappingURL");
  }

  @Test
  void letsTheBrowserRunJustItsOwnScriptsAndStyle() throws Exception {
    String page = page(Simulated.singleLabel(ABC, 30, 0.8));
    String policy =
        between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\">")
            .replace("&#39;", "'");
    List<String> scripts = matches(page, "(?s)(?<=<script>).*?(?=</script>)");
    assertThat(scripts).hasSize(3);
    assertThat(policy)
        .isEqualTo(
            "default-src 'none'; style-src %s; script-src %s %s %s; base-uri 'none'; form-action"
                + " 'none'",
            hash(between(page, "<style>", "</style>")),
            hash(scripts.get(0)),
            hash(scripts.get(1)),
            hash(scripts.get(2)));
  }

  @Test
  void isTheSameBytesForTheSameReport() {
    EvaluationReport report = Simulated.multiLabel(ABC, 40, 0.7);
    assertThat(EvaluationPage.render(report))
        .isEqualTo(EvaluationPage.render(Simulated.multiLabel(ABC, 40, 0.7)));
    assertThat(EvaluationJson.of(report))
        .isEqualTo(EvaluationJson.of(Simulated.multiLabel(ABC, 40, 0.7)));
  }

  @Test
  void givesEveryTableACaptionAndEveryHeaderCellAScope() {
    String page = page(Simulated.multiLabel(ABC, 40, 0.7));
    assertThat(matches(page, "<table[^>]*>\\s*<caption>")).hasSameSizeAs(matches(page, "<table"));
    assertThat(page).doesNotContainPattern("<th(?! scope=)[ >]");
    assertThat(matches(page, "<h[1-6]")).startsWith("<h1", "<h2").doesNotContain("<h4");
  }

  @Test
  void writesFiguresForPeople() {
    assertThat(Written.gain(0.0344)).isEqualTo("+0.034");
    assertThat(Written.gain(-0.0344)).isEqualTo("\u22120.034");
    assertThat(Written.gain(-0.0001)).isEqualTo("0.000");
    assertThat(Written.gain(null)).isEqualTo("–");
    assertThat(Written.count(1_234_567)).isEqualTo("1\u202f234\u202f567");
    assertThat(Written.percent(0.0314)).isEqualTo("3.1\u202f%");
  }

  private static Judged judged(String truth, String... predicted) {
    return new Judged(List.of(truth), List.of(predicted));
  }

  private static String page(EvaluationReport report) {
    return new String(EvaluationPage.render(report), StandardCharsets.UTF_8);
  }

  private static JsonNode matrix(String page) throws Exception {
    return new ObjectMapper().readTree(between(page, "id=\"confusion-data\">", "</script>"));
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private static String hash(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }
}
