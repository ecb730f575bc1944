package dev.attune.format.conformance;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines that tests check. */
final class TestLines {
  private TestLines() {}

  static String gemini(String text) {
    return gemini("", "{\"text\":\"" + text + "\"}", "");
  }

  static String gemini(String before, String part, String behind) {
    return "{%s\"contents\":[{\"role\":\"user\",\"parts\":[%s]},{\"role\":\"model\",\"parts\":[{\"text\":\"a\"}]}]%s}\n"
        .formatted(before, part, behind);
  }

  static String file(String type, String uri) {
    return "{\"fileData\":{\"mimeType\":\"" + type + "\",\"fileUri\":\"" + uri + "\"}}";
  }

  static String openAi(int number) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"q"
        + number
        + "\"},{\"role\":\"assistant\",\"content\":\"a\"}]}\n";
  }

  static String geminis(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> gemini(prefix + i))
        .collect(Collectors.joining());
  }

  static String openAis(int count) {
    return IntStream.range(0, count).mapToObj(i -> openAi(i)).collect(Collectors.joining());
  }
}
