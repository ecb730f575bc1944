package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page of the objects of a bucket, in the order of their names. */
final class StubListing {
  private static final int LARGEST_PAGE = 1000;
  private static final int STEP = 1000;

  private final Map<String, String> parameters;
  private final String url;
  private final String prefix;
  private final String delimiter;
  private final @Nullable PathMatcher glob;
  private final ObjectNode answer = StubJson.newObject().put("kind", "storage#objects");
  private final ArrayNode items = answer.arrayNode();
  private final ArrayNode prefixes = answer.arrayNode();
  private String lastPrefix = "";

  private StubListing(Map<String, String> parameters, String url) {
    this.parameters = parameters;
    this.url = url;
    prefix = parameters.getOrDefault("prefix", "");
    delimiter = parameters.getOrDefault("delimiter", "");
    String pattern = parameters.get("matchGlob");
    glob = pattern == null ? null : FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }

  static ObjectNode page(StubObjects objects, Map<String, String> parameters, String url)
      throws StubRefusal {
    StubListing listing = new StubListing(parameters, url);
    listing.fill(objects);
    return StubFields.select(listing.answer, parameters.get("fields"));
  }

  private void fill(StubObjects objects) throws StubRefusal {
    Long asked = StubPreconditions.number(parameters, "maxResults");
    int limit = (int) Math.min(asked == null ? LARGEST_PAGE : asked, LARGEST_PAGE);
    String after = decode(parameters.get("pageToken"));
    boolean folder =
        !delimiter.isEmpty() && after.length() > prefix.length() && after.endsWith(delimiter);
    lastPrefix = folder ? after : "";
    String end = parameters.getOrDefault("endOffset", "");
    String start = max(after, parameters.getOrDefault("startOffset", ""));
    String last = "";
    boolean more = true;
    while (more) {
      List<StubObject> step = objects.from(prefix, start, STEP);
      more = step.size() == STEP;
      for (StubObject object : step) {
        if (!end.isEmpty() && StubObjects.compareNames(object.name(), end) >= 0) {
          more = false;
          break;
        }
        if (object.name().equals(after) || isListed(object.name())) {
          continue;
        }
        if (items.size() + prefixes.size() == limit) {
          answer.put("nextPageToken", encode(last));
          more = false;
          break;
        }
        last = add(object);
      }
      // The smallest name after the last one.
      start = step.isEmpty() ? "" : step.get(step.size() - 1).name() + "\0";
    }
    if (!prefixes.isEmpty()) {
      answer.set("prefixes", prefixes);
    }
    if (!items.isEmpty()) {
      answer.set("items", items);
    }
  }

  private boolean isListed(String name) {
    return (!lastPrefix.isEmpty() && name.startsWith(lastPrefix))
        || (glob != null && !glob.matches(Path.of(name)));
  }

  /** Adds an object, or the folder that it is in; returns where the next page starts after. */
  private String add(StubObject object) {
    int cut = delimiter.isEmpty() ? -1 : object.name().indexOf(delimiter, prefix.length());
    if (cut < 0) {
      items.add(StubJson.object(object, url));
      return object.name();
    }
    lastPrefix = object.name().substring(0, cut + delimiter.length());
    prefixes.add(lastPrefix);
    return lastPrefix;
  }

  private static String max(String one, String other) {
    return StubObjects.compareNames(one, other) > 0 ? one : other;
  }

  private static String encode(String name) {
    return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(@Nullable String token) throws StubRefusal {
    if (token == null || token.isEmpty()) {
      return "";
    }
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw StubRefusal.invalid("Invalid pageToken.");
    }
  }
}
