package dev.attune.launcher.evaluation.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.EvaluationConfig;
import dev.attune.launcher.evaluation.figures.JudgedAnswer;
import dev.attune.launcher.promotion.GatePreview;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluationPageTest {
  /** Closes what it stands in, whatever that is. */
  private static final String HOSTILE =
      "</script></style></title><script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;"
          + "<!--\u2028\u2029😀";

  private static final EvaluationConfig RULES =
      new EvaluationConfig(
          EvaluationConfig.Metric.MACRO_F1,
          0,
          0.05,
          0.05,
          30,
          4,
          300,
          EvaluationConfig.Judging.NONE);

  private static final List<String> ABC = List.of("a", "b", "c");

  private static final List<JudgedAnswer> ANSWERS =
      List.of(
          judged("a", "a"),
          judged("a", "b"),
          judged("b", "b"),
          judged("b", "b", "c"),
          judged("c"),
          new JudgedAnswer(List.of("a", "c"), List.of("a")));

  @Test
  void showsEveryFigureWithItsInterval() {
    String page = page(Simulated.report(ABC, ANSWERS, ANSWERS.subList(0, 6), ANSWERS));

    assertThat(page)
        .contains("3fa9c1d2e4b5-1", "linear-baseline", "0a1b2c3d4e5f-1", "6 validation examples")
        .contains(">0.333 (0.097 to 0.700)</td>")
        .contains("<th scope=\"row\">b", "Gain over the base", "Gain over the champion")
        .contains("it may have seen some of these examples");
  }

  @Test
  void showsWhatWasTakenForWhat() {
    String page = page(Simulated.report(ABC, ANSWERS, ANSWERS, ANSWERS));
    String matrix = between(page, "<table class=\"matrix", "</table>");

    assertThat(matches(matrix, "(?<=<th scope=\"col\" title=\")[^\"]*"))
        .containsExactly("a", "b", "c", "left out", "invalid answer");
    assertThat(matches(matrix, "(?<=<th scope=\"row\" title=\")[^\"]*"))
        .containsExactly("a", "b", "c", "one too many");
    assertThat(matches(matrix, "(?<=<td class=\")[^>]*>\\d+"))
        .containsExactly(
            "right1\" title=\"a recognised: 2 of 3 examples\">2",
            "wrong2\" title=\"a answered as b: 1 of 3 examples\">1",
            "right1\" title=\"b recognised: 2 of 2 examples\">2",
            "right0\" title=\"c recognised: 0 of 2 examples\">0",
            "missing2\" title=\"c left out: 1 of 2 examples\">1",
            "invalid2\" title=\"c answer invalid: 1 of 2 examples\">1",
            "wrong2\" title=\"c given where nothing was missing: 1\">1");
  }

  @Test
  void keepsASingleExampleFromBeingTheDarkest() {
    List<JudgedAnswer> answers = new ArrayList<>();
    answers.add(judged("a", "b")); // all examples of a
    for (int i = 0; i < 20; i++) {
      answers.add(judged("b", i < 10 ? "c" : "b"));
      answers.add(judged("c", "c"));
    }
    String page = page(Simulated.report(ABC, answers, answers, answers));
    assertThat(page)
        .contains("<td class=\"wrong1\" title=\"a answered as b: 1 of 1 example\">1")
        .contains("<td class=\"wrong5\" title=\"b answered as c: 10 of 20 examples\">10");
  }

  @Test
  void opensWithTheCategoriesOfTheMostFrequentMistakesWhereThereAreMany() {
    List<String> ids = IntStream.range(0, 77).mapToObj(n -> "c" + n).toList();
    String page = page(Simulated.singleLabel(ids, 1_320, 0.8));
    List<String> tables = matches(page, "(?s)<table class=\"matrix.*?</table>");

    assertThat(tables).hasSize(2);
    assertThat(matches(tables.get(0), "<th scope=\"row\"").size()).isBetween(20, 25);
    assertThat(matches(tables.get(1), "<th scope=\"row\"")).hasSize(77);
    assertThat(page.indexOf(tables.get(1))).isGreaterThan(page.indexOf("<details>"));
    assertThat(page.length()).isLessThan(1_000_000);
  }

  @Test
  void showsNoMoreCategoriesThanABrowserScrolls() {
    List<String> ids = IntStream.range(0, 300).mapToObj(n -> "c" + n).toList();
    String page = page(Simulated.singleLabel(ids, 900, 0.7));
    assertThat(matches(page, "(?s)<table class=\"matrix.*?</table>").get(1))
        .satisfies(
            table ->
                assertThat(matches(table, "<th scope=\"row\""))
                    .hasSize(MatrixSelection.MOST_CATEGORIES));
    assertThat(page).contains("The matrix of the 120 most mistaken categories");
  }

  @Test
  void listsTheMostFrequentMistakesByCount() {
    String page = page(Simulated.singleLabel(ABC, 300, 0.6));
    String table = between(page, "<table class=\"mistakes\">", "</table>");
    List<Integer> counts =
        matches(table, "(?<=<strong>)\\d+").stream().map(Integer::parseInt).toList();
    assertThat(counts).hasSizeGreaterThan(2).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(table).containsPattern("<strong>\\d+</strong> of \\d+");
  }

  @Test
  void saysWhatTheGateWouldDo() {
    EvaluationReport report = Simulated.singleLabel(ABC, 300, 0.9);
    String json = EvaluationDocument.of(report);
    GatePreview gate = GatePreview.of(RULES, json);
    String page = page(report, setting("0a1b2c3d4e5f-1", gate));

    assertThat(gate.passes()).isTrue();
    assertThat(page)
        .contains("<p class=\"verdict good\">The gate would promote this model: its accuracy is 0.")
        .contains(" of the base and 0.")
        .contains("By the gate's rules when this page was written: on 300 validation examples")
        .contains("attune models shows what was decided afterwards.");

    GatePreview refused = new GatePreview(false, "it is worse", List.of("It is worse."));
    assertThat(page(report, setting(null, refused)))
        .contains("<p class=\"verdict bad\">The gate would refuse this model: its accuracy is 0.")
        .contains("it is worse. attune models shows");
    assertThat(page(report, setting(null, null)))
        .contains("<p class=\"verdict now\">Its accuracy is 0.")
        .doesNotContain("The gate would");
  }

  @Test
  void showsTheWayFromTheSourcesToTheModelInUse() {
    EvaluationReport report = Simulated.singleLabel(ABC, 300, 0.9);
    GatePreview gate = new GatePreview(true, "it is better", List.of());
    String flow =
        between(page(report, setting("0a1b2c3d4e5f-1", gate)), "<ol class=\"flow", "</ol>");
    assertThat(flow.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "))
        .contains("Sources feedback 1,500 observations 4,000 records read 5,500 ")
        .contains("Dataset training 5,000 validation 300 rejected 200 ")
        .contains("Model 3fa9c1d2e4b5-1 tuned from linear-baseline 300 validation examples asked ")
        .contains("Gate would promote it attune promote decides ")
        .contains(
            "In use so far 0a1b2c3d4e5f-1 the champion attune models shows what is in use now");
    assertThat(page(report, setting(report.model().id(), null)))
        .contains("This model was in use when this page was written: its accuracy is 0.");
  }

  @Test
  void letsAKeyboardScrollWhatIsWide() {
    assertThat(matches(page(Simulated.singleLabel(ABC, 50, 0.8)), "<div class=\"scroll[^>]*>"))
        .hasSize(4)
        .allSatisfy(div -> assertThat(div).contains("tabindex=\"0\" role=\"region\" aria-label="));
  }

  @Test
  void isADocumentOfItsSchema() throws Exception {
    for (EvaluationReport report :
        List.of(
            Simulated.singleLabel(ABC, 50, 0.8),
            Simulated.multiLabel(ABC, 50, 0.5),
            Simulated.report(ABC, ANSWERS, ANSWERS, ANSWERS))) {
      JsonNode document =
          CanonicalJson.read(EvaluationDocument.of(report).getBytes(StandardCharsets.UTF_8));
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
  void readsDocumentsOfOlderVersions() throws Exception {
    String old =
        "/dev/attune/launcher/made-by-1c65b31/evaluations/animals"
            + "/2f7bea30c5d3/97313882469c-1/evaluation.json";
    try (InputStream stream = Objects.requireNonNull(getClass().getResourceAsStream(old))) {
      ObjectNode document = (ObjectNode) CanonicalJson.read(stream.readAllBytes());
      assertThat(document.path("schemaVersion").asInt()).isEqualTo(1);
      assertThat(document.at("/gain/base").isObject()).isTrue();
      assertThat(SchemaFile.EVALUATION.validate(document)).isEmpty();

      // A gain of version 2 that lacks the counts is refused.
      document.put("schemaVersion", 2);
      assertThat(SchemaFile.EVALUATION.validate(document).toString())
          .contains("answers", "categories");
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

    assertThat(matches(page, "<script[^>]*>")).containsExactly("<script>", "<script>", "<script>");
    assertThat(matches(page, "</script>")).hasSize(3);
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
    assertThat(page(report)).isEqualTo(page(Simulated.multiLabel(ABC, 40, 0.7)));
    assertThat(EvaluationDocument.of(report))
        .isEqualTo(EvaluationDocument.of(Simulated.multiLabel(ABC, 40, 0.7)));
  }

  @Test
  void givesEveryTableACaptionAndEveryHeaderCellAScope() {
    String page = page(Simulated.multiLabel(ABC, 40, 0.7));
    assertThat(matches(page, "<table[^>]*>\\s*<caption>")).hasSameSizeAs(matches(page, "<table"));
    assertThat(page).doesNotContainPattern("<th(?! scope=)[ >]");
    assertThat(matches(page, "<h[1-6]")).startsWith("<h1", "<h2").doesNotContain("<h4");
  }

  private static JudgedAnswer judged(String truth, String... predicted) {
    return new JudgedAnswer(List.of(truth), List.of(predicted));
  }

  private static String page(EvaluationReport report) {
    return page(report, setting(null, null));
  }

  private static String page(EvaluationReport report, EvaluationContext setting) {
    return new String(EvaluationPage.render(report, setting), StandardCharsets.UTF_8);
  }

  private static EvaluationContext setting(@Nullable String champion, @Nullable GatePreview gate) {
    Map<String, Long> read = new LinkedHashMap<>();
    read.put("feedback", 1_500L);
    read.put("observations", 4_000L);
    return new EvaluationContext(read, 5_000, 300, 0, 200, champion, gate);
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
