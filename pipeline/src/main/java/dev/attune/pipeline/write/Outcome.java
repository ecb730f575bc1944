package dev.attune.pipeline.write;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.write.part.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended. The last step writes it to the temporary folder, from which the launching
 * process reads it.
 *
 * @param kind published, unchanged or refused
 * @param sentence why the run was refused, or null
 * @param summary figures of the run; null if it was refused before any were counted
 */
public record Outcome(Kind kind, @Nullable String sentence, @Nullable RunSummary summary) {
  private static final String FILE = "outcome.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The ways in which a run ends. */
  public enum Kind {
    PUBLISHED,
    UNCHANGED,
    REFUSED
  }

  static Outcome refused(String sentence, @Nullable RunSummary summary) {
    return new Outcome(Kind.REFUSED, sentence, summary);
  }

  void write(TemporaryFolder folder) throws IOException {
    folder.replace(FILE, JSON.writeValueAsBytes(this));
  }

  /** Reads the outcome from the temporary folder. */
  public static Outcome read(TemporaryFolder folder) throws IOException {
    try (InputStream in = folder.open(FILE)) {
      return JSON.readValue(in.readAllBytes(), Outcome.class);
    }
  }
}
