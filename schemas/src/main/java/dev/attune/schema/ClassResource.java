package dev.attune.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Reads files of the jar. A missing file is an error of the build: IllegalStateException. */
public final class ClassResource {
  private ClassResource() {}

  /**
   * Returns the content of a file.
   *
   * @param name relative to the package of the class, or absolute with a leading slash
   */
  public static byte[] bytes(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The class path has no " + name + " beside " + beside);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + " from the class path", e);
    }
  }

  /** Returns the content of a UTF-8 file. */
  public static String text(Class<?> beside, String name) {
    return new String(bytes(beside, name), StandardCharsets.UTF_8);
  }

  /** Returns the entries of a properties file in UTF-8. */
  public static Properties properties(Class<?> beside, String name) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(beside, name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
