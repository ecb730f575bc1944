package dev.attune.bench.sample;

import static dev.attune.bench.sample.SampleFolder.json;
import static dev.attune.bench.sample.SampleFolder.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds rows of the table feedback, and better answers for rows rated 1 or 2. */
final class FeedbackInsertion {
  /** Comments of customers on a wrong answer. */
  static final List<String> COMPLAINTS =
      List.of(
          "That is not what I asked.",
          "Wrong topic.",
          "I got an answer to another question.",
          "Did not help, this is about something else.",
          "no!! read it again");

  private final List<String> rows = new ArrayList<>();
  private final StringBuilder improvements = new StringBuilder();
  private final int firstId;
  private final Instant begin;
  private final int secondsBetween;

  FeedbackInsertion(int firstId, Instant begin, int secondsBetween) {
    this.firstId = firstId;
    this.begin = begin;
    this.secondsBetween = secondsBetween;
  }

  /** Adds a valid row. One answer in five is wrong and has a comment and a better answer. */
  void add(BankQuestion question) {
    int id = firstId + rows.size();
    if (question.die(0, 5) == 0) {
      String complaint = COMPLAINTS.get(question.die(1, COMPLAINTS.size()));
      String rating = String.valueOf(1 + question.die(2, 2));
      row(question.text(), BankTopics.other(question), rating, complaint);
      improvements.append(
          "{\"id\": %d, \"response\": %s}\n".formatted(id, json(question.category())));
    } else {
      // Some answers are the name of the topic, not its id.
      boolean isNamed = question.die(1, 12) == 0;
      String topic = isNamed ? BankTopics.name(question) : question.category();
      row(question.text(), topic, String.valueOf(4 + question.die(2, 2)), null);
    }
  }

  /** Adds a row with the given values. */
  void row(
      @Nullable String question, @Nullable String topic, String rating, @Nullable String comment) {
    int id = firstId + rows.size();
    String customer = "c-%03d".formatted(Math.floorMod(id * 7919, 211));
    String at = time(begin, rows.size(), secondsBetween).replace("T", " ").replace("Z", "+00:00");
    rows.add(
        "(%d, %s, %s, %s, %s, %s, %s)"
            .formatted(
                id, sql(customer), sql(question), sql(topic), rating, sql(comment), sql(at)));
  }

  /** Returns the statement that inserts the rows. */
  String sql() {
    return "INSERT INTO feedback (id, customer, question, topic, rating, comment, created_at)"
        + " VALUES\n"
        + String.join(",\n", rows)
        + ";\n";
  }

  /** Returns the lines of better answers. */
  String improvements() {
    return improvements.toString();
  }

  private static String sql(@Nullable String text) {
    return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
  }
}
