package dev.attune.config.jdbc;

import dev.attune.message.Messages;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of a secret in Secret Manager.
 *
 * @param name {@code projects/P/secrets/S/versions/V}, or with {@code locations/L} after the
 *     project for a regional secret
 */
public record SecretVersion(String name) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<secret>projects/(?<project>[^/]+)/(?:locations/(?<location>[^/]+)/)?secrets/[^/]+)"
              + "(?:/versions/(?<version>[^/]+))?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  public SecretVersion {
    if (fault(name) != null) {
      throw new IllegalArgumentException("not the name of a version of a secret");
    }
  }

  /**
   * Returns a sentence if a text is not the name of a version, or null. It does not quote the text,
   * which may be a password by mistake.
   */
  public static @Nullable String fault(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Messages.of("schemas.secret.form");
    }
    return form.group("version") == null ? Messages.of("schemas.secret.no-version") : null;
  }

  /** Returns whether the name always means the same version; {@code latest} and aliases do not. */
  public boolean isFixed() {
    return NUMBER.matcher(part("version")).matches();
  }

  /** Returns the project's id or number. */
  public String project() {
    return part("project");
  }

  /** Returns the location of a regional secret, or an empty text. */
  public String location() {
    return part("location");
  }

  private String part(String group) {
    Matcher form = FORM.matcher(name);
    String part = form.matches() ? form.group(group) : null;
    return part == null ? "" : part;
  }
}
