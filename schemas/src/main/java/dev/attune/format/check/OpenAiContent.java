package dev.attune.format.check;

import dev.attune.format.MediaTypes;
import dev.attune.format.MediaUri;
import dev.attune.format.openai.OpenAiFormat;
import java.util.Set;

/** The rules of OpenAI's lines about the content of a message: a string, or parts. */
final class OpenAiContent extends LineRules {
  private static final Keys PART = Keys.of("type", "text", "image_url");
  private static final Keys TYPES = Keys.of("unknown", "text", "image_url");
  private static final Keys IMAGE = Keys.of("url", "detail");
  private static final int TEXT = 1;
  private static final int IMAGE_URL = 2;

  /** Endings that the provider takes; another one, where there is one, is a finding. */
  private static final Set<String> ENDINGS = MediaTypes.beside(OpenAiFormat.class).keySet();

  private boolean isNull;
  private boolean allBlank;
  private int parts;
  private int texts;
  private int images;

  OpenAiContent(JsonCursor in, LineFacts facts, LineFindings findings) {
    super(in, facts, findings);
  }

  @Override
  void check() {}

  /** To be called before a message. */
  void newTurn() {
    isNull = false;
    allBlank = true;
    parts = 0;
    texts = 0;
    images = 0;
  }

  boolean isNull() {
    return isNull;
  }

  boolean hasImages() {
    return images > 0;
  }

  /** Whether there are texts, and all of them are white space. */
  boolean blank() {
    return parts > 0 && allBlank;
  }

  /** Reads the content of a message. */
  void content(int turn) throws MalformedLineException {
    switch (in.peek()) {
      case '"' -> {
        parts = 1;
        text(turn);
      }
      case '[' -> parts(turn);
      case 'n' -> {
        isNull = true;
        facts.foreign = true;
        in.skip();
      }
      default -> {
        findings.add(
            Rule.MISSING_CONTENT, turn(turn) + " has a content that is no string and no list");
        in.skip();
      }
    }
  }

  private void text(int turn) throws MalformedLineException {
    in.string();
    if (in.empty()) {
      findings.add(Rule.MISSING_CONTENT, turn(turn) + " has an empty text");
      allBlank = false;
      return;
    }
    allBlank &= in.blank();
    facts.turnText(in);
  }

  private void parts(int turn) throws MalformedLineException {
    if (in.open('[')) {
      do {
        facts.foreign |= texts > 0;
        parts++;
        part(turn);
      } while (in.more(']'));
    }
    if (parts == 0) {
      findings.add(Rule.MISSING_CONTENT, turn(turn) + " has an empty list of parts");
    }
    facts.foreign |= texts == 0;
  }

  private void part(int turn) throws MalformedLineException {
    int type = Keys.UNKNOWN;
    int seen = 0;
    if (in.peek() != '{') {
      in.skip();
    } else if (in.open('{')) {
      do {
        int key = in.key(PART);
        seen = note(seen, key, "a part of " + turn(turn));
        switch (key) {
          case 0 -> type = type();
          case TEXT -> partText(turn);
          case IMAGE_URL -> imageUrl(turn);
          default -> {}
        }
      } while (in.more('}'));
    }
    boolean text = (seen & (1 << TEXT)) != 0;
    boolean image = (seen & (1 << IMAGE_URL)) != 0;
    boolean fits = text != image && type == (text ? TEXT : IMAGE_URL);
    if (!fits) {
      allBlank = false;
      findings.add(
          Rule.INVALID_CONTENT_PART,
          turn(turn) + " has a part that is neither a text nor an image_url");
    }
  }

  private int type() throws MalformedLineException {
    boolean text = in.peek() == '"';
    in.skip();
    return text ? TYPES.find(in) : Keys.UNKNOWN;
  }

  private void partText(int turn) throws MalformedLineException {
    texts++;
    if (in.peek() == '"') {
      text(turn);
      return;
    }
    findings.add(Rule.MISSING_CONTENT, turn(turn) + " has a text that is no string");
    allBlank = false;
    in.skip();
  }

  private void imageUrl(int turn) throws MalformedLineException {
    allBlank = false;
    images++;
    facts.images++;
    String url = "";
    int seen = 0;
    if (in.peek() != '{') {
      in.skip();
    } else if (in.open('{')) {
      do {
        int key = in.key(IMAGE);
        seen = note(seen, key, "image_url of " + turn(turn));
        boolean text = in.peek() == '"';
        if (key != Keys.UNKNOWN) {
          in.skip();
        }
        url = key == 0 && text ? in.text() : url;
        facts.foreign |= key == 1;
      } while (in.more('}'));
    }
    if (url.isEmpty()) {
      findings.add(Rule.INVALID_CONTENT_PART, turn(turn) + " has an image_url without a url");
    } else {
      image(turn, url);
    }
  }

  private void image(int turn, String url) {
    if (url.startsWith("data:image/")) {
      facts.foreign = true;
      return;
    }
    if (!url.startsWith("https://") && !url.startsWith("http://")) {
      findings.add(
          Rule.IMAGE_URL_SCHEME, turn(turn) + " has an image that is not http(s):// or data:");
      return;
    }
    MediaUri parsed = MediaUri.parse(url);
    String ending = parsed == null ? "" : parsed.ending();
    facts.foreign |= !url.startsWith("https://") || !ENDINGS.contains(ending);
    if (!ending.isEmpty() && !ENDINGS.contains(ending)) {
      findings.add(Rule.IMAGE_TYPE, turn(turn) + " has an image that is no JPEG, PNG or WEBP");
    }
  }
}
