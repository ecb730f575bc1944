package dev.attune.format.gemini;

import dev.attune.format.LineFormat;
import dev.attune.format.MediaTypes;
import dev.attune.format.MediaUri;
import dev.attune.format.StrictJsonReader;
import dev.attune.format.Utf8JsonWriter;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line {@code {"systemInstruction": {"role", "parts"}, "contents": [{"role", "parts"}]}}. Media
 * are {@code fileData} parts before the one text part of their turn.
 */
public final class GeminiFormat extends LineFormat {
  private static final long serialVersionUID = 1L;

  private static final Map<String, String> MEDIA_TYPES = MediaTypes.beside(GeminiFormat.class);

  private static final byte[] SYSTEM =
      Utf8JsonWriter.ascii("{\"systemInstruction\":{\"role\":\"system\",\"parts\":[{\"text\":");
  private static final byte[] CONTENTS_AFTER_SYSTEM = Utf8JsonWriter.ascii("}]},\"contents\":[");
  private static final byte[] CONTENTS = Utf8JsonWriter.ascii("{\"contents\":[");
  private static final byte[] USER = Utf8JsonWriter.ascii("{\"role\":\"user\",\"parts\":[");
  private static final byte[] MODEL = Utf8JsonWriter.ascii("{\"role\":\"model\",\"parts\":[");
  private static final byte[] FILE = Utf8JsonWriter.ascii("{\"fileData\":{\"mimeType\":");
  private static final byte[] FILE_URI = Utf8JsonWriter.ascii(",\"fileUri\":");
  private static final byte[] FILE_END = Utf8JsonWriter.ascii("}},");
  private static final byte[] TEXT = Utf8JsonWriter.ascii("{\"text\":");
  private static final byte[] TURN_END = Utf8JsonWriter.ascii("}]}");

  @Override
  protected void writeStart(@Nullable String system, Utf8JsonWriter out) {
    if (system == null) {
      out.raw(CONTENTS);
    } else {
      out.raw(SYSTEM).string(system).raw(CONTENTS_AFTER_SYSTEM);
    }
  }

  @Override
  protected void writeTurn(Turn turn, Utf8JsonWriter out) {
    out.raw(turn.role() == Role.USER ? USER : MODEL);
    for (String uri : turn.media()) {
      String type = mediaType(uri);
      if (type == null) {
        throw new IllegalArgumentException("a media URI whose scheme or ending Gemini lacks");
      }
      out.raw(FILE).string(type).raw(FILE_URI).string(uri).raw(FILE_END);
    }
    out.raw(TEXT).string(turn.text()).raw(TURN_END);
  }

  @Override
  public ExampleLine decode(byte[] line) {
    var in = new StrictJsonReader(line);
    String system = null;
    List<Turn> turns = null;
    in.beginObject();
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      switch (key) {
        case "systemInstruction" -> system = in.once(system, systemInstruction(in));
        case "contents" -> turns = in.once(turns, contents(in));
        default -> throw in.fault("this key is unknown");
      }
    }
    var read = new ExampleLine(system, in.required(turns, "contents"));
    in.end();
    return read;
  }

  @Override
  public boolean supportsMedia(String uri) {
    return mediaType(uri) != null;
  }

  /**
   * The type that stands beside a media URI, by its ending; null where Gemini takes no such URI.
   */
  public static @Nullable String mediaType(String uri) {
    MediaUri parsed = MediaUri.parse(uri);
    return parsed == null ? null : MEDIA_TYPES.get(parsed.ending());
  }

  private static String systemInstruction(StrictJsonReader in) {
    String role = null;
    Parts parts = null;
    in.beginObject();
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      switch (key) {
        case "role" -> role = in.once(role, in.string());
        case "parts" -> parts = in.once(parts, parts(in));
        default -> throw in.fault("this key is unknown");
      }
    }
    if (!in.required(role, "role").equals("system")) {
      throw in.fault("before this, the role is not 'system'");
    }
    if (!in.required(parts, "parts").media().isEmpty()) {
      throw in.fault("before this, a system instruction holds media");
    }
    return in.required(parts, "parts").text();
  }

  private static List<Turn> contents(StrictJsonReader in) {
    List<Turn> turns = new ArrayList<>(2);
    in.beginArray();
    while (in.nextObject()) {
      turns.add(content(in));
    }
    if (turns.isEmpty()) {
      throw in.fault("before this, 'contents' is empty");
    }
    return turns;
  }

  private static Turn content(StrictJsonReader in) {
    Role role = null;
    Parts parts = null;
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      switch (key) {
        case "role" -> role = in.once(role, role(in));
        case "parts" -> parts = in.once(parts, parts(in));
        default -> throw in.fault("this key is unknown");
      }
    }
    Parts read = in.required(parts, "parts");
    return new Turn(in.required(role, "role"), read.text(), read.media());
  }

  private static Role role(StrictJsonReader in) {
    return switch (in.string()) {
      case "user" -> Role.USER;
      case "model" -> Role.MODEL;
      default -> throw in.fault("this role is neither 'user' nor 'model'");
    };
  }

  private static Parts parts(StrictJsonReader in) {
    List<String> media = List.of();
    String text = null;
    in.beginArray();
    while (in.nextObject()) {
      if (text != null) {
        throw in.fault("a part stands behind the text");
      }
      String uri = null;
      for (String key = in.nextKey(); key != null; key = in.nextKey()) {
        switch (key) {
          case "fileData" -> uri = in.once(uri == null ? text : uri, fileData(in));
          case "text" -> text = in.once(text == null ? uri : text, in.string());
          default -> throw in.fault("this key is unknown");
        }
      }
      if (uri != null) {
        media = media.isEmpty() ? new ArrayList<>() : media;
        media.add(uri);
      } else if (text == null) {
        throw in.fault("before this, a part is empty");
      }
    }
    return new Parts(in.required(text, "text"), media);
  }

  private static String fileData(StrictJsonReader in) {
    String type = null;
    String uri = null;
    in.beginObject();
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      switch (key) {
        case "mimeType" -> type = in.once(type, in.string());
        case "fileUri" -> uri = in.once(uri, in.string());
        default -> throw in.fault("this key is unknown");
      }
    }
    if (!in.required(type, "mimeType").equals(mediaType(in.required(uri, "fileUri")))) {
      throw in.fault("before this, 'mimeType' is not that of the URI's ending");
    }
    return in.required(uri, "fileUri");
  }

  /** What the parts of one turn hold. */
  private record Parts(String text, List<String> media) {}
}
