package dev.attune.launcher.vertex;

/** Cleans messages of services for use in a sentence. */
final class ServiceMessage {
  private static final int LONGEST = 300;

  private ServiceMessage() {}

  /**
   * Returns one line of at most 300 characters without a full stop. Text after {@code JSON:} and
   * JSON objects are removed: the tuning service quotes the line of the dataset that it refuses,
   * and the text of records must not be in logs, ledger or reports. Advice to try again later is
   * removed, because the sentence around it says whether the program does so.
   */
  static String of(String said) {
    int end = said.length();
    for (String quote : new String[] {"JSON:", "{\"", "{ \"", "{'"}) {
      int at = said.indexOf(quote);
      end = at < 0 ? end : Math.min(end, at);
    }
    String line =
        said.substring(0, end)
            .replaceAll("[\\s\\p{Cntrl}]+", " ")
            .replaceAll("(?i) ?\\b(please )?(try again|retry)( your request)?( later)?\\.", "")
            .strip();
    if (line.length() > LONGEST) {
      return line.substring(0, LONGEST).strip() + "…";
    }
    return line.replaceAll("[.:;, ]+$", "");
  }

  /** Returns the innermost message of an exception, without the code that gRPC puts before it. */
  static String of(Throwable failure) {
    Throwable innermost = failure;
    for (int i = 0; i < 20 && innermost.getCause() != null; i++) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return message == null || message.isBlank()
        ? innermost.getClass().getSimpleName()
        : of(message.replaceFirst("^[A-Z_]+: ", ""));
  }
}
