package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.message.Messages;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.Printable;
import dev.attune.schema.SchemaFile;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The document of attune.yaml as JSON. Knows the line of each value and collects every fault of the
 * file. Numbers are decimal, booleans are {@code true} and {@code false}; everything else that YAML
 * 1.1 reads as a number, a boolean or a time (017, 12:30, yes, 2026-01-01) stays text. Size,
 * nesting and aliases are bounded.
 */
final class ConfigTree {
  private static final int MAX_DEPTH = 40;

  /**
   * Bounds the values: configurations have some hundred, nested aliases produce thousands of
   * millions.
   */
  private static final int MAX_VALUES = 100_000;

  private static final int MAX_CODE_POINTS = 1 << 20;

  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,39})");
  private static final Pattern FRACTION =
      Pattern.compile("[-+]?[0-9]{0,40}\\.[0-9]{1,40}([eE][-+]?[0-9]{1,3})?");

  /**
   * The tags that SnakeYAML gives to values without a written tag; the last two are for {@code <<}
   * and {@code =}.
   */
  private static final List<Tag> KNOWN_TAGS =
      List.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.TIMESTAMP,
          Tag.SEQ,
          Tag.MAP,
          Tag.MERGE,
          Tag.YAML);

  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<ConfigFault> faults = new LinkedHashSet<>();
  private final String sentenceOfEmptiness;
  private final JsonNode root;
  private int values;
  private boolean exhausted;

  /** Parses attune.yaml; the tree's root is missing if it cannot be parsed. */
  ConfigTree(String yaml) {
    this(yaml, Messages.of("schemas.yaml.empty"));
  }

  /**
   * Parses a YAML document; the tree's root is missing if it cannot be parsed.
   *
   * @param sentenceOfEmptiness the fault of a document without content
   */
  ConfigTree(String yaml, String sentenceOfEmptiness) {
    this.sentenceOfEmptiness = sentenceOfEmptiness;
    root = parse(yaml.startsWith("\uFEFF") ? yaml.substring(1) : yaml);
  }

  /** Returns the value at a JSON pointer; it may be missing. */
  JsonNode at(String pointer) {
    return root.at(pointer);
  }

  /** Returns the line of a key or element; for a missing one, the line of the nearest parent. */
  int line(String pointer) {
    String at = pointer;
    while (!lines.containsKey(at) && !at.isEmpty()) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return lines.getOrDefault(at, 1);
  }

  /** Adds a fault of the value at a JSON pointer. */
  void fault(String pointer, String sentence) {
    faults.add(new ConfigFault(line(pointer), pointer, sentence));
  }

  /** Returns all faults in the order of their lines, each of them once. */
  List<ConfigFault> faults() {
    return faults.stream().sorted(ConfigFault.ORDER).toList();
  }

  /** Returns the JSON pointer of a key of the object at a pointer. */
  static String child(String pointer, String key) {
    return pointer + "/" + SchemaFile.escape(key);
  }

  private JsonNode parse(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(MAX_CODE_POINTS);
    try {
      Node node =
          new Composer(new ParserImpl(new StreamReader(yaml), options), new Resolver(), options)
              .getSingleNode();
      if (node == null) {
        fault("", sentenceOfEmptiness);
        return JsonNodeFactory.instance.missingNode();
      }
      lines.put("", line(node));
      JsonNode root = json(node, "", 0);
      return exhausted ? JsonNodeFactory.instance.missingNode() : root;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      faults.add(
          mark == null
              ? new ConfigFault(1, "", Messages.of("schemas.yaml.invalid", problem(e)))
              : new ConfigFault(
                  mark.getLine() + 1,
                  "",
                  Messages.of("schemas.yaml.invalid-from", mark.getColumn() + 1, problem(e))));
    } catch (ReaderException e) {
      int line = (int) yaml.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count() + 1;
      faults.add(new ConfigFault(line, "", Messages.of("schemas.yaml.character")));
    } catch (YAMLException e) {
      fault("", Messages.of("schemas.yaml.too-deep"));
    } catch (NumberFormatException e) {
      // SnakeYAML 2.5 throws it for backslash-U with FFFFFFFF, which is no int.
      fault("", Messages.of("schemas.yaml.escape"));
    }
    return JsonNodeFactory.instance.missingNode();
  }

  /**
   * Returns SnakeYAML's reason without its excerpt and names, which could be part of a password.
   */
  private static String problem(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("\\t(TAB)")) {
      return Messages.of("schemas.yaml.tab");
    }
    if (problem.startsWith("found undefined alias")) {
      return Messages.of("schemas.yaml.alias");
    }
    if (problem.startsWith("but found another document")) {
      return Messages.of("schemas.yaml.documents");
    }
    String context = e.getContext();
    return Printable.shortened(context == null ? problem : context + ", " + problem);
  }

  private JsonNode json(Node node, String pointer, int depth) {
    if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
      if (!exhausted) {
        exhausted = true;
        fault(node, pointer, Messages.of("schemas.yaml.aliases"));
      }
      return JsonNodeFactory.instance.missingNode();
    }
    if (!KNOWN_TAGS.contains(node.getTag())) {
      fault(node, pointer, Messages.of("schemas.yaml.tag"));
    }
    if (node instanceof MappingNode mapping) {
      return object(mapping, pointer, depth);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      for (Node element : sequence.getValue()) {
        String at = pointer + "/" + result.size();
        lines.put(at, line(element));
        result.add(json(element, at, depth + 1));
      }
      return result;
    }
    return scalar((ScalarNode) node, pointer);
  }

  private ObjectNode object(MappingNode mapping, String pointer, int depth) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      Node keyNode = tuple.getKeyNode();
      if (!(keyNode instanceof ScalarNode scalar)) {
        fault(keyNode, pointer, Messages.of("schemas.yaml.key"));
        continue;
      }
      String key = scalar.getValue();
      String at = child(pointer, key);
      Integer earlier = result.has(key) ? lines.get(at) : null;
      if (earlier != null) {
        fault(keyNode, at, Messages.of("schemas.yaml.twice", Printable.shortened(key), earlier));
        continue;
      }
      lines.put(at, line(keyNode));
      result.set(key, json(tuple.getValueNode(), at, depth + 1));
    }
    return result;
  }

  private JsonNode scalar(ScalarNode node, String pointer) {
    String value = node.getValue();
    Tag tag = node.getTag();
    JsonNodeFactory factory = JsonNodeFactory.instance;
    if (tag.equals(Tag.NULL)) {
      return factory.nullNode();
    }
    if (tag.equals(Tag.BOOL) && (value.equals("true") || value.equals("false"))) {
      return factory.booleanNode(value.equals("true"));
    }
    boolean number =
        (tag.equals(Tag.INT) && WHOLE.matcher(value).matches())
            || (tag.equals(Tag.FLOAT) && FRACTION.matcher(value).matches());
    if (number) {
      BigDecimal decimal = new BigDecimal(value);
      if (CanonicalJson.isPlain(decimal)) {
        return CanonicalJson.number(decimal);
      }
    }
    if (value.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
      fault(node, pointer, Messages.of("schemas.yaml.text", SchemaRules.subject(pointer)));
    }
    return factory.textNode(value);
  }

  private void fault(Node node, String pointer, String sentence) {
    faults.add(new ConfigFault(line(node), pointer, sentence));
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
