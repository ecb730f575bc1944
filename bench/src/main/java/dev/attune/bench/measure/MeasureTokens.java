package dev.attune.bench.measure;

import dev.attune.format.ExampleFormat;
import dev.attune.format.conformance.Checker;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.place.Place;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Compares the token estimate with o200k_base: on article 1 of the Universal Declaration of Human
 * Rights in twelve languages, on a line of JSON and one of numbers, and on dataset files.
 */
@Command(name = "tokens", description = "Measures the error of the token estimate.")
public final class MeasureTokens implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "FILE", description = "A file train.jsonl of a dataset.")
  private List<Path> files = List.of();

  /** Runs the program with command-line arguments. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new MeasureTokens()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    System.out.println("| sample | bytes | o200k_base | estimate | error |");
    System.out.println("|---|---:|---:|---:|---:|");
    texts().forEach(error -> System.out.println(error.row()));
    for (Path file : files) {
      System.out.println(dataset(file.toString(), file).row());
    }
    return 0;
  }

  /** Measures the texts of this program. */
  static List<TokenError> texts() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(MeasureTokens.class.getResourceAsStream("texts.tsv")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.split("\t", 2))
          .map(row -> TokenError.of(row[0], Stream.of(List.of(row[1]))))
          .toList();
    }
  }

  /** Measures a file of examples. */
  static TokenError dataset(String sample, Path file) throws IOException {
    ExampleFormat format = ExampleFormats.of(Checker.detect(Place.of(file)).orElseThrow());
    try (Stream<String> lines = Files.lines(file)) {
      return TokenError.of(
          sample,
          lines
              .map(line -> line.getBytes(StandardCharsets.UTF_8))
              .map(format::decode)
              .map(MeasureTokens::texts));
    }
  }

  private static List<String> texts(ExampleLine line) {
    List<String> texts = new ArrayList<>();
    String system = line.system();
    if (system != null) {
      texts.add(system);
    }
    line.turns().stream().map(Turn::text).forEach(texts::add);
    return texts;
  }
}
