import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.List;

/**
 * Checks facts about one JSON document: {@code JsonFacts FILE FACT…}. A fact is {@code /pointer=value},
 * {@code #/pointer=number of children} or {@code every /pointer name>0}. Every fact that does not
 * hold is a line on stderr; then the exit code is 1. A file that holds more than one document fails.
 */
public final class JsonFacts {
  private JsonFacts() {}

  public static void main(String[] args) throws IOException {
    List<JsonNode> documents =
        new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(new File(args[0])).readAll();
    if (documents.size() != 1) {
      System.err.println(args[0] + " holds " + documents.size() + " documents, not 1");
      System.exit(1);
    }
    boolean all = true;
    for (int i = 1; i < args.length; i++) {
      String found = check(documents.get(0), args[i]);
      if (!found.isEmpty()) {
        System.err.println(args[0] + ": not " + args[i] + ", but " + found);
        all = false;
      }
    }
    System.exit(all ? 0 : 1);
  }

  /** What was found instead, or nothing. */
  private static String check(JsonNode document, String fact) {
    if (fact.startsWith("every ")) {
      String[] parts = fact.substring("every ".length()).split(" ");
      String name = parts[1].substring(0, parts[1].indexOf('>'));
      for (JsonNode child : document.at(parts[0])) {
        if (child.path(name).asLong() <= 0) {
          return child.toString();
        }
      }
      return document.at(parts[0]).isEmpty() ? "there is none" : "";
    }
    int equals = fact.indexOf('=');
    String value = fact.substring(equals + 1);
    boolean size = fact.startsWith("#");
    JsonNode node = document.at(fact.substring(size ? 1 : 0, equals));
    String found = size ? String.valueOf(node.size()) : node.isValueNode() ? node.asText() : node.toString();
    return found.equals(value) ? "" : found.isEmpty() ? "nothing" : found;
  }
}
