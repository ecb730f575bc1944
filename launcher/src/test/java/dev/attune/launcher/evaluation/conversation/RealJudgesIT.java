package dev.attune.launcher.evaluation.conversation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.models.adapter.ProviderAdapters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A real model, served at {@code -Dattune.test.model}, judges answers. It is so small that its
 * verdicts mean nothing; that they are verdicts in the required form is what is tested.
 */
class RealJudgesIT extends JudgedTickets {
  private static final int EXAMPLES = 2;

  @Test
  void judgesInTheRequiredForm() throws Exception {
    String url = System.getProperty("attune.test.model");
    assertThat(url).as("attune.test.model").isNotNull();
    String entry =
        "  NAME: {provider: openai, family: FAMILY, model: smollm2-135m, baseUrl: \"%s\","
                .formatted(url)
            + " apiKeyEnv: KEY, maxOutputTokens: 200, parallelism: 1, deadline: 5m}\n";
    configure(
        "models:\n"
            + entry.replace("NAME", "one").replace("FAMILY", "smol")
            + entry.replace("NAME", "two").replace("FAMILY", "lm"),
        JUDGING);
    for (String name : List.of("one", "two")) {
      judges.put(
          name,
          new ProviderAdapters()
              .open(
                  requireNonNull(config.models().get(name)),
                  Map.of("KEY", requireNonNull(System.getProperty("attune.test.key")))));
    }
    publish(EXAMPLES);
    answers(job.id(), (prompt, number) -> "Your card was sent yesterday; it takes two days.");
    answers("base", (prompt, number) -> "I do not know.");

    JsonNode document = json(run());

    assertThat(document.at("/comparisons/base/winRates/0/value").asDouble()).isBetween(0.0, 1.0);
    System.out.println("judged: " + document.at("/comparisons/base").toPrettyString());
  }
}
