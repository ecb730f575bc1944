package dev.attune.launcher.persona;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import dev.attune.schema.NearestName;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds personas: a file, or a name of the folder {@code prompts} beside attune.yaml, or a name of
 * the library that ships.
 */
public final class PersonaLibrary {
  /** The personas of the folder prompts/ of Attune. */
  static final List<String> SHIPPED =
      List.of(
          "childcare-observer",
          "helpful-assistant",
          "plain-language-editor",
          "songwriter",
          "story-teller",
          "strict-classifier",
          "support-agent");

  private static final String ENDING = ".md";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,47}");
  private static final int MAX_BYTES = 1 << 20;

  private final @Nullable Path own;
  private final Shell shell;

  /**
   * Creates a library.
   *
   * @param project the folder of attune.yaml; null if it is not on this machine
   */
  public PersonaLibrary(@Nullable Path project, Shell shell) {
    this.own = project == null ? null : project.resolve("prompts");
    this.shell = shell;
  }

  /**
   * Returns a persona.
   *
   * @param typed a name, or a file: a text with a slash or the ending {@code .md}
   * @throws CommandFailure if it does not exist, with the known names, or if its file is invalid
   */
  public Persona find(String typed) throws CommandFailure, IOException {
    if (typed.contains("/") || typed.endsWith(ENDING)) {
      return Persona.parse(text(typed), typed);
    }
    if (NAME.matcher(typed).matches()) {
      Path file = own == null ? null : own.resolve(typed + ENDING);
      if (file != null && Files.isRegularFile(file)) {
        return Persona.parse(text(file.toString()), shell.show(file));
      }
      if (SHIPPED.contains(typed)) {
        return shipped(typed);
      }
    }
    List<Persona> known = all();
    List<String> names = known.stream().map(Persona::name).toList();
    List<String> lines =
        known.stream()
            .map(persona -> "  " + persona.name() + ": " + persona.description())
            .toList();
    String name = Printable.shortened(typed);
    throw new CommandFailure(
        FailureCode.CONFIGURATION,
        lines,
        NearestName.of(typed, names)
            .map(near -> Messages.of("launcher.persona.misspelt", name, near))
            .orElseGet(
                () -> Messages.of("launcher.persona.unknown", name, String.join(", ", names))),
        null);
  }

  /** Returns all personas with a name, those of the project first; invalid files are left out. */
  List<Persona> all() throws IOException {
    List<Persona> personas = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(ownNames());
    for (String name : names) {
      try {
        personas.add(find(name));
      } catch (CommandFailure invalid) {
        // Its faults are shown when it is named.
      }
    }
    for (String name : SHIPPED) {
      if (!names.contains(name)) {
        personas.add(shipped(name));
      }
    }
    return personas;
  }

  private List<String> ownNames() throws IOException {
    List<String> names = new ArrayList<>();
    if (own != null && Files.isDirectory(own)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(own, "*" + ENDING)) {
        for (Path file : files) {
          String name = String.valueOf(file.getFileName());
          String bare = name.substring(0, name.length() - ENDING.length());
          if (NAME.matcher(bare).matches() && Files.isRegularFile(file)) {
            names.add(bare);
          }
        }
      }
    }
    return names;
  }

  private static Persona shipped(String name) throws IOException {
    try (InputStream in =
        PersonaLibrary.class.getResourceAsStream("/dev/attune/prompts/" + name + ENDING)) {
      if (in == null) {
        throw new IllegalStateException("no persona " + name + " in the jar");
      }
      return Persona.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name + ENDING);
    } catch (CommandFailure e) {
      throw new IllegalStateException(name, e);
    }
  }

  private String text(String typed) throws CommandFailure, IOException {
    Place place = shell.place(typed);
    if (!place.isFile()) {
      throw new CommandFailure(
          FailureCode.FILE, Messages.of("launcher.persona.no-file", Printable.shortened(typed)));
    }
    byte[] bytes;
    try (InputStream in = place.open()) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new CommandFailure(
          FailureCode.FILE, Messages.of("launcher.persona.too-large", Printable.shortened(typed)));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CommandFailure(
          FailureCode.FILE,
          Messages.of("launcher.persona.not-text", Printable.shortened(typed)),
          e);
    }
  }
}
