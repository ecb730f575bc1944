package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.schema.SchemaFile;
import java.util.List;
import java.util.Map;

/**
 * A YAML document as JSON that remembers its lines.
 *
 * @param root the document
 * @param lines the line of every key and list element, by its JSON pointer
 * @param faults what the document cannot say in JSON, or says twice
 */
record YamlTree(JsonNode root, Map<String, Integer> lines, List<ConfigFault> faults) {

  /** The line of a value; where it is not there, of what holds it. */
  int line(String pointer) {
    String at = pointer;
    while (true) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
      int slash = at.lastIndexOf('/');
      if (slash < 0) {
        return 1;
      }
      at = at.substring(0, slash);
    }
  }

  static String child(String pointer, String key) {
    return pointer + "/" + SchemaFile.escape(key);
  }
}
