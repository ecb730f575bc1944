import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds links in Markdown files to files or headings that do not exist. Arguments: the root
 * directory, then files and directories below it. Ends with 1 if there is such a link.
 */
final class DocLinks {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    List<Path> pages = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      try (Stream<Path> files = Files.walk(root.resolve(arguments[i]))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    int broken = 0;
    for (Path page : pages) {
      Matcher link = LINK.matcher(CODE_BLOCK.matcher(Files.readString(page)).replaceAll(""));
      while (link.find()) {
        if (!link.group(1).startsWith("http") && !exists(page, link.group(1))) {
          System.err.println(root.relativize(page) + ": " + link.group(1) + " does not exist");
          broken++;
        }
      }
    }
    System.out.println(pages.size() + " pages, " + broken + " broken links");
    System.exit(broken == 0 ? 0 : 1);
  }

  private static boolean exists(Path page, String link) throws IOException {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? page : page.resolveSibling(file);
    return Files.exists(target)
        && (hash < 0 || headings(target).contains(link.substring(hash + 1)));
  }

  /** Returns the anchors that GitHub gives to the headings of a page. */
  private static Set<String> headings(Path page) throws IOException {
    Set<String> anchors = new HashSet<>();
    CODE_BLOCK
        .matcher(Files.readString(page))
        .replaceAll("")
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ *", "").replaceAll("[`*]", ""))
        .map(line -> line.strip().toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .forEach(anchors::add);
    return anchors;
  }
}
