import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes this folder's feedback, observations, samples and improvements from BANKING77: {@code java
 * MakeSample.java FOLDER_OF_BANKING77 TARGET}, where the first holds train.csv and test.csv. The
 * same input gives the same bytes: what looks random is taken from the SHA-256 of a question.
 */
public final class MakeSample {
  /** The categories with the names that the bank's staff writes. */
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("activate_my_card", "Activate a card");
    NAMES.put("cancel_transfer", "Cancel a transfer");
    NAMES.put("card_arrival", "Where is my card");
    NAMES.put("change_pin", "Change the PIN");
    NAMES.put("exchange_rate", "Exchange rate");
    NAMES.put("lost_or_stolen_card", "Lost or stolen card");
    NAMES.put("request_refund", "Refund");
    NAMES.put("terminate_account", "Close the account");
    NAMES.put("top_up_failed", "Top-up failed");
    NAMES.put("verify_my_identity", "Proof of identity");
  }

  /** Categories of which the first act has few questions. */
  private static final List<String> THIN =
      List.of("exchange_rate", "lost_or_stolen_card", "terminate_account");

  private static final int THIN_IN_FIRST_ACT = 12;
  private static final double SHARE_OF_FIRST_ACT = 0.9;

  /** Of each category that is not thin: questions that stand in faulty records only. */
  private static final int SPARE = 4;

  private static final List<String> COMPLAINTS =
      List.of(
          "That is not what I asked.",
          "Wrong topic.",
          "I got an answer to another question.",
          "Did not help, this is about something else.",
          "no!! read it again");

  private static final String[] CONTACTS = {
    "verify_my_identity| My address is jo.king@example.com.",
    "verify_my_identity| Please write to m.okafor@example.org.",
    "top_up_failed| You can call me on 01632 960123.",
    "request_refund| My IBAN is GB33BUKB20201555555555.",
    "lost_or_stolen_card| The number is 4111 1111 1111 1111.",
    "activate_my_card| The card is 5555 5555 5555 4444.",
  };

  private final Path target;
  private final Map<String, List<Question>> first = new LinkedHashMap<>();
  private final List<Question> second = new ArrayList<>();
  private final List<Question> spare = new ArrayList<>();

  private MakeSample(Path target) {
    this.target = target;
  }

  /** A question and its category; {@code hash} stands for dice. */
  private record Question(String text, String category, byte[] hash) {
    int die(int index, int sides) {
      return (((hash[2 * index] & 0xff) << 8) | (hash[2 * index + 1] & 0xff)) % sides;
    }

    Question with(String otherText) {
      return new Question(otherText, category, hash);
    }
  }

  public static void main(String[] args) throws IOException {
    MakeSample sample = new MakeSample(Path.of(args[1]));
    sample.deal(read(Path.of(args[0])));
    sample.write();
  }

  // Reading and dealing out

  private static List<Question> read(Path folder) throws IOException {
    Map<String, Question> questions = new HashMap<>();
    for (String file : List.of("train.csv", "test.csv")) {
      List<List<String>> rows = csv(Files.readString(folder.resolve(file)));
      for (List<String> row : rows.subList(1, rows.size())) {
        String text = row.get(0).strip();
        if (NAMES.containsKey(row.get(1))) {
          questions.putIfAbsent(text, new Question(text, row.get(1), sha256(text)));
        }
      }
    }
    return questions.values().stream()
        .sorted(Comparator.comparing(question -> HexFormat.of().formatHex(question.hash())))
        .toList();
  }

  private void deal(List<Question> questions) {
    for (String category : NAMES.keySet()) {
      List<Question> all =
          questions.stream().filter(one -> one.category().equals(category)).toList();
      boolean isThin = THIN.contains(category);
      int spared = isThin ? 0 : SPARE;
      int used = all.size() - spared;
      int inFirst = isThin ? THIN_IN_FIRST_ACT : (int) (SHARE_OF_FIRST_ACT * used);
      first.put(category, new ArrayList<>(all.subList(0, inFirst)));
      second.addAll(all.subList(inFirst, used));
      spare.addAll(all.subList(used, all.size()));
    }
    second.sort(byHash(5));
    spare.sort(byHash(5));
    for (int i = 0; i < CONTACTS.length; i++) {
      String[] contact = CONTACTS[i].split("\\|");
      List<Question> asked = first.get(contact[0]);
      asked.set(i, asked.get(i).with(asked.get(i).text() + contact[1]));
    }
  }

  private void write() throws IOException {
    List<Question> feedback = new ArrayList<>();
    List<Question> observed = new ArrayList<>();
    List<Question> generated = new ArrayList<>();
    for (List<Question> questions : first.values()) {
      for (int i = 0; i < questions.size(); i++) {
        Question question = questions.get(i);
        boolean isWhole = question.text().length() >= 50 && question.text().matches("(?s).*[.?!]");
        if (i % 10 < 3) {
          feedback.add(question);
        } else if (i % 10 >= 7 && isWhole) {
          generated.add(question);
        } else {
          observed.add(question);
        }
      }
    }
    feedback.sort(byHash(6));
    observed.sort(byHash(6));
    generated.sort(byHash(6));
    writeFeedback(feedback);
    writeNewFeedback(feedback.size() + FAULTY_ROWS);
    int half = observed.size() / 2;
    writeCsv(observed.subList(0, half));
    writeJsonLines(observed.subList(half, observed.size()), half);
    writeSamples(generated);
  }

  // Feedback

  private static final int FAULTY_ROWS = 12;

  private void writeFeedback(List<Question> questions) throws IOException {
    Table table = new Table(1, Instant.parse("2026-09-01T08:00:00Z"), 5400);
    for (int i = 0; i < questions.size(); i++) {
      table.add(questions.get(i));
      // A faulty row behind every twentieth sound one.
      if (i % 20 == 19 && i / 20 < FAULTY_ROWS) {
        addFault(table, i / 20, spare.get(i / 20));
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
    write("feedback/feedback.sql", head + table.insertion());
    write("improvements/2026-10.jsonl", String.join("", table.improvements));
  }

  private static void addFault(Table table, int number, Question question) {
    String text = question.text();
    String topic = question.category();
    switch (number) {
      case 0 -> table.row(null, topic, "5", null);
      case 1 -> table.row(text, topic, "NULL", null);
      case 2 -> table.row(text, topic, "0", null);
      case 3, 4, 5 -> table.row(text, topic, "3", number == 4 ? "half right" : null);
      case 6, 7 -> table.row(text, other(question), "1", null);
      case 8 -> table.row(text, other(question), "2", "   ");
      default -> table.row(text, other(question), "2", COMPLAINTS.get(number % 5));
    }
  }

  private void writeNewFeedback(int before) throws IOException {
    Table table = new Table(before + 1, Instant.parse("2026-11-01T08:00:00Z"), 3600);
    second.forEach(table::add);
    String head =
        """
        -- What customers said later: the second act of attune demo puts these rows into the table.
        -- From BANKING77 (CC BY 4.0), changed; see README.md.
        """;
    write("second-act/feedback.sql", head + table.insertion());
    write("second-act/improvements/2026-11.jsonl", String.join("", table.improvements));
  }

  /** Rows of the table feedback, and the better answers for those that are rated 1 or 2. */
  private static final class Table {
    private final List<String> rows = new ArrayList<>();
    private final List<String> improvements = new ArrayList<>();
    private final Instant begin;
    private final int step;
    private final int firstId;

    Table(int firstId, Instant begin, int step) {
      this.firstId = firstId;
      this.begin = begin;
      this.step = step;
    }

    void add(Question question) {
      int id = firstId + rows.size();
      if (question.die(0, 5) == 0) {
        String complaint = COMPLAINTS.get(question.die(1, COMPLAINTS.size()));
        row(question.text(), other(question), String.valueOf(1 + question.die(2, 2)), complaint);
        improvements.add(
            "{\"id\": %d, \"response\": %s}\n".formatted(id, json(question.category())));
      } else {
        // Some answers are the name of the topic, not its id.
        boolean isNamed = question.die(1, 12) == 0;
        String topic = isNamed ? NAMES.get(question.category()) : question.category();
        row(question.text(), topic, String.valueOf(4 + question.die(2, 2)), null);
      }
    }

    void row(String question, String topic, String rating, String comment) {
      int id = firstId + rows.size();
      String customer = "c-%03d".formatted(Math.floorMod(id * 7919, 211));
      rows.add(
          "(%d, %s, %s, %s, %s, %s, %s)"
              .formatted(
                  id,
                  sql(customer),
                  sql(question),
                  sql(topic),
                  rating,
                  sql(comment),
                  sql(time(begin, rows.size(), step).replace("T", " ").replace("Z", "+00:00"))));
    }

    String insertion() {
      return "INSERT INTO feedback (id, customer, question, topic, rating, comment, created_at)"
          + " VALUES\n"
          + String.join(",\n", rows)
          + ";\n";
    }
  }

  private static String other(Question question) {
    List<String> categories = new ArrayList<>(NAMES.keySet());
    categories.remove(question.category());
    return categories.get(question.die(3, categories.size()));
  }

  // Observations

  private void writeCsv(List<Question> questions) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(utf8("id,customer,question,topic,asked_at\n"));
    Instant begin = Instant.parse("2026-06-01T08:00:00Z");
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      String at = time(begin, i, 7200);
      out.writeBytes(
          utf8(row(id(i), customer(i), question.text(), NAMES.get(question.category()), at)));
      switch (i) {
        case 60 -> out.writeBytes(utf8("b-9001,k-001,How do I open an account for my son?\n"));
        case 120 ->
            out.writeBytes(utf8(row("b-9002", "k-002", "Can I borrow for a house?", "Mortgage", at)));
        case 180 ->
            out.writeBytes(
                utf8(row("b-9003", "k-003", spare.get(12).text(), "Refund", "last Tuesday")));
        case 240 -> {
          // The pound sign in Windows-1252: one byte, which is no UTF-8.
          out.writeBytes(utf8("b-9004,k-004,My top-up of "));
          out.write(0xa3);
          out.writeBytes(utf8("20 failed.,Top-up failed," + at + "\n"));
        }
        case 300 ->
            out.writeBytes(
                utf8(row("b-9005", "k-005", spare.get(13).text(), "Tax; Close the account", at)));
        default -> {}
      }
    }
    write("observations/branch.csv", out.toByteArray());
  }

  private void writeJsonLines(List<Question> questions, int before) throws IOException {
    StringBuilder lines = new StringBuilder();
    Instant begin = Instant.parse("2026-07-01T08:00:00Z");
    List<Question> long12 =
        questions.stream().filter(one -> one.text().split("\\s+").length >= 12).toList();
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      String at = time(begin, i, 7200);
      lines.append(line(id(before + i), customer(before + i), question.text(), question.category(), at));
      Question same = questions.get(Math.max(0, i - 37));
      switch (i) {
        case 50 -> lines.append("{\"id\": \"b-9011\", \"customer\": \"k-011\", \"question\": \"I can\n");
        case 90 ->
            lines.append(line(id(before + i), "k-012", spare.get(14).text(), spare.get(14).category(), at));
        case 130, 170, 210 ->
            lines.append(line("b-90" + i, "k-013", same.text().toUpperCase(), same.category(), at));
        case 250 -> lines.append(line("b-9014", "k-014", same.text(), other(same), at));
        case 150, 190, 230 -> {
          Question near = long12.get(i / 10);
          lines.append(line("b-90" + i, "k-015", near.text() + " Thanks!", near.category(), at));
        }
        default -> {}
      }
    }
    write("observations/chat.jsonl", lines.toString());
  }

  private static String id(int index) {
    return "b-%04d".formatted(index + 1);
  }

  private static String customer(int index) {
    return "k-%03d".formatted(100 + index * 7919 % 509);
  }

  private static String row(String... fields) {
    List<String> quoted = new ArrayList<>();
    for (String field : fields) {
      boolean isPlain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      quoted.add(isPlain ? field : '"' + field.replace("\"", "\"\"") + '"');
    }
    return String.join(",", quoted) + "\n";
  }

  private static String line(String id, String customer, String text, String topic, String at) {
    return "{\"id\": %s, \"customer\": %s, \"question\": %s, \"topic\": %s, \"asked_at\": %s}\n"
        .formatted(json(id), json(customer), json(text), json(topic), json(at));
  }

  // Samples

  private void writeSamples(List<Question> questions) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      lines.append(sample("s-%03d".formatted(i + 1), question.text(), question.category(), i));
      switch (i) {
        case 15 -> lines.append(sample("s-901", "Refund now?", "request_refund", i));
        case 25 ->
            lines.append(
                sample(
                    "s-902",
                    "I'm sorry, but I cannot help with writing questions about stolen cards.",
                    "lost_or_stolen_card",
                    i));
        case 35 ->
            lines.append(
                sample(
                    "s-903",
                    "Where is my card? Where is my card? Where is my card? Where is my card?",
                    "card_arrival",
                    i));
        case 45 ->
            lines.append(
                sample(
                    "s-904",
                    "I would like to change my PIN at a machine near me, and then I would like",
                    "change_pin",
                    i));
        default -> {}
      }
    }
    write("generated/samples.jsonl", lines.toString());
  }

  private static String sample(String id, String prompt, String response, int index) {
    return "{\"id\": %s, \"prompt\": %s, \"response\": %s, \"createdAt\": %s}\n"
        .formatted(
            json(id),
            json(prompt),
            json(response),
            json(time(Instant.parse("2026-08-20T09:00:00Z"), index, 10)));
  }

  // Formats

  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String sql(String text) {
    return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
  }

  private static String time(Instant begin, int index, int step) {
    return begin.plusSeconds((long) index * step).toString();
  }

  private static Comparator<Question> byHash(int from) {
    return Comparator.comparing(question -> HexFormat.of().formatHex(question.hash(), from, 32));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(utf8(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void write(String file, String text) throws IOException {
    write(file, utf8(text));
  }

  private void write(String file, byte[] bytes) throws IOException {
    Path path = target.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, bytes);
  }

  /** Fields may be quoted, and a quoted one may hold line breaks. */
  private static List<List<String>> csv(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isQuoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (!isQuoted && (c == ',' || c == '\n')) {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (isQuoted || c != '\r') {
        field.append(c);
      }
    }
    return rows;
  }
}
