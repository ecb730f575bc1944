package dev.attune.pipeline.write;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attune.pipeline.report.ReportData;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, as the finalizer leaves it in the temporary folder for whoever started the
 * pipeline.
 *
 * @param kind published, unchanged or refused
 * @param sentence why it was refused, or null
 * @param report what was counted; null where the run was refused before counting made sense
 */
public record Outcome(Kind kind, @Nullable String sentence, @Nullable ReportData report) {
  /** The file's name. */
  static final String FILE = "outcome.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How it ended. */
  public enum Kind {
    PUBLISHED,
    UNCHANGED,
    REFUSED
  }

  void write(TemporaryFolder folder) throws IOException {
    try (OutputStream out = folder.create(FILE)) {
      out.write(JSON.writeValueAsBytes(this));
    }
  }

  /** The outcome that stands in the folder. */
  public static Outcome read(TemporaryFolder folder) throws IOException {
    try (InputStream in = folder.open(FILE)) {
      return JSON.readValue(in.readAllBytes(), Outcome.class);
    }
  }
}
