package dev.attune.launcher.vertex;

/** What a service says, fit for a sentence of ours. */
final class ServiceWords {
  private static final int LONGEST = 300;

  private ServiceWords() {}

  /**
   * One line of at most 300 characters without a full stop. What follows {@code JSON:} or begins
   * with a JSON object is cut: the tuning service quotes the line of the dataset that it refuses,
   * and text of records stands in no log, ledger or report. Advice to try again later is left out:
   * the sentence around it says whether that is done already.
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

  /**
   * The innermost message of an exception, without the code that gRPC puts before it: what the
   * outer ones say is where it passed.
   */
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
