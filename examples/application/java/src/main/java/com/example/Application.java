package com.example;

import com.example.TextModels.NoAnswer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Asks the tuned model, falls back to the general model, and logs answers and ratings: {@code ask
 * USER TEXT} or {@code rate ID RATING [COMMENT]}.
 */
public final class Application {
  private static final String VARIABLE = "FINETUNED_MODEL_ID=";

  private final Map<String, String> env = System.getenv();
  private final TextModels models = new TextModels(env);

  private Application() {}

  /**
   * An answer.
   *
   * @param model who gave it
   * @param usingFallback why the general model was used; null: it was not
   */
  private record Answer(String text, String model, String usingFallback) {}

  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    try {
      new Application().run(args);
    } catch (NoAnswer e) {
      System.err.println("The general model does not answer: " + e.getMessage() + ".");
      System.exit(1);
    }
  }

  private void run(String... args)
      throws IOException, SQLException, InterruptedException, NoAnswer {
    String command = args.length == 0 ? "" : args[0];
    try (Connection database = DriverManager.getConnection(env.get("DATABASE_JDBC_URL"))) {
      if (command.equals("ask") && args.length == 3) {
        Answer answer = answer(args[2]);
        String id = log(database, args[1], args[2], answer);
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("id", id);
        shown.put("answer", answer.text());
        shown.put("usingFallback", answer.usingFallback());
        System.out.println(new ObjectMapper().writeValueAsString(shown));
      } else if (command.equals("rate") && (args.length == 3 || args.length == 4)) {
        rate(database, args[1], Integer.parseInt(args[2]), args.length == 4 ? args[3] : null);
      } else {
        System.err.println("Usage: ask USER TEXT, or rate ID RATING [COMMENT]");
        System.exit(1);
      }
    }
  }

  private Answer answer(String text) throws IOException, InterruptedException, NoAnswer {
    String model = tunedModel();
    String why;
    if (model == null) {
      why = "no tuned model is in use yet";
    } else if (model.startsWith("local:")) {
      why = model + " is a model of Attune's local back end, which no server serves";
    } else {
      try {
        return new Answer(models.ask(model, text), model, null);
      } catch (NoAnswer e) {
        why = model + ": " + e.getMessage();
      }
    }
    String general = env.get("GENERAL_MODEL");
    return new Answer(models.ask(general, text), general, why);
  }

  /** Reads the model in use at each question, so that a promotion needs no restart. */
  private String tunedModel() throws IOException {
    Path file = Path.of(env.getOrDefault("ENV_FILE", ".env"));
    if (!Files.exists(file)) {
      return null;
    }
    String last =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(VARIABLE))
            .reduce("", (earlier, later) -> later);
    String value = last.isEmpty() ? "" : last.substring(VARIABLE.length()).strip();
    return value.isEmpty() ? null : value;
  }

  private static String log(Connection database, String user, String prompt, Answer answer)
      throws SQLException {
    try (PreparedStatement insert =
        database.prepareStatement(
            "insert into feedback (user_id, prompt, response, model, using_fallback)"
                + " values (?, ?, ?, ?, ?) returning id")) {
      insert.setString(1, user);
      insert.setString(2, prompt);
      insert.setString(3, answer.text());
      insert.setString(4, answer.model());
      insert.setString(5, answer.usingFallback());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static void rate(Connection database, String id, int rating, String comment)
      throws SQLException {
    try (PreparedStatement update =
        database.prepareStatement("update feedback set rating = ?, comment = ? where id = ?")) {
      update.setInt(1, rating);
      update.setString(2, comment);
      update.setObject(3, UUID.fromString(id));
      if (update.executeUpdate() != 1) {
        System.err.println("There is no answer " + id + ".");
        System.exit(1);
      }
    }
  }
}
