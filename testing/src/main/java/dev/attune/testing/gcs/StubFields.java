package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leaves of an answer what the parameter {@code fields} names, such as {@code
 * nextPageToken,items(name,size),owner/entity}. A client that reads a field it did not ask for then
 * fails here as it does at the service.
 */
final class StubFields {
  private final String text;
  private int at;

  private StubFields(String text) {
    this.text = text;
  }

  static ObjectNode select(ObjectNode answer, @Nullable String fields) {
    if (fields == null || fields.isEmpty()) {
      return answer;
    }
    return select(answer, new StubFields(fields).readList());
  }

  /** Names, each with what is wanted of its value; nothing means all. */
  private static final class Selection {
    private final Map<String, Selection> names = new LinkedHashMap<>();
  }

  private Selection readList() {
    Selection selection = new Selection();
    while (at < text.length() && text.charAt(at) != ')') {
      readPath(selection);
      if (at < text.length() && text.charAt(at) == ',') {
        at++;
      }
    }
    return selection;
  }

  private void readPath(Selection into) {
    int start = at;
    while (at < text.length() && ",/()".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    Selection inner =
        into.names.computeIfAbsent(text.substring(start, at).trim(), name -> new Selection());
    if (at < text.length() && text.charAt(at) == '/') {
      at++;
      readPath(inner);
    } else if (at < text.length() && text.charAt(at) == '(') {
      at++;
      inner.names.putAll(readList().names);
      at = Math.min(text.length(), at + 1);
    }
  }

  private static ObjectNode select(ObjectNode from, Selection selection) {
    if (selection.names.isEmpty() || selection.names.containsKey("*")) {
      return from;
    }
    ObjectNode selected = JsonNodeFactory.instance.objectNode();
    selection.names.forEach(
        (name, inner) -> {
          JsonNode value = from.get(name);
          if (value instanceof ObjectNode object) {
            selected.set(name, select(object, inner));
          } else if (value instanceof ArrayNode array) {
            selected.set(name, select(array, inner));
          } else if (value != null) {
            selected.set(name, value);
          }
        });
    return selected;
  }

  private static ArrayNode select(ArrayNode from, Selection selection) {
    ArrayNode selected = JsonNodeFactory.instance.arrayNode();
    for (JsonNode value : from) {
      selected.add(value instanceof ObjectNode object ? select(object, selection) : value);
    }
    return selected;
  }
}
