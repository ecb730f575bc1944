import dev.attune.testing.modelapi.ScriptedAnswer;
import dev.attune.testing.modelapi.ScriptedAnswer.Ending;
import dev.attune.testing.modelapi.ModelStub;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/**
 * What the programs of examples/application need: PostgreSQL with their table, and a stub of text
 * models, until the standard input ends. Prints the port of each. The stub knows the models general,
 * tuned, busy (status 503) and blocked, and an endpoint of Vertex AI. Usage:
 * ApplicationServices.java SCHEMA.SQL
 */
public final class ApplicationServices {
  private static final String ENDPOINT = "projects/1/locations/us-central1/endpoints/2";

  private ApplicationServices() {}

  public static void main(String[] args) throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start();
        ModelStub models = ModelStub.start()) {
      try (Connection connection = database.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(Files.readString(Path.of(args[0])));
        statement.execute("create role attune_reader login password 'reads'");
        statement.execute("grant select on feedback to attune_reader");
      }
      models.requireKey("secret");
      models.models("general", "tuned", "busy", "blocked", ENDPOINT);
      models.faults().on(prompt -> prompt.model().equals("busy")).status(503);
      models.script(
          prompt -> {
            String name = prompt.model().equals(ENDPOINT) ? "endpoint" : prompt.model();
            String told = prompt.system().isEmpty() ? "nobody" : name;
            ScriptedAnswer answer = ScriptedAnswer.of(told + " answers: " + prompt.lastText());
            return name.equals("blocked") ? answer.withEnding(Ending.BLOCKED) : answer;
          });
      System.out.println(database.getPort());
      System.out.println(models.geminiUrl().replaceFirst(".*:", ""));
      while (System.in.read() >= 0) {}
    }
  }
}
