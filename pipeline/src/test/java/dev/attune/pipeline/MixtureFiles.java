package dev.attune.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Writes records as a project to prepare: observations into CSV, JSONL and a JSON array, generated
 * samples into two JSONL files, each of them compressed or not, which record stands where at
 * random; feedback into a database in memory.
 */
final class MixtureFiles implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Random random;
  private final String jdbcUrl;
  private final List<String> observationFiles = new ArrayList<>();
  private final List<String> generatedFiles = new ArrayList<>();
  private final Connection keepsItAlive;

  MixtureFiles(Path folder, Random random) throws SQLException {
    this.folder = folder;
    this.random = random;
    this.jdbcUrl = "jdbc:h2:mem:" + folder.getFileName();
    this.keepsItAlive = DriverManager.getConnection(jdbcUrl, "sa", "");
  }

  /** Writes everything and the configuration; where that one stands. */
  Path write(List<Planted> records, String extraConfig) throws IOException, SQLException {
    List<Planted> shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, random);
    List<List<Planted>> parts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      parts.add(new ArrayList<>());
    }
    List<Planted> feedback = new ArrayList<>();
    for (Planted each : shuffled) {
      switch (each.source()) {
        case OBSERVATIONS -> parts.get(random.nextInt(3)).add(each);
        case GENERATED -> parts.get(3 + random.nextInt(2)).add(each);
        case FEEDBACK -> feedback.add(each);
      }
    }
    writeCsv(parts.get(0));
    observationFiles.add(write("b.jsonl", lines(parts.get(1))));
    observationFiles.add(write("c.json", array(parts.get(2))));
    generatedFiles.add(write("d.jsonl", lines(parts.get(3))));
    generatedFiles.add(write("e.jsonl", lines(parts.get(4))));
    if (!feedback.isEmpty()) {
      writeRows(feedback);
    }
    Prepare.write(folder.resolve("taxonomy.json"), JSON.writeValueAsString(Mixture.CATEGORIES));
    return Prepare.write(folder.resolve("attune.yaml"), config(!feedback.isEmpty(), extraConfig));
  }

  private String config(boolean feedback, String extra) throws JsonProcessingException {
    String database =
        """
          feedback:
            jdbcUrl: %s
            username: sa
            table: answers
            partitionColumn: id
            columns: {id: id, group: user_id, prompt: prompt, response: response, rating: rating,
              comment: comment, createdAt: created_at}
            improvements: improvements.jsonl
        """
            .formatted(jdbcUrl);
    return """
    dataset: mixture
    task: classification
    taxonomy: taxonomy.json
    output: {directory: out}
    limits: {rejectedFraction: 1, recordBytes: %d%s
    sources:
      observations:
        files: %s
        columns: {id: id, group: child, text: note, categories: domains, media: photo,
          createdAt: at}
      generated:
        files: %s
    %s\
    """
        .formatted(
            Mixture.RECORD_BYTES,
            extra,
            JSON.writeValueAsString(observationFiles),
            JSON.writeValueAsString(generatedFiles),
            feedback ? database : "");
  }

  private String write(String name, String content) throws IOException {
    boolean packed = random.nextInt(3) == 0;
    String stored = packed ? name + ".gz" : name;
    byte[] bytes = bytes(content);
    try (OutputStream file = Files.newOutputStream(folder.resolve(stored))) {
      if (packed) {
        try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
          gzip.write(bytes);
        }
      } else {
        file.write(bytes);
      }
    }
    return stored;
  }

  /** UTF-8, but for the byte that is none. */
  private static byte[] bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] marker = String.valueOf(Planted.BROKEN).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i + marker.length <= bytes.length; i++) {
      if (bytes[i] == marker[0] && bytes[i + 1] == marker[1] && bytes[i + 2] == marker[2]) {
        // Latin-1's e with acute accent, and two letters so that nothing has to move.
        bytes[i] = (byte) 0xE9;
        bytes[i + 1] = 'e';
        bytes[i + 2] = 'e';
      }
    }
    return bytes;
  }

  private void writeCsv(List<Planted> records) throws IOException {
    String end = random.nextBoolean() ? "\r\n" : "\n";
    StringBuilder csv = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
    csv.append("id,child,note,domains,photo,at").append(end);
    for (Planted each : records) {
      List<String> fields =
          List.of(
              each.id(),
              each.writtenGroup(),
              each.writtenText(),
              each.writtenCategories("|"),
              each.writtenMedia(),
              each.writtenTime());
      boolean malformed = each.has(RejectionReason.MALFORMED_RECORD);
      // In one line: of a row over several lines that does not fit, the file would be refused.
      csv.append(
          String.join(
              ",",
              fields.stream()
                  .map(field -> malformed ? field.replaceAll("[\\r\\n]", " ") : field)
                  .map(this::quoted)
                  .toList()));
      csv.append(malformed ? ",one more" : "").append(end);
    }
    observationFiles.add(write("a.csv", csv.toString()));
  }

  private String quoted(String field) {
    boolean must = field.matches("(?s).*[,\"\n\r].*");
    return must || random.nextBoolean() ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }

  private String lines(List<Planted> records) throws JsonProcessingException {
    StringBuilder lines = new StringBuilder();
    for (Planted each : records) {
      String line = json(each);
      // Half a line; what is quoted in it may go on to its end.
      boolean half = each.has(RejectionReason.MALFORMED_RECORD) && random.nextBoolean();
      lines.append(half ? line.substring(0, line.length() - 2) : line);
      lines.append(random.nextInt(5) == 0 ? "\n\n" : "\n");
    }
    return lines.toString();
  }

  private String array(List<Planted> records) throws JsonProcessingException {
    StringBuilder array = new StringBuilder("[");
    for (int i = 0; i < records.size(); i++) {
      array.append(i == 0 ? "" : ",").append(random.nextBoolean() ? "\n  " : " ");
      array.append(json(records.get(i)));
    }
    return array.append("\n]\n").toString();
  }

  private String json(Planted each) throws JsonProcessingException {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", each.id());
    if (each.source() == SourceName.OBSERVATIONS) {
      node.put("child", each.writtenGroup());
      node.put("note", each.writtenText());
      if (random.nextBoolean()) {
        node.putArray("domains").add(each.writtenCategories("|"));
      } else {
        node.put("domains", each.writtenCategories("|"));
      }
      node.put("photo", each.writtenMedia());
      node.put("at", each.writtenTime());
    } else {
      if (!each.writtenGroup().isEmpty()) {
        node.put("group", each.writtenGroup());
      }
      if (each.parent() != null) {
        node.put("parent", each.parent());
      }
      node.put("prompt", each.writtenText());
      node.put("response", each.writtenCategories(", "));
      boolean low = each.has(RejectionReason.LOW_QUALITY);
      node.put("quality", BigDecimal.valueOf(low ? 69 : each.quality(), 1));
      node.put("createdAt", each.writtenTime());
    }
    String json = JSON.writeValueAsString(node);
    return each.has(RejectionReason.MALFORMED_RECORD) ? json.replaceFirst(",\"", " \"") : json;
  }

  private void writeRows(List<Planted> records) throws SQLException, IOException {
    StringBuilder improvements = new StringBuilder();
    try (Statement create = keepsItAlive.createStatement();
        PreparedStatement insert = insertion(create)) {
      for (Planted each : records) {
        insert.setInt(1, Integer.parseInt(each.id()));
        insert.setString(2, each.group());
        insert.setString(3, each.has(RejectionReason.MISSING_FIELD) ? null : each.text());
        String response = each.writtenCategories(", ");
        boolean improved = each.faults().isEmpty() && random.nextInt(3) == 0;
        insert.setString(4, improved ? "anything at all" : response);
        insert.setInt(5, rating(each, improved));
        boolean comment = !each.has(RejectionReason.LOW_RATING_WITHOUT_COMMENT);
        insert.setString(6, comment ? "a comment" : " ");
        insert.setString(7, each.writtenTime());
        insert.execute();
        if (improved) {
          improvements
              .append(JSON.createObjectNode().put("id", each.id()).put("response", response))
              .append('\n');
        }
      }
    }
    Prepare.write(folder.resolve("improvements.jsonl"), improvements.toString());
  }

  private static PreparedStatement insertion(Statement create) throws SQLException {
    create.execute(
        "CREATE TABLE answers (id INT PRIMARY KEY, user_id VARCHAR(99), prompt VARCHAR(9999),"
            + " response VARCHAR(9999), rating INT, comment VARCHAR(99), created_at VARCHAR(99))");
    return create
        .getConnection()
        .prepareStatement("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)");
  }

  private int rating(Planted each, boolean improved) {
    if (each.has(RejectionReason.INVALID_RATING)) {
      return random.nextBoolean() ? 0 : 6;
    }
    if (each.has(RejectionReason.NEUTRAL_RATING)) {
      return 3;
    }
    boolean low =
        improved
            || each.has(RejectionReason.LOW_RATING_WITHOUT_COMMENT)
            || each.has(RejectionReason.IMPROVEMENT_MISSING);
    return (low ? 1 : 4) + random.nextInt(2);
  }

  @Override
  public void close() throws SQLException {
    keepsItAlive.close();
  }
}
