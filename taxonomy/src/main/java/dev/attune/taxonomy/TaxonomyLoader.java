package dev.attune.taxonomy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.attune.bytes.Utf8;
import dev.attune.message.Messages;
import dev.attune.taxonomy.LocatedJson.Entries;
import dev.attune.taxonomy.LocatedJson.Entry;
import dev.attune.taxonomy.LocatedJson.Items;
import dev.attune.taxonomy.LocatedJson.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a taxonomy in one of three shapes:
 *
 * <ul>
 *   <li>{@code {"name", "version", "categories": [{"id", "name", "description", "aliases": [],
 *       "children": […]}]}}; only {@code categories} and {@code id} are required
 *   <li>an array of ids
 *   <li>an object of arrays of ids: a key is the parent of its elements, and an element that is a
 *       key too has children of its own. A category has one parent at most
 * </ul>
 *
 * <p>An object is of the first shape if {@code name} or {@code version} is not an array, or {@code
 * categories} is not a non-empty array of strings.
 */
public final class TaxonomyLoader {
  /** The maximum size of a file. */
  public static final int MAX_BYTES = 16 << 20;

  private TaxonomyLoader() {}

  /**
   * Parses the bytes of a file.
   *
   * @param json the file, UTF-8 with or without a byte order mark
   * @param place the file's name for messages; without folder and ending also the name of a
   *     taxonomy that has none
   * @throws TaxonomyException with every fault of the file
   */
  public static Taxonomy load(byte[] json, String place) {
    var faults = new Faults(place);
    LocatedJson root = parse(json, faults);
    var collector = new CategoryCollector(faults);
    Taxonomy taxonomy;
    if (root instanceof Items ids) {
      new BareShapes(faults, collector).addIds(ids);
      taxonomy = new Taxonomy(nameOf(place), collector.categories());
    } else if (root instanceof Entries object && !isFull(object)) {
      new BareShapes(faults, collector).addFamilies(object);
      taxonomy = new Taxonomy(nameOf(place), collector.categories());
    } else if (root instanceof Entries object) {
      taxonomy = new FullShape(faults, collector).read(object, nameOf(place));
    } else {
      throw faults.fatal(root.line(), Messages.of("taxonomy.taxonomy.shape", root.kind()));
    }
    faults.throwIfAny();
    if (taxonomy.categories().isEmpty()) {
      throw faults.fatal(root.line(), Messages.of("taxonomy.taxonomy.no-category"));
    }
    return taxonomy;
  }

  private static boolean isFull(Entries object) {
    return object.entries().stream().anyMatch(TaxonomyLoader::isOfFullShape);
  }

  private static boolean isOfFullShape(Entry entry) {
    return switch (entry.key()) {
      case "name", "version" -> !(entry.value() instanceof Items);
      case "categories" ->
          !(entry.value() instanceof Items items)
              || items.values().isEmpty()
              || !items.values().stream().allMatch(Text.class::isInstance);
      default -> false;
    };
  }

  /** Returns the parser's message without the unknown word, which may be a secret. */
  private static String withoutContent(String message) {
    return message.startsWith("Unrecognized token")
        ? Messages.of("taxonomy.taxonomy.unknown-word")
        : message;
  }

  private static LocatedJson parse(byte[] json, Faults faults) {
    if (json.length > MAX_BYTES) {
      throw faults.fatal(1, Messages.of("taxonomy.taxonomy.too-large", MAX_BYTES));
    }
    String text = decode(json, faults);
    try {
      return LocatedJson.parse(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw faults.fatal(
          line, Messages.of("taxonomy.taxonomy.not-json", withoutContent(e.getOriginalMessage())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decode(byte[] json, Faults faults) {
    if (json.length >= 2 && (isMark(json, 0xFE, 0xFF) || isMark(json, 0xFF, 0xFE))) {
      throw faults.fatal(1, Messages.of("taxonomy.taxonomy.utf16"));
    }
    int line = 1;
    for (int i = 0; i < json.length; ) {
      int next = json[i] < 0 ? Utf8.next(json, i, json.length) : i + 1;
      if (next < 0) {
        throw faults.fatal(line, Messages.of("taxonomy.taxonomy.utf8"));
      }
      line += json[i] == '\n' ? 1 : 0;
      i = next;
    }
    String text = new String(json, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static boolean isMark(byte[] json, int first, int second) {
    return (json[0] & 0xFF) == first && (json[1] & 0xFF) == second;
  }

  /** Returns the last name of a path without its ending. */
  private static String nameOf(String place) {
    String file = place.substring(Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')) + 1);
    int dot = file.lastIndexOf('.');
    return dot <= 0 ? file : file.substring(0, dot);
  }
}
