package dev.attune.bench.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Makes the feedback, observations, samples and improvements of data/bank-questions from BANKING77.
 * The same input gives the same bytes: all choices depend on the SHA-256 of a question.
 */
@Command(name = "sample", description = "Makes data/bank-questions from BANKING77.")
public final class MakeSample implements Callable<Integer> {
  private static final Pattern SENTENCE = Pattern.compile("(?s).*[.?!]");

  /** The least number of characters of a generated sample. */
  private static final int WHOLE = 50;

  /** The first byte of the hash for the order within a source. */
  private static final int ORDER = 6;

  @Parameters(
      index = "0",
      paramLabel = "FOLDER",
      description = "Directory with train.csv and test.csv.")
  private Path banking77 = Path.of("");

  @Parameters(index = "1", paramLabel = "TARGET", description = "Target directory.")
  private Path target = Path.of("");

  private final List<BankQuestion> feedback = new ArrayList<>();
  private final List<BankQuestion> observed = new ArrayList<>();
  private final List<BankQuestion> generated = new ArrayList<>();

  /** Runs the program with command-line arguments. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new MakeSample()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    DealtQuestions dealt = DealtQuestions.of(BankingFiles.read(banking77));
    dealt.first().values().forEach(this::share);
    feedback.sort(BankQuestion.byHash(ORDER));
    observed.sort(BankQuestion.byHash(ORDER));
    generated.sort(BankQuestion.byHash(ORDER));
    SampleFolder folder = new SampleFolder(target);
    new RatedQuestions(folder, dealt.spare()).write(feedback, dealt.second());
    new ObservedQuestions(folder, dealt.spare()).write(observed);
    new GeneratedQuestions(folder).write(generated);
    return 0;
  }

  /** Distributes the questions of a category over the three sources. */
  private void share(List<BankQuestion> questions) {
    for (int i = 0; i < questions.size(); i++) {
      BankQuestion question = questions.get(i);
      String text = question.text();
      if (i % 10 < 3) {
        feedback.add(question);
      } else if (i % 10 >= 7 && text.length() >= WHOLE && SENTENCE.matcher(text).matches()) {
        generated.add(question);
      } else {
        observed.add(question);
      }
    }
  }
}
