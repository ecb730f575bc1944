package dev.attune.launcher.improve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.bytes.Sha256;
import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.ModelSession;
import dev.attune.models.ModelException;
import dev.attune.pipeline.prepare.ImproveRequest;
import dev.attune.pipeline.selection.SelectedRows;
import dev.attune.pipeline.stage.RowVersion;
import dev.attune.pipeline.stage.UnimprovedRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImproveRunTest {
  private static final int ROWS = 12;

  @TempDir private Path folder;
  private TestShell shell = new TestShell(Path.of("/"));
  private ScriptedModel writer = new ScriptedModel("writer", ImproveRunTest::better);
  private ScriptedModel judge = new ScriptedModel("judge", ImproveRunTest::verdict);

  @BeforeEach
  void writeConfiguration() throws IOException {
    shell = new TestShell(folder);
    Files.writeString(
        folder.resolve("attune.yaml"),
        """
        dataset: answers
        task: conversation
        sources:
          feedback:
            jdbcUrl: jdbc:h2:./db
            table: answers
            columns: {id: id, prompt: p, response: r, rating: s, comment: c}
            improvements: improvements/*.jsonl
        models:
          writer: {provider: openai, baseUrl: "http://127.0.0.1:1/v1", model: writer, requestsPerMinute: 100000}
          judge: {provider: openai, baseUrl: "http://127.0.0.1:1/v1", model: judge, requestsPerMinute: 100000}
        improvement: {model: writer, judge: judge}
        ledger: {jdbcUrl: "jdbc:h2:file:./ledger"}
        """);
  }

  /** Row 3 gets a cut answer, row 5 the old one; the judge rejects row 7 and ignores row 8. */
  private static String better(String text) {
    return text.contains("Question 3?")
        ? "CUT off"
        : text.contains("Question 5?") ? "answer 5" : "Better, because of " + number(text);
  }

  private static String verdict(String text) {
    String better =
        text.contains("<b-") && text.indexOf("Better") > text.indexOf("<b-") ? "B" : "A";
    return switch (number(text)) {
      case "7" -> "{\"reason\": \"\", \"better\": \"A\", \"heeds\": \"both\"}";
      case "8" -> "{\"reason\": \"\", \"better\": \"" + better + "\", \"heeds\": \"neither\"}";
      case "9" -> "B is better.";
      default -> "{\"reason\": \"\", \"better\": \"" + better + "\", \"heeds\": \"both\"}";
    };
  }

  private static String number(String text) {
    int start = text.indexOf("Question ") + "Question ".length();
    return text.substring(start, text.indexOf('?', start));
  }

  private static List<UnimprovedRow> rows() {
    return IntStream.range(0, ROWS)
        .mapToObj(
            i ->
                new UnimprovedRow(
                    "row-" + i, basis(i), "Question " + i + "?", "Answer " + i, "Say why"))
        .sorted(Comparator.comparing(UnimprovedRow::basis))
        .toList();
  }

  private static String basis(int i) {
    return Sha256.hex(("row " + i).getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  /** What the pipeline would select: rows without an improvement in a file. */
  private SelectedRows select(ImproveRequest request) {
    String improved = String.join("\n", files(".jsonl").values());
    List<UnimprovedRow> left =
        rows().stream()
            .filter(row -> !improved.contains("\"" + row.basis() + "\",\"judge\""))
            .filter(row -> !request.leftOut().contains(new RowVersion(row.id(), row.basis())))
            .toList();
    return new SelectedRows(left.subList(0, Math.min(request.limit(), left.size())), left.size());
  }

  private ImproveResult run() throws Exception {
    return run(null);
  }

  private ImproveResult run(Integer limit) throws Exception {
    AttuneConfig config = ConfigLoader.load(folder.resolve("attune.yaml"));
    Shell here = shell.shell();
    try (Ledger ledger = Ledger.open(config, here);
        ModelSession session =
            ModelSession.open(
                config,
                ledger,
                here,
                ModelSession.Consent.NONE,
                (model, environment) -> model.name().equals("judge") ? judge : writer)) {
      return new ImproveRun(
              ImproveOrder.of(config, null, limit, false),
              session,
              (request, progress) -> select(request),
              here)
          .run();
    }
  }

  private Map<String, String> files(String ending) {
    Map<String, String> contents = new TreeMap<>();
    Path improvements = folder.resolve("improvements");
    if (Files.isDirectory(improvements)) {
      try (Stream<Path> files = Files.list(improvements)) {
        for (Path file : files.filter(each -> each.toString().endsWith(ending)).toList()) {
          contents.put(file.getFileName().toString(), Files.readString(file));
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return contents;
  }

  @Test
  void writesWhatIsBetterAndTheReasonsOfTheRest() throws Exception {
    ImproveResult result = run();

    assertThat(result.asked()).isEqualTo(ROWS);
    assertThat(result.kept()).isEqualTo(ROWS - 5);
    assertThat(result.rejected())
        .isEqualTo(
            Map.of(
                AnswerFault.CUT_OFF, 1,
                AnswerFault.SAME_ANSWER, 1,
                AnswerFault.NOT_BETTER, 1,
                AnswerFault.COMMENT_NOT_HEEDED, 1,
                AnswerFault.NOT_JUDGED, 1));
    assertThat(files(".rejected.jsonl").values())
        .singleElement()
        .asString()
        .doesNotContain("Question", "Answer", "answer", "Better", "why")
        .contains("\"id\":\"row-3\"", "\"reason\":\"CUT_OFF\"");
    assertThat(files(".jsonl").values())
        .anySatisfy(
            lines ->
                assertThat(lines)
                    .contains(
                        "{\"id\":\"row-0\",\"response\":\"Better, because of 0\",\"model\":"
                            + "\"writer-1\",\"basis\":\""
                            + basis(0)
                            + "\",\"judge\":{\"model\":\"judge-1\",\"better\":true,"
                            + "\"commentHeeded\":true,\"sameFamily\":false}}\n"));
  }

  @Test
  void saysThatNothingIsNewTheSecondTime() throws Exception {
    ImproveResult first = run();
    Map<String, String> before = files("");

    ImproveResult second = run();

    assertThat(first.isNothingNew()).isFalse();
    assertThat(second.isNothingNew()).isTrue();
    assertThat(second.rejectedBefore()).isEqualTo(5);
    assertThat(files("")).isEqualTo(before);
    assertThat(writer.answered().values()).hasSize(ROWS).containsOnly(1);
  }

  @Test
  void goesOnBeyondTheLimitAndBeyondRejectedRows() throws Exception {
    assertThat(run(5).left()).isEqualTo(ROWS - 5);
    assertThat(run(5).left()).isEqualTo(2);
    assertThat(run(5).asked()).isEqualTo(2);

    assertThat(run(5).isNothingNew()).isTrue();
    assertThat(writer.answered().values()).hasSize(ROWS).containsOnly(1);
  }

  @Test
  void paysForNothingTwiceWhereverItIsKilled() throws Exception {
    run();
    Map<String, String> files = files("");
    int judged = judge.answered().size();
    for (boolean whileWriting : List.of(true, false)) {
      for (int kill : List.of(1, 6, whileWriting ? ROWS : judged)) {
        reset();
        ScriptedModel now = whileWriting ? writer : judge;
        now.killAt(kill);
        Throwable end = catchThrowable(this::run);
        assertThat(end).isInstanceOf(ScriptedModel.KilledError.class);
        assertThat(files("")).isEmpty();
        now.killAt(Integer.MAX_VALUE);

        run();

        assertThat(files("")).isEqualTo(files);
        assertThat(writer.answered().values()).hasSize(ROWS).containsOnly(1);
        assertThat(judge.answered().values()).containsOnly(1);
      }
    }
  }

  @Test
  void writesTheSameFilesWhereItWasKilledBetweenThem() throws Exception {
    run();
    Map<String, String> files = files("");
    for (String name : files.keySet()) {
      if (!name.endsWith(".rejected.jsonl")) {
        Files.delete(folder.resolve("improvements").resolve(name));
      }
    }

    run();

    assertThat(files("")).isEqualTo(files);
    assertThat(writer.answered().values()).containsOnly(1);
  }

  @Test
  void writesNothingWhereAModelCannotBeAsked() {
    writer =
        new ScriptedModel(
            "writer",
            text -> {
              throw new ModelException(ModelException.Kind.MODEL, "The key is wrong.", null);
            });

    CommandFailure failure = catchThrowableOfType(CommandFailure.class, this::run);

    assertThat(failure.code()).isEqualTo(FailureCode.MODEL);
    assertThat(failure)
        .hasMessage(
            "The key is wrong. Nothing was written; answers are kept, and the same command goes on"
                + " from there.");
    assertThat(files("")).isEmpty();
  }

  /** Starts anew with an empty ledger and no files. */
  private void reset() throws IOException {
    writer = new ScriptedModel("writer", ImproveRunTest::better);
    judge = new ScriptedModel("judge", ImproveRunTest::verdict);
    for (String name : files("").keySet()) {
      Files.delete(folder.resolve("improvements").resolve(name));
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.filter(each -> each.toString().contains("ledger")).toList()) {
        Files.delete(entry);
      }
    }
  }
}
