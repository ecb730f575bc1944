package dev.attune.format.gemini;

import dev.attune.format.MediaTypes;
import dev.attune.format.MediaUri;
import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.format.rule.LineRules;
import dev.attune.format.rule.Rule;
import dev.attune.schema.Printable;
import java.util.Map;

/** The rules of Gemini's lines about files. */
final class GeminiFileRules extends LineRules {
  private static final Keys FILE_DATA =
      Keys.of("mimeType", "fileUri", "displayName", "mime_type", "file_uri", "display_name");
  private static final int LAST_CAMEL = 2;

  /** The types that the pipeline writes, by the ending of the file. */
  private static final Map<String, String> WRITTEN = MediaTypes.beside(GeminiFormat.class);

  /** All types that are taken, each with the name that stands for it and those like it. */
  private static final Map<String, String> TAKEN =
      MediaTypes.read(GeminiFileRules.class, "accepted-media-types.properties");

  GeminiFileRules(JsonCursor in, LineFacts facts, LineFindings findings) {
    super(in, facts, findings);
  }

  /** Reads the value of fileData. */
  void fileData(int turn) throws MalformedLineException {
    String type = "";
    String uri = "";
    int seen = 0;
    for (int key = in.firstKey(FILE_DATA); key != Keys.END; key = in.nextKey(FILE_DATA)) {
      if (key > LAST_CAMEL) {
        facts.foreign = true;
        noteKey(Rule.SNAKE_CASE_KEY, "fileData");
        key -= LAST_CAMEL + 1;
      }
      seen = note(seen, key, "fileData", turn);
      facts.foreign |= key == 2;
      if (key >= 0) {
        String value = stringOrEmpty();
        type = key == 0 ? value : type;
        uri = key == 1 ? value : uri;
      }
    }
    if (type.isEmpty() || uri.isEmpty()) {
      fault(
          Rule.INVALID_FILE_DATA,
          turn,
          "has fileData without " + (type.isEmpty() ? "mimeType" : "fileUri"));
      return;
    }
    file(turn, type, uri);
  }

  private void file(int turn, String type, String uri) {
    if (!uri.startsWith("gs://") && !uri.startsWith("https://") && !uri.startsWith("http://")) {
      fault(Rule.FILE_URI_SCHEME, turn, "has a fileUri that is not gs:// or http(s)://");
    }
    MediaUri parsed = MediaUri.parse(uri);
    String written = parsed == null ? null : WRITTEN.get(parsed.ending());
    facts.foreign |= !type.equals(written);
    count(type);
    String taken = TAKEN.get(type);
    if (taken == null) {
      fault(
          Rule.UNSUPPORTED_MEDIA_TYPE,
          turn,
          "has the mimeType '" + Printable.shortened(type) + "', which is not in the list",
          type.equals("image/jpg") ? "write image/jpeg" : "");
    } else if (written != null && !taken.equals(TAKEN.get(written))) {
      fault(Rule.MEDIA_TYPE_MISMATCH, turn, "has a mimeType that is not " + written);
    }
  }

  private void count(String type) {
    if (type.startsWith("image/")) {
      facts.images++;
    } else if (type.equals("application/pdf")) {
      facts.documents++;
    } else if (type.startsWith("audio/")) {
      facts.audioFiles++;
    } else if (type.startsWith("video/")) {
      facts.videos++;
    } else {
      facts.textFiles++;
    }
  }
}
