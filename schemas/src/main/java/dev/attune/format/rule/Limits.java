package dev.attune.format.rule;

import dev.attune.schema.ClassResource;
import java.util.Properties;

/** Reads the limits of providers from limits.properties. */
public final class Limits {
  private static final Properties NUMBERS =
      ClassResource.properties(Limits.class, "limits.properties");

  private Limits() {}

  public static int of(String name) {
    return Integer.parseInt(NUMBERS.getProperty(name));
  }
}
