package dev.attune.format.openai;

import dev.attune.format.MediaTypes;
import dev.attune.format.MediaUri;
import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.format.rule.LineRules;
import dev.attune.format.rule.Rule;
import java.util.Locale;
import java.util.Set;

/** Rules about the content of a message in OpenAI's lines: a string or parts. */
final class OpenAiContentRules extends LineRules {
  private static final Keys PART = Keys.of("type", "text", "image_url", "refusal");
  private static final Keys TYPES = Keys.of("unknown", "text", "image_url", "refusal");
  private static final Keys IMAGE = Keys.of("url", "detail");
  private static final Keys DETAILS = Keys.of("auto", "low", "high");
  private static final int TEXT = 1;
  private static final int IMAGE_URL = 2;
  private static final int REFUSAL = 3;
  private static final String DATA = "data:image/";
  private static final String BASE64 = ";base64";
  private static final int MOST_PADDING = 2;

  /** The accepted endings; another ending is a finding. */
  private static final Set<String> ENDINGS = MediaTypes.beside(OpenAiFormat.class).keySet();

  private boolean isNull;
  private boolean isList;
  private boolean isEmpty;
  private boolean allBlank;
  private int parts;
  private int texts;
  private int images;

  OpenAiContentRules(JsonCursor in, LineFacts facts, LineFindings findings) {
    super(in, facts, findings);
  }

  /** Begins a message. */
  void newTurn() {
    isNull = false;
    isList = false;
    isEmpty = false;
    allBlank = true;
    parts = 0;
    texts = 0;
    images = 0;
  }

  boolean isNull() {
    return isNull;
  }

  boolean isList() {
    return isList;
  }

  /** Returns whether it is the empty string. */
  boolean isEmpty() {
    return isEmpty;
  }

  boolean hasImages() {
    return images > 0;
  }

  /** Returns whether there are texts and all are blank. */
  boolean blank() {
    return parts > 0 && allBlank;
  }

  /** Reads the content of a message. */
  void content(int turn) throws MalformedLineException {
    switch (in.peek()) {
      case '"' -> {
        parts = 1;
        text();
        isEmpty = in.empty();
      }
      case '[' -> {
        isList = true;
        parts(turn);
      }
      case 'n' -> {
        isNull = true;
        facts.foreign = true;
        in.skip();
      }
      default -> {
        fault(Rule.MISSING_CONTENT, turn, "has a content that is not a string and no list");
        in.skip();
      }
    }
  }

  private void text() throws MalformedLineException {
    in.string();
    if (in.empty()) {
      facts.foreign = true;
      allBlank = false;
      return;
    }
    allBlank &= in.blank();
    facts.turnText(in);
  }

  private void parts(int turn) throws MalformedLineException {
    for (boolean more = in.firstElement(); more; more = in.nextElement()) {
      facts.foreign |= texts > 0;
      parts++;
      part(turn);
    }
    if (parts == 0) {
      fault(Rule.MISSING_CONTENT, turn, "has an empty list of parts");
    }
    facts.foreign |= texts == 0;
  }

  private void part(int turn) throws MalformedLineException {
    int type = Keys.UNKNOWN;
    int seen = 0;
    for (int key = in.firstKey(PART); key != Keys.END; key = in.nextKey(PART)) {
      seen = note(seen, key, "a part", turn);
      switch (key) {
        case 0 -> type = word(TYPES);
        case TEXT -> partText(turn);
        case IMAGE_URL -> imageUrl(turn);
        case REFUSAL -> {
          allBlank = false;
          skipForeign();
        }
        default -> {}
      }
    }
    boolean text = (seen & (1 << TEXT)) != 0;
    boolean image = (seen & (1 << IMAGE_URL)) != 0;
    boolean refusal = (seen & (1 << REFUSAL)) != 0;
    boolean fits =
        refusal
            ? type == REFUSAL && !text && !image
            : text != image && type == (text ? TEXT : IMAGE_URL);
    if (!fits) {
      allBlank = false;
      fault(Rule.INVALID_CONTENT_PART, turn, "has a part that is neither a text nor an image_url");
    }
  }

  private void partText(int turn) throws MalformedLineException {
    texts++;
    if (!begins('"', Rule.MISSING_CONTENT, turn, "has a text that is not a string")) {
      allBlank = false;
      return;
    }
    text();
    if (in.empty()) {
      fault(Rule.MISSING_CONTENT, turn, "has an empty text");
    }
  }

  private void imageUrl(int turn) throws MalformedLineException {
    allBlank = false;
    images++;
    facts.images++;
    String url = "";
    int seen = 0;
    for (int key = in.firstKey(IMAGE); key != Keys.END; key = in.nextKey(IMAGE)) {
      seen = note(seen, key, "image_url", turn);
      boolean text = in.peek() == '"';
      if (key != Keys.UNKNOWN) {
        in.skip();
      }
      url = key == 0 && text ? in.text() : url;
      if (key == 1) {
        facts.foreign = true;
        detail(turn, text && DETAILS.find(in) != Keys.UNKNOWN);
      }
    }
    if (url.isEmpty()) {
      fault(Rule.INVALID_CONTENT_PART, turn, "has an image_url without a url");
    } else {
      image(turn, url);
    }
  }

  private void detail(int turn, boolean known) {
    if (!known) {
      fault(Rule.IMAGE_DETAIL, turn, "has an image whose detail is not auto, low or high");
    }
  }

  private void image(int turn, String url) {
    boolean data = url.regionMatches(true, 0, DATA, 0, DATA.length());
    if (!data && !url.startsWith("https://") && !url.startsWith("http://")) {
      fault(Rule.IMAGE_URL_SCHEME, turn, "has an image that is not http(s):// or data:image/");
      return;
    }
    String kind = data ? dataType(url) : ending(url);
    facts.foreign |= !url.startsWith("https://") || !ENDINGS.contains(kind);
    if ((data || !kind.isEmpty()) && !ENDINGS.contains(kind)) {
      fault(Rule.IMAGE_TYPE, turn, "has an image that is not a JPEG, PNG or WEBP");
    }
    if (data) {
      base64(turn, url);
    }
  }

  /** Returns the subtype between image/ and the parameters. */
  private static String dataType(String url) {
    int end = DATA.length();
    while (end < url.length() && url.charAt(end) != ';' && url.charAt(end) != ',') {
      end++;
    }
    return url.substring(DATA.length(), end).toLowerCase(Locale.ROOT);
  }

  private void base64(int turn, String url) {
    int comma = url.indexOf(',');
    if (comma < 0
        || !url.regionMatches(true, comma - BASE64.length(), BASE64, 0, BASE64.length())) {
      fault(Rule.IMAGE_DATA, turn, "has an image in a data URL without ;base64 and a comma");
    } else if (!isBase64(url, comma + 1)) {
      fault(Rule.IMAGE_DATA, turn, "has an image in a data URL that is not base64");
    }
  }

  private static boolean isBase64(String url, int from) {
    int end = url.length();
    while (end > from && url.length() - end < MOST_PADDING && url.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = from; i < end; i++) {
      char c = url.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '+' && c != '/') {
        return false;
      }
    }
    return end > from;
  }

  /** Returns the ending of the path without a query. */
  private static String ending(String url) {
    // The formats accept only https; the same rules apply to the path of http.
    MediaUri parsed =
        MediaUri.parse(url.startsWith("http://") ? "https://" + url.substring(7) : url);
    return parsed == null ? "" : parsed.ending();
  }
}
