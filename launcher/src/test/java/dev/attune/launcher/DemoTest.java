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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop as somebody new sees it: real data, real pipeline, a real model. */
class DemoTest {
  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> OF_A_CLONE =
      List.of("data/childcare", "taxonomy/src/main/resources/dev/attune/taxonomy");

  @TempDir private Path home;

  @Test
  void endsWithAPromotedModelAndThenWithNothingNew() throws IOException {
    for (String folder : OF_A_CLONE) {
      copyTree(CLONE.resolve(folder), home.resolve(folder));
    }

    Typed first = Typed.attune(home, PrepareDataset::run, "demo");

    assertThat(first.err()).allSatisfy(line -> assertThat(line).doesNotContain("Exception"));
    assertThat(first.exit()).isZero();
    assertThat(first.out())
        .startsWith("childcare-observations: 647 records read in ")
        .containsPattern("\\npromote   [0-9a-f]{12}-1 is in use; build/demo/.env names local:");
    Path demo = home.resolve("build/demo");
    assertThat(Files.readString(demo.resolve(".env")))
        .matches("FINETUNED_MODEL_ID=local:[0-9a-f]{12}-1\\n");
    assertThat(names(demo)).contains("datasets", "evaluations", "ledger.mv.db", ".env");
    assertThat(names(home)).containsExactly("build", "data", "taxonomy");
    assertThat(pages(demo.resolve("evaluations"))).hasSize(1);

    Typed second = Typed.attune(home, PrepareDataset::run, "demo");

    assertThat(second.exit()).isZero();
    assertThat(second.out()).startsWith("Nothing new to do: ").hasLineCount(1);
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
