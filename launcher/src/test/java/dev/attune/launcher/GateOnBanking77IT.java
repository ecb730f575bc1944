package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.BankingSplit.Example;
import dev.attune.launcher.console.Logging;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.ledger.Promotions.Kind;
import dev.attune.pipeline.PrepareDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gate on 13,083 real questions, through the commands: a champion of the local back end and its
 * successors on more, fewer and worse examples, with split seeds 1, 2, 3 … Run by
 * .ci/checks/gate-on-banking77.sh; {@code target/gate-on-banking77.txt} has the table.
 */
class GateOnBanking77IT {
  /** Beside the clone; tests run in the module's folder. */
  private static final Path DATA = Path.of("../../shared/data/banking77").toAbsolutePath();

  private static final Path TABLE = Path.of("target/gate-on-banking77.txt");
  private static final int SEEDS = Integer.getInteger("attune.seeds", 10);
  private static final int AT_ONCE = 2;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  /** As a launcher does: Tribuo tells of every training. */
  @BeforeAll
  static void logWarningsOnly() {
    Logging.toStderr(System.err);
  }

  @Test
  void promotesWhatIsBetterAndRefusesWhatIsWorse() throws Exception {
    assumeTrue(Files.isDirectory(DATA), "there is no " + DATA);
    List<Row> rows = new ArrayList<>();
    List<String> table = new ArrayList<>(Row.HEADER);
    Files.createDirectories(TABLE.getParent());
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<List<Row>>> seeds =
          IntStream.rangeClosed(1, SEEDS)
              .mapToObj(seed -> threads.submit(() -> decisions(seed)))
              .toList();
      for (Future<List<Row>> seed : seeds) {
        rows.addAll(seed.get());
        seed.get().forEach(row -> table.add(row.line()));
        // After every seed, so that a run that is cut off leaves what it has.
        Files.write(TABLE, table);
      }
    } finally {
      threads.shutdownNow();
    }
    SoftAssertions checks = new SoftAssertions();
    for (BankingSuccessor successor : BankingSuccessor.values()) {
      List<Row> decided = rows.stream().filter(row -> row.successor == successor).toList();
      checks
          .assertThat(decided.stream().filter(Row::isRight).count())
          .as("%s: right decisions of %d, see %s", successor.title(), decided.size(), TABLE)
          .isGreaterThanOrEqualTo(successor.atLeast(decided.size()));
    }
    checks.assertAll();
  }

  /** Tunes a champion with one split seed, then lets every successor try to take its place. */
  private List<Row> decisions(int seed) throws Exception {
    Path place = folder.resolve("seed" + seed);
    BankingSplit split = BankingSplit.prepare(DATA, place, seed);
    List<Example> shuffled = split.shuffled(seed);
    Attempt champion = attempt(place, split, "champion", BankingSuccessor.champion(shuffled));
    assertThat(champion.promote.exit()).as(champion.promote.toString()).isZero();
    List<Row> rows = new ArrayList<>();
    for (BankingSuccessor successor : BankingSuccessor.values()) {
      for (Map.Entry<String, List<Example>> data : successor.datasets(split, shuffled).entrySet()) {
        String run = (successor.name().toLowerCase(Locale.ROOT) + rows.size()).replace('_', '-');
        Attempt attempt = attempt(place, split, run, data.getValue());
        rows.add(new Row(seed, successor, data.getKey(), attempt));
        if (attempt.decision.kind() == Kind.PROMOTED) {
          attune(place, "rollback");
        }
      }
    }
    return rows;
  }

  /** Tunes, evaluates and tries to promote a model on these examples. */
  private static Attempt attempt(Path place, BankingSplit split, String run, List<Example> examples)
      throws Exception {
    String dataset = split.publish(run, examples);
    JsonNode jobs = JSON.readTree(attune(place, "tune", dataset, "--json").out());
    String model = jobs.at("/jobs/0/id").textValue();
    JsonNode evaluation =
        JSON.readTree(attune(place, "evaluate", model, "--dataset", dataset, "--json").out());
    Typed promote = Typed.attune(place, PrepareDataset::run, "promote", model);
    try (Ledger ledger =
        Ledger.open(
            ConfigLoader.load(place.resolve("attune.yaml")), new TestShell(place).shell())) {
      List<Promotions.Entry> decisions = ledger.promotions().of("banking77");
      Promotions.Entry last = decisions.get(decisions.size() - 1);
      assertThat(last.model()).isEqualTo(model);
      assertThat(promote.exit()).as(promote.toString()).isEqualTo(last.kind().isInUse() ? 0 : 3);
      return new Attempt(evaluation, promote, last);
    }
  }

  private static Typed attune(Path place, String... arguments) {
    Typed typed = Typed.attune(place, PrepareDataset::run, arguments);
    assertThat(typed.exit()).as(Arrays.toString(arguments) + ": " + typed.err()).isZero();
    return typed;
  }

  /**
   * An attempt to take the champion's place.
   *
   * @param evaluation evaluation.json
   * @param decision the last one in the ledger
   */
  private record Attempt(JsonNode evaluation, Typed promote, Promotions.Entry decision) {}

  /**
   * A line of the table.
   *
   * @param category that the successor's data lacks, with its validation examples; or empty
   */
  private record Row(int seed, BankingSuccessor successor, String category, Attempt attempt) {
    static final List<String> HEADER =
        List.of(
            "| seed | successor | decision | better | worse | z | sentence |",
            "|---|---|---|---|---|---|---|");

    boolean isRight() {
      return attempt.decision.kind() == (successor.better() ? Kind.PROMOTED : Kind.REFUSED);
    }

    String line() {
      JsonNode answers = attempt.evaluation.at("/gain/champion/answers");
      int better = answers.path("better").intValue();
      int worse = answers.path("worse").intValue();
      double z = better == worse ? 0 : (better - worse) / Math.sqrt(better + worse);
      return String.format(
          Locale.ROOT,
          "| %d | %s%s | %s%s | %d | %d | %.2f | %s |",
          seed,
          successor.title(),
          category.isEmpty() ? "" : " " + category,
          attempt.decision.kind().name().toLowerCase(Locale.ROOT),
          isRight() ? "" : ", WRONG",
          better,
          worse,
          z,
          attempt.decision.verdict().sentence());
    }
  }
}
