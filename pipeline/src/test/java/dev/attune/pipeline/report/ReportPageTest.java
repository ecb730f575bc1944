package dev.attune.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.page.FigureText;
import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.accounting.RunSummary.CategoryRow;
import dev.attune.pipeline.accounting.RunSummary.Counts;
import dev.attune.pipeline.accounting.RunSummary.RejectionRow;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.report.ReportData.Bin;
import dev.attune.pipeline.report.ReportData.Histogram;
import dev.attune.pipeline.report.ReportData.SourceRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  /** A text that closes any element, attribute or script around it. */
  private static final String HOSTILE =
      "</script></style></title><script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;"
          + "<!--\u2028\u2029😀";

  private static final String ESCAPED_START = "&lt;/script&gt;&lt;/style&gt;&lt;/title&gt;";

  private static final Counts COUNTS =
      new Counts(read("feedback", 1_234_567, "generated", 4_000), 1_100_000, 5_000, 133_567, null);

  private static final Map<String, Long> REDACTED = Map.of("email", 4_001L);

  private static final List<RejectionRow> REJECTIONS =
      List.of(
          new RejectionRow("feedback", RejectionReason.NEUTRAL_RATING, 133_000, "row 7"),
          new RejectionRow("feedback", RejectionReason.EXACT_DUPLICATE, 60, "row 9"),
          new RejectionRow("generated", RejectionReason.EXACT_DUPLICATE, 504, "a.jsonl:12"),
          new RejectionRow("generated", RejectionReason.NEAR_DUPLICATE, 3, "a.jsonl:13"));

  @Test
  void showsEveryFigure() {
    String page = page(full(null));
    assertThat(page)
        .contains(figures("1 238 567", "1 100 000", "5 000", "133 567"))
        .contains(figures("987 654 321", "43 210"))
        .contains(figures("133 000", "133 060", "60", "507"))
        .contains(figures("1 101 507", "3 493"))
        .contains(figures("2 001", "2 002", "3 001", "3 002"))
        .contains(">1.5 MB<", ">999 B<")
        .contains("<span class=\"sign\">=</span>")
        .contains("NEUTRAL_<wbr>RATING", "The rating is 3.", "row 7", "a.jsonl:<wbr>12")
        .contains("0 – 0.5", "≥ 0.5")
        .contains("<code class=\"whole\" title=\"" + HASH + "\">0123456789ab…</code>")
        .contains("count 5, id 9")
        .contains("sha256:" + HASH)
        .contains("Category a has no validation.");
  }

  @Test
  void tellsWhatWasCarriedOverFromWhatWasRead() {
    Counts counts =
        new Counts(Map.of("feedback", 9L), 5, 1, 3, new RunSummary.CarriedOver("r-0", 1_500, 20));
    String page = page(empty(counts));
    assertThat(page)
        .contains(
            "Carried over from run r-0: " + FigureText.count(1_500) + " training, 20 validation.")
        .contains("<span class=\"sign\">=</span>")
        .contains("<td class=\"n\">" + FigureText.count(1_505) + "</td>")
        .contains("<td class=\"n\">21</td>");
    assertThat(page(full(null))).doesNotContain("Carried over");
  }

  @Test
  void countsDuplicatesBySourceAndByWhatTheyHaveInCommon() {
    String page = page(full(null));
    String section = between(page, "<h2 id=\"duplicates\">", "</section>");
    assertThat(section.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "))
        .endsWith("Similar text feedback 0 0 60 0 generated 0 0 504 3 ");
  }

  @Test
  void doesNotClaimASumThatDoesNotAddUp() {
    Counts wrong = new Counts(Map.of("feedback", 10L), 5, 1, 3, null);
    assertThat(page(empty(wrong)))
        .contains("<span class=\"sign\">≠</span>")
        .doesNotContain("<span class=\"sign\">=</span>");
  }

  @Test
  void saysThatARefusedRunPublishedNothing() {
    assertThat(page(full("Too many records are faulty.")))
        .contains("Nothing was published: Too many records are faulty.");
    assertThat(page(full(null))).doesNotContain("Nothing was published");
  }

  @Test
  void leavesOutWhatIsEmpty() {
    Counts nothing = new Counts(Map.of("feedback", 0L), 0, 0, 0, null);
    assertThat(page(empty(nothing)))
        .contains("Nothing was rejected.")
        .doesNotContain(
            ">First place<",
            ">Categories<",
            ">Distributions<",
            "id=\"sources\"",
            ">Notes<",
            ">Duplicates<")
        .doesNotContain("<script", "Fingerprint");
  }

  @Test
  void escapesEveryText() {
    String page = page(hostile());
    assertThat(matches(page, "<script[^>]*>"))
        .containsExactly(
            "<script type=\"application/json\" id=\"charts\">", "<script>", "<script>", "<script>");
    assertThat(matches(page, "</script>")).hasSize(4);
    assertThat(matches(page, "</style>")).hasSize(1);
    assertThat(matches(page, "</title>")).hasSize(1);
    assertThat(page).doesNotContain("<img", "alert('x')</script>");
    // Title and heading, task, format, run id, fingerprint, refusal; source four times, place;
    // category's name; the histogram's title and three of its unit, a bin; the file's name and its
    // identity; a note.
    assertThat(matches(page.replace("<wbr>", ""), Pattern.quote(ESCAPED_START)).size())
        .isGreaterThanOrEqualTo(18);
    assertThat(page).contains("😀");
  }

  @Test
  void keepsTheChartsTextsWholeInsideJson() throws Exception {
    String page = page(hostile());
    String json = between(page, "id=\"charts\">", "</script>");
    assertThat(json).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    JsonNode charts = new ObjectMapper().readTree(json);
    assertThat(charts.findValuesAsText("id"))
        .containsExactly("reasons", "categories", "distribution-1");
    for (JsonNode chart : charts) {
      if (!chart.path("id").asText().equals("reasons")) {
        assertThat(chart.path("labels").path(0).asText()).isEqualTo(HOSTILE);
      }
      for (JsonNode series : chart.path("series")) {
        assertThat(series.path("figures")).hasSameSizeAs(chart.path("labels"));
      }
    }
  }

  @Test
  void namesNothingOutsideItself() {
    String page = page(full(null));
    assertThat(page)
        .doesNotContainPattern("(?i)<[^>]*\\s(?:src|href|srcset|action|poster)\\s*=")
        .doesNotContain("<link", "<iframe", "@import", "url(", "sourceMappingURL");
  }

  @Test
  void letsTheBrowserRunJustItsOwnScriptsAndStyle() throws Exception {
    String page = page(full(null));
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
  void isTheSameBytesForTheSameData() {
    assertThat(ReportPage.render(full(null))).isEqualTo(ReportPage.render(full(null)));
  }

  @Test
  void givesEveryTableACaptionAndEveryHeaderCellAScope() {
    String page = page(full(null));
    assertThat(matches(page, "<table[^>]*>\\s*<caption>")).hasSameSizeAs(matches(page, "<table"));
    assertThat(page).doesNotContainPattern("<th(?! scope=)[ >]");
    assertThat(matches(page, "<h[1-6]")).startsWith("<h1", "<h2").doesNotContain("<h4");
  }

  @Test
  void shortensHashes() {
    assertThat(ShortHash.of("sha256:" + HASH)).isEqualTo("sha256:0123456789ab…");
  }

  @Test
  void beginsWithOneSentenceOfVerdict() {
    assertThat(verdict(full(null)))
        .isEqualTo(
            "1,100,000 training and 5,000 validation examples from 1,238,567 records; 133,567 were"
                + " rejected, most often as NEUTRAL_RATING (133,000); no group and no prompt is in"
                + " both files.");
    assertThat(verdict(full("too many records are faulty")))
        .isEqualTo("Nothing was published: too many records are faulty");
  }

  @Test
  void saysTheWorstThingFirst() {
    assertThat(
            verdict(full(null, new CategoryRow("a", "a", 3, 0), new CategoryRow("b", "b", 1, 1))))
        .startsWith("1 of 2 categories has no validation example: 1,100,000 training and 5,000 ");
    assertThat(verdict(empty(new Counts(Map.of("feedback", 10L), 4, 1, 5, null))))
        .isEqualTo(
            "50.0% of the records were rejected: 4 training and 1 validation example from 10"
                + " records; 5 were rejected; no group and no prompt is in both files.");
    assertThat(verdict(empty(new Counts(Map.of("feedback", 4L), 4, 0, 0, null))))
        .startsWith("No model tuned on this dataset can be evaluated")
        .endsWith("4 training and 0 validation examples from 4 records; none was rejected.");
  }

  @Test
  void isNotAlarmedByWhatThePreviousDatasetWasMadeOf() {
    Counts counts =
        new Counts(
            Map.of("feedback", 1_000L), 90, 10, 900, new RunSummary.CarriedOver("r", 800, 80));
    assertThat(verdict(rejecting(counts, RejectionReason.EXACT_DUPLICATE)))
        .startsWith("890 training and 90 ")
        .contains("900 were rejected, up to 880 of them because they are already in run r; no");
    assertThat(page(rejecting(counts, RejectionReason.EXACT_DUPLICATE)))
        .contains("feedback <span class=\"said\">up to 880 of the rejected are already in run r")
        .contains("Up to 880 of those with EXACT_DUPLICATE are already in run r");
    assertThat(verdict(rejecting(counts, RejectionReason.MISSING_FIELD)))
        .startsWith("90.0% of the records ");
    assertThat(page(rejecting(counts, RejectionReason.MISSING_FIELD)))
        .doesNotContain("already in run");
  }

  private static ReportData rejecting(Counts counts, RejectionReason reason) {
    return empty(counts, new RejectionRow("feedback", reason, 900, "row 1"));
  }

  @Test
  void showsTheWayFromTheSourcesToTheDataset() {
    String flow = between(page(full(null)), "<ol class=\"flow\"", "</ol>");
    assertThat(flow.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "))
        .contains("Sources feedback 1,234,567 generated 4,000 records read 1,238,567 ")
        .contains("Dataset training 1,100,000 validation 5,000 rejected 133,567 ")
        .contains("Next attune check , attune estimate , attune tune ")
        .doesNotContain("when this page was written");
    assertThat(between(page(full("Too many.")), "<ol class=\"flow\"", "</ol>"))
        .contains("Nothing was published.", "prepare again");
  }

  @Test
  void letsAKeyboardScrollWhatIsWide() {
    String page = page(full(null));
    assertThat(matches(page, "<div class=\"scroll[^>]*>"))
        .isNotEmpty()
        .allSatisfy(div -> assertThat(div).contains("tabindex=\"0\" role=\"region\" aria-label="));
  }

  private static ReportData full(@Nullable String refusal) {
    return full(
        refusal, new CategoryRow("a", "Alpha", 2_001, 2_002), new CategoryRow("b", "b", 0, 1));
  }

  private static ReportData full(@Nullable String refusal, CategoryRow... categories) {
    return new ReportData(
        new RunSummary(
            "childcare",
            "r-1",
            "sha256:" + HASH,
            COUNTS,
            REJECTIONS,
            REDACTED,
            List.of(categories),
            List.of("Category a has no validation.")),
        new ReportData.Facts("classification", "gemini", 987_654_321L, 43_210),
        refusal,
        List.of(
            new Histogram(
                "Quality", "score", List.of(new Bin("0", 3_001, 3_002), new Bin("0.5", 1, 0))),
            new Histogram("Tokens", "tokens", List.of())),
        List.of(
            new SourceRow("feedback", "feedback", null, "count 5, id 9"),
            new SourceRow("generated", "a.jsonl", 1_450_001L, HASH),
            new SourceRow("generated", "b.jsonl", 999L, HASH)),
        List.of("The largest unit has 12 of 20 examples."));
  }

  private static ReportData empty(Counts counts, RejectionRow... rejections) {
    return new ReportData(
        new RunSummary(
            "childcare", "r-1", null, counts, List.of(rejections), Map.of(), List.of(), List.of()),
        new ReportData.Facts("conversation", "openai", 0, 0),
        null,
        List.of(),
        List.of(),
        List.of());
  }

  private static ReportData hostile() {
    String h = HOSTILE;
    return new ReportData(
        new RunSummary(
            h,
            h,
            h,
            new Counts(Map.of(h, 1L), 0, 0, 1, null),
            List.of(new RejectionRow(h, RejectionReason.MISSING_FIELD, 1, h)),
            Map.of(h, 1L),
            List.of(new CategoryRow(h + "2", h, 1, 1)),
            List.of(h)),
        new ReportData.Facts(h, h, 1, 1),
        h,
        List.of(new Histogram(h, h, List.of(new Bin(h, 1, 1)))),
        List.of(new SourceRow(h, h, 1L, h)),
        List.of(h));
  }

  private static Map<String, Long> read(String first, long ofFirst, String second, long ofSecond) {
    Map<String, Long> read = new LinkedHashMap<>();
    read.put(first, ofFirst);
    read.put(second, ofSecond);
    return read;
  }

  private static String verdict(ReportData data) {
    String page = page(data);
    return between(page.substring(page.indexOf("<p class=\"verdict")), "\">", "</p>");
  }

  private static String page(ReportData data) {
    return new String(ReportPage.render(data), StandardCharsets.UTF_8);
  }

  /** Returns the texts between two tags, with a comma for the blank. */
  private static List<String> figures(String... figures) {
    return List.of(figures).stream().map(f -> ">" + f.replace(' ', ',') + "<").toList();
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private static String hash(String text) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] digest = sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }
}
