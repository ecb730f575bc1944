package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.PrepareDataset;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop as somebody new sees it: real data, real pipeline, real models. */
class DemoTest {
  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
  private static final String SAMPLE = "data/bank-questions";

  @TempDir private Path home;

  @Test
  void replacesAUsefulModelByABetterOneWhenFeedbackArrivesAndThenHasNothingNew()
      throws IOException {
    copyTree(CLONE.resolve(SAMPLE), home.resolve(SAMPLE));

    Typed first = Typed.attune(home, PrepareDataset::run, "demo");

    assertThat(first.err()).allSatisfy(line -> assertThat(line).doesNotContain("Exception"));
    assertThat(first.exit()).isZero();
    assertThat(
            first
                .out()
                .lines()
                .map(line -> line.replaceFirst(" in .* s(,.*)?$| [0-9a-f]{12}\\b.*", "")))
        .containsSubsequence(
            "Act 1 of 2: three sources become a dataset and a first model",
            "bank-questions: 1,196 records read",
            "  = 374 feedback + 707 observations + 115 generated",
            "  = 925 training + 237 validation + 34 rejected",
            "Act 2 of 2: new feedback arrives, and the same loop runs again",
            "bank-questions: 1,711 records read",
            "  = 419 training + 94 validation + 1,198 rejected (up to 1,162 of them are"
                + " examples of run",
            "  + 925 training + 237 validation carried over from run");
    assertThat(accuracies(first.out())).hasSize(2).allMatch(accuracy -> accuracy >= 0.9);
    assertThat(first.out())
        .containsPattern("\ngate      Promoted: on 237 validation examples .*no model was in use")
        .containsPattern("\ngate      Promoted: on 331 validation examples .* that the champion ");
    Path demo = home.resolve("build/demo");
    assertThat(Files.readString(demo.resolve(".env")))
        .matches("FINETUNED_MODEL_ID=local:[0-9a-f]{12}-1\n");
    assertThat(names(demo)).contains("datasets", "evaluations", "ledger.mv.db", ".env");
    assertThat(names(home)).containsExactly("build", "data");
    assertThat(pages(demo.resolve("evaluations"))).hasSize(2);
    assertThat(pagesShown(first))
        .hasSize(2)
        .allSatisfy(page -> assertThat(home.resolve(page.strip())).isNotEmptyFile());

    Typed second = Typed.attune(home, PrepareDataset::run, "demo");

    assertThat(second.exit()).isZero();
    assertThat(second.out().lines().filter(line -> line.startsWith("Nothing new to do: ")))
        .hasSize(2);
    assertThat(second.err()).isEmpty();
    assertThat(pagesShown(second)).hasSize(2).isEqualTo(pagesShown(first));
  }

  private static List<String> pagesShown(Typed demo) {
    return demo.out().lines().filter(line -> line.startsWith("  build/demo/")).toList();
  }

  private static List<Double> accuracies(String out) {
    return Pattern.compile("\nevaluate  accuracy (\\d\\.\\d+), base")
        .matcher(out)
        .results()
        .map(found -> Double.valueOf(found.group(1)))
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }

  private static List<Path> pages(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("evaluation.html")).toList();
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
