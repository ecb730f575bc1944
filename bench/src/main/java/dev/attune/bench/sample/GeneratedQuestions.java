package dev.attune.bench.sample;

import static dev.attune.bench.sample.SampleFolder.json;
import static dev.attune.bench.sample.SampleFolder.time;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes the questions that serve as generated samples. */
final class GeneratedQuestions {
  private static final Instant BEGIN = Instant.parse("2026-08-20T09:00:00Z");
  private static final int SECONDS_BETWEEN = 10;

  /** Samples of low quality by the index of the previous sample. */
  private static final Map<Integer, LowQuality> FAULTS =
      Map.of(
          15,
          new LowQuality("s-901", "Refund now?", "request_refund"),
          25,
          new LowQuality(
              "s-902",
              "I'm sorry, but I cannot help with writing questions about stolen cards.",
              "lost_or_stolen_card"),
          35,
          new LowQuality(
              "s-903",
              "Where is my card? Where is my card? Where is my card? Where is my card?",
              "card_arrival"),
          45,
          new LowQuality(
              "s-904",
              "I would like to change my PIN at a machine near me, and then I would like",
              "change_pin"));

  private final SampleFolder folder;

  GeneratedQuestions(SampleFolder folder) {
    this.folder = folder;
  }

  /** A sample that the pipeline rejects: too short, a refusal, repetitive or truncated. */
  private record LowQuality(String id, String prompt, String response) {}

  /** Writes the samples. */
  void write(List<BankQuestion> questions) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < questions.size(); i++) {
      BankQuestion question = questions.get(i);
      lines.append(line("s-%03d".formatted(i + 1), question.text(), question.category(), i));
      LowQuality fault = FAULTS.get(i);
      if (fault != null) {
        lines.append(line(fault.id(), fault.prompt(), fault.response(), i));
      }
    }
    folder.write("generated/samples.jsonl", lines.toString());
  }

  private static String line(String id, String prompt, String response, int index) {
    String at = time(BEGIN, index, SECONDS_BETWEEN);
    return "{\"id\": %s, \"prompt\": %s, \"response\": %s, \"createdAt\": %s}\n"
        .formatted(json(id), json(prompt), json(response), json(at));
  }
}
