package dev.attune.bench.sample;

import static dev.attune.bench.sample.SampleFolder.json;
import static dev.attune.bench.sample.SampleFolder.time;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes the questions that the bank's staff labelled, half of them as CSV, half as JSONL. */
final class ObservedQuestions {
  private static final int SECONDS_BETWEEN = 7200;
  private static final int WORDS_OF_A_LONG_QUESTION = 12;

  private final SampleFolder folder;
  private final List<BankQuestion> spare;

  ObservedQuestions(SampleFolder folder, List<BankQuestion> spare) {
    this.folder = folder;
    this.spare = spare;
  }

  /** Writes both files. */
  void write(List<BankQuestion> questions) throws IOException {
    int half = questions.size() / 2;
    writeCsv(questions.subList(0, half));
    writeJsonLines(questions.subList(half, questions.size()), half);
  }

  private void writeCsv(List<BankQuestion> questions) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(row("id", "customer", "question", "topic", "asked_at"));
    Instant begin = Instant.parse("2026-06-01T08:00:00Z");
    for (int i = 0; i < questions.size(); i++) {
      BankQuestion question = questions.get(i);
      String at = time(begin, i, SECONDS_BETWEEN);
      String name = BankTopics.name(question);
      out.writeBytes(row(id(i), customer(i), question.text(), name, at));
      switch (i) {
        case 60 -> out.writeBytes(row("b-9001", "k-001", "How do I open an account for my son?"));
        case 120 ->
            out.writeBytes(row("b-9002", "k-002", "Can I borrow for a house?", "Mortgage", at));
        case 180 ->
            out.writeBytes(row("b-9003", "k-003", spare.get(12).text(), "Refund", "last Tuesday"));
        case 240 -> {
          // The pound sign is one byte, as in Windows-1252, which is not valid UTF-8.
          String[] fields = {"b-9004", "k-004", "My top-up of £20 failed.", "Top-up failed", at};
          out.writeBytes(row(StandardCharsets.ISO_8859_1, fields));
        }
        case 300 ->
            out.writeBytes(
                row("b-9005", "k-005", spare.get(13).text(), "Tax; Close the account", at));
        default -> {}
      }
    }
    folder.write("observations/branch.csv", out.toByteArray());
  }

  private void writeJsonLines(List<BankQuestion> questions, int before) throws IOException {
    StringBuilder lines = new StringBuilder();
    Instant begin = Instant.parse("2026-07-01T08:00:00Z");
    List<BankQuestion> longOnes =
        questions.stream()
            .filter(one -> one.text().split("\\s+", -1).length >= WORDS_OF_A_LONG_QUESTION)
            .toList();
    for (int i = 0; i < questions.size(); i++) {
      BankQuestion question = questions.get(i);
      String id = id(before + i);
      String at = time(begin, i, SECONDS_BETWEEN);
      lines.append(line(id, customer(before + i), question, at));
      BankQuestion same = questions.get(Math.max(0, i - 37));
      switch (i) {
        case 50 ->
            lines.append("{\"id\": \"b-9011\", \"customer\": \"k-011\", \"question\": \"I can\n");
        case 90 -> lines.append(line(id, "k-012", spare.get(14), at));
        case 130, 170, 210 -> {
          String loud = same.text().toUpperCase(Locale.ROOT);
          lines.append(line("b-90" + i, "k-013", loud, same.category(), at));
        }
        case 250 -> lines.append(line("b-9014", "k-014", same.text(), BankTopics.other(same), at));
        case 150, 190, 230 ->
            lines.append(line("b-90" + i, "k-015", longOnes.get(i / 10).with(" Thanks!"), at));
        default -> {}
      }
    }
    folder.write("observations/chat.jsonl", lines.toString());
  }

  private static String id(int index) {
    return "b-%04d".formatted(index + 1);
  }

  private static String customer(int index) {
    return "k-%03d".formatted(100 + index * 7919 % 509);
  }

  private static byte[] row(String... fields) throws IOException {
    return row(StandardCharsets.UTF_8, fields);
  }

  private static byte[] row(Charset charset, String... fields) throws IOException {
    StringWriter row = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(row)) {
      csv.writeRecord(fields);
    }
    return row.toString().getBytes(charset);
  }

  private static String line(String id, String customer, BankQuestion question, String at) {
    return line(id, customer, question.text(), question.category(), at);
  }

  private static String line(String id, String customer, String text, String topic, String at) {
    return "{\"id\": %s, \"customer\": %s, \"question\": %s, \"topic\": %s, \"asked_at\": %s}\n"
        .formatted(json(id), json(customer), json(text), json(topic), json(at));
  }
}
