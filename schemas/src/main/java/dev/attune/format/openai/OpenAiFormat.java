package dev.attune.format.openai;

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
 * A line {@code {"messages": [{"role", "content"}]}}. A content is a string; where a user's turn
 * has media it is an array of {@code image_url} parts and one text part behind them.
 */
public final class OpenAiFormat extends LineFormat {
  private static final long serialVersionUID = 1L;

  private static final Map<String, String> MEDIA_TYPES = MediaTypes.beside(OpenAiFormat.class);

  private static final byte[] MESSAGES = Utf8JsonWriter.ascii("{\"messages\":[");
  private static final byte[] SYSTEM = Utf8JsonWriter.ascii("{\"role\":\"system\",\"content\":");
  private static final byte[] SYSTEM_END = Utf8JsonWriter.ascii("},");
  private static final byte[] USER = Utf8JsonWriter.ascii("{\"role\":\"user\",\"content\":");
  private static final byte[] MODEL = Utf8JsonWriter.ascii("{\"role\":\"assistant\",\"content\":");
  private static final byte[] PARTS = Utf8JsonWriter.ascii("[");
  private static final byte[] IMAGE =
      Utf8JsonWriter.ascii("{\"type\":\"image_url\",\"image_url\":{\"url\":");
  private static final byte[] IMAGE_END = Utf8JsonWriter.ascii("}},");
  private static final byte[] TEXT = Utf8JsonWriter.ascii("{\"type\":\"text\",\"text\":");
  private static final byte[] PARTS_END = Utf8JsonWriter.ascii("}]");
  private static final byte[] TURN_END = Utf8JsonWriter.ascii("}");

  @Override
  protected void writeStart(@Nullable String system, Utf8JsonWriter out) {
    out.raw(MESSAGES);
    if (system != null) {
      out.raw(SYSTEM).string(system).raw(SYSTEM_END);
    }
  }

  @Override
  protected void writeTurn(Turn turn, Utf8JsonWriter out) {
    out.raw(turn.role() == Role.USER ? USER : MODEL);
    if (turn.media().isEmpty()) {
      out.string(turn.text()).raw(TURN_END);
      return;
    }
    if (turn.role() != Role.USER) {
      throw new IllegalArgumentException("media in a turn that is not the user's");
    }
    out.raw(PARTS);
    for (String uri : turn.media()) {
      if (!supportsMedia(uri)) {
        throw new IllegalArgumentException("a media URI that is not of an image on https");
      }
      out.raw(IMAGE).string(uri).raw(IMAGE_END);
    }
    out.raw(TEXT).string(turn.text()).raw(PARTS_END).raw(TURN_END);
  }

  @Override
  public ExampleLine decode(byte[] line) {
    var in = new StrictJsonReader(line);
    List<Message> messages = null;
    in.beginObject();
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      if (!key.equals("messages")) {
        throw in.fault("this key is unknown");
      }
      messages = in.once(messages, messages(in));
    }
    List<Message> read = in.required(messages, "messages");
    in.end();
    String system = null;
    List<Turn> turns = new ArrayList<>(read.size());
    for (Message message : read) {
      if (message.role() == null) {
        system = message.text();
      } else {
        turns.add(new Turn(message.role(), message.text(), message.media()));
      }
    }
    return new ExampleLine(system, turns);
  }

  @Override
  public boolean supportsMedia(String uri) {
    MediaUri parsed = MediaUri.parse(uri);
    return parsed != null
        && parsed.scheme() == MediaUri.Scheme.HTTPS
        && MEDIA_TYPES.containsKey(parsed.ending());
  }

  private List<Message> messages(StrictJsonReader in) {
    List<Message> messages = new ArrayList<>(3);
    in.beginArray();
    while (in.nextObject()) {
      Message message = message(in);
      if (message.role() == null && !messages.isEmpty()) {
        throw in.fault("before this, a system message is not the first");
      }
      messages.add(message);
    }
    if (messages.isEmpty() || messages.get(messages.size() - 1).role() == null) {
      throw in.fault("before this, 'messages' holds no turn");
    }
    return messages;
  }

  private Message message(StrictJsonReader in) {
    String name = null;
    Content content = null;
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      switch (key) {
        case "role" -> name = in.once(name, in.string());
        case "content" -> content = in.once(content, content(in));
        default -> throw in.fault("this key is unknown");
      }
    }
    Content read = in.required(content, "content");
    Role role =
        switch (in.required(name, "role")) {
          case "system" -> null;
          case "user" -> Role.USER;
          case "assistant" -> Role.MODEL;
          default -> throw in.fault("before this, a role is not 'system', 'user' or 'assistant'");
        };
    if (role != Role.USER && !read.media().isEmpty()) {
      throw in.fault("before this, a message that is not the user's holds media");
    }
    return new Message(role, read.text(), read.media());
  }

  private Content content(StrictJsonReader in) {
    String whole = in.stringOrArray();
    if (whole != null) {
      return new Content(whole, List.of());
    }
    List<String> media = new ArrayList<>();
    String text = null;
    while (in.nextObject()) {
      if (text != null) {
        throw in.fault("a part follows the text");
      }
      String type = null;
      String url = null;
      for (String key = in.nextKey(); key != null; key = in.nextKey()) {
        switch (key) {
          case "type" -> type = in.once(type, in.string());
          case "image_url" -> url = in.once(url, imageUrl(in));
          case "text" -> text = in.once(text, in.string());
          default -> throw in.fault("this key is unknown");
        }
      }
      boolean fits =
          switch (in.required(type, "type")) {
            case "text" -> text != null && url == null;
            case "image_url" -> url != null && text == null;
            default -> false;
          };
      if (!fits) {
        throw in.fault("before this, a part's type is not that of its content");
      }
      if (url != null) {
        media.add(url);
      }
    }
    return new Content(in.required(text, "text"), media);
  }

  private String imageUrl(StrictJsonReader in) {
    String url = null;
    in.beginObject();
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      if (!key.equals("url")) {
        throw in.fault("this key is unknown");
      }
      url = in.once(url, in.string());
    }
    if (!supportsMedia(in.required(url, "url"))) {
      throw in.fault("before this, a URL is not of an image on https");
    }
    return in.required(url, "url");
  }

  /** A message; the system's has no role. */
  private record Message(@Nullable Role role, String text, List<String> media) {}

  /** Content of a message. */
  private record Content(String text, List<String> media) {}
}
