package dev.attune.launcher.improve;

import dev.attune.bytes.Sha256;
import dev.attune.schema.ClassResource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template of a request: a Markdown file of {@code prompts/improve} with front matter, a part
 * {@code # system} and a part {@code # user}. {@code {{name}}} stands for a value. The values of a
 * request are put in at once, so that a value with such a place in it stays as it is.
 *
 * @param text of the file
 * @param system the first part
 * @param user the second part
 */
record PromptTemplate(String text, String system, String user) {
  private static final Pattern FILE =
      Pattern.compile("---\n.*?\n---\n# system\n(.*)\n# user\n(.*)", Pattern.DOTALL);

  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

  private static final int MARK_DIGITS = 16;

  /** Loads a template that ships with Attune. */
  static PromptTemplate load(String name) {
    String text =
        ClassResource.text(PromptTemplate.class, "/dev/attune/prompts/improve/" + name + ".md");
    Matcher parts = FILE.matcher(text.replace("\r\n", "\n"));
    if (!parts.matches()) {
      throw new IllegalStateException(
          "prompts/improve/" + name + ".md has not the parts of a template");
    }
    return new PromptTemplate(text, parts.group(1).strip(), parts.group(2).strip());
  }

  /** Returns a part with values in its places. */
  static String filled(String part, Map<String, String> values) {
    return PLACE
        .matcher(part)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalStateException("no value for " + place.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /**
   * Returns the ending of the markers around texts: a hash of these texts, so that none of them can
   * contain it, and the same texts give the same request.
   */
  static String mark(List<String> texts) {
    MessageDigest sha256 = Sha256.newDigest();
    for (String text : texts) {
      sha256.update(text.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
    }
    return Sha256.hex(sha256).substring(0, MARK_DIGITS);
  }
}
