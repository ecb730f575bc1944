package dev.attune.format.check.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The numbers of limits.properties. */
public final class Limits {
  private static final Properties NUMBERS = read();

  private Limits() {}

  public static int of(String name) {
    return Integer.parseInt(NUMBERS.getProperty(name));
  }

  private static Properties read() {
    Properties numbers = new Properties();
    try (InputStream in = Limits.class.getResourceAsStream("limits.properties")) {
      if (in == null) {
        throw new IllegalStateException("limits.properties is not in the jar");
      }
      numbers.load(in);
      return numbers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
