package dev.attune.launcher.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import dev.attune.schema.AnswerSchema;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the file of {@code --schema}. */
public final class SchemaOption {
  private static final int MAX_BYTES = 1 << 20;

  private SchemaOption() {}

  /**
   * Returns the JSON Schema in a file.
   *
   * @throws CommandFailure if there is no such file, or if it is no JSON Schema
   */
  public static AnswerSchema read(Path typed, Shell shell) throws CommandFailure, IOException {
    Path file = shell.resolve(typed);
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(
          FailureCode.FILE,
          Messages.of(
              Files.isDirectory(file)
                  ? "launcher.ask.schema-folder"
                  : "launcher.ask.schema-missing",
              shell.show(file)));
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES);
    }
    try {
      JsonNode document = CanonicalJson.read(bytes);
      String fault = AnswerSchema.fault(document).orElse(null);
      if (fault != null) {
        throw invalid(file, fault, shell);
      }
      return AnswerSchema.of(document);
    } catch (JsonProcessingException e) {
      throw invalid(file, Printable.shortened(e.getOriginalMessage(), 200), shell);
    }
  }

  private static CommandFailure invalid(Path file, String fault, Shell shell) {
    return new CommandFailure(
        FailureCode.CONFIGURATION,
        Messages.of("launcher.ask.schema-invalid", shell.show(file), fault));
  }
}
