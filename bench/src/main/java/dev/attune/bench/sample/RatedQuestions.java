package dev.attune.bench.sample;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Writes the feedback of both acts. */
final class RatedQuestions {
  private static final int FAULTY_ROWS = 12;
  private static final int SOUND_ROWS_BETWEEN = 20;
  private static final int FIRST_INTERVAL = 5400;
  private static final int SECOND_INTERVAL = 3600;

  private final SampleFolder folder;
  private final List<BankQuestion> spare;

  RatedQuestions(SampleFolder folder, List<BankQuestion> spare) {
    this.folder = folder;
    this.spare = spare;
  }

  /** Writes the feedback and the better answers of both acts. */
  void write(List<BankQuestion> first, List<BankQuestion> second) throws IOException {
    writeFirst(first);
    writeSecond(second, first.size() + FAULTY_ROWS);
  }

  private void writeFirst(List<BankQuestion> questions) throws IOException {
    FeedbackInsertion rows =
        new FeedbackInsertion(1, Instant.parse("2026-09-01T08:00:00Z"), FIRST_INTERVAL);
    for (int i = 0; i < questions.size(); i++) {
      rows.add(questions.get(i));
      int fault = i / SOUND_ROWS_BETWEEN;
      if ((i + 1) % SOUND_ROWS_BETWEEN == 0 && fault < FAULTY_ROWS) {
        addFault(rows, fault, spare.get(fault));
      }
    }
    String head =
        """
        -- What customers of a bank said about the topics that a model gave their questions.
        -- From BANKING77 (CC BY 4.0), changed; see README.md. For H2 2.x and PostgreSQL 14 or newer.
        CREATE TABLE feedback (
          id BIGINT PRIMARY KEY,
          customer VARCHAR(64),
          question VARCHAR(2000),
          topic VARCHAR(200),
          rating INT,
          comment VARCHAR(2000),
          created_at TIMESTAMP WITH TIME ZONE
        );

        """;
    folder.write("feedback/feedback.sql", head + rows.sql());
    folder.write("improvements/2026-10.jsonl", rows.improvements());
  }

  private static void addFault(FeedbackInsertion rows, int number, BankQuestion question) {
    String text = question.text();
    String topic = question.category();
    String other = BankTopics.other(question);
    List<String> complaints = FeedbackInsertion.COMPLAINTS;
    switch (number) {
      case 0 -> rows.row(null, topic, "5", null);
      case 1 -> rows.row(text, topic, "NULL", null);
      case 2 -> rows.row(text, topic, "0", null);
      case 3, 4, 5 -> rows.row(text, topic, "3", number == 4 ? "half right" : null);
      case 6, 7 -> rows.row(text, other, "1", null);
      case 8 -> rows.row(text, other, "2", "   ");
      default -> rows.row(text, other, "2", complaints.get(number % complaints.size()));
    }
  }

  private void writeSecond(List<BankQuestion> questions, int before) throws IOException {
    FeedbackInsertion rows =
        new FeedbackInsertion(before + 1, Instant.parse("2026-11-01T08:00:00Z"), SECOND_INTERVAL);
    questions.forEach(rows::add);
    String head =
        """
        -- What customers said later: the second act of attune demo puts these rows into the table.
        -- From BANKING77 (CC BY 4.0), changed; see README.md.
        """;
    folder.write("second-act/feedback.sql", head + rows.sql());
    folder.write("second-act/improvements/2026-11.jsonl", rows.improvements());
  }
}
