package dev.attune.pipeline.redact;

import dev.attune.pipeline.redact.text.Text;
import java.util.Locale;
import java.util.Set;

/** Tells what looks like an e-mail address but is code: remotes, packages, images, products. */
final class CodeAroundAt {
  /** Users of servers for version control: no person has such a name. */
  private static final Set<String> SERVICES =
      Set.of("git", "hg", "svn", "aur", "gitea", "gitlab", "github", "forgejo", "bitbucket");

  /** A name of more letters is rather a person's, or a host's, than a variable's. */
  private static final int LONGEST_VARIABLE = 2;

  private CodeAroundAt() {}

  /** Of an address from start to end, the @ between them. */
  static boolean isAt(String text, int start, int at, int end) {
    return isRemote(text, start, at, end)
        || isVersion(text, at + 1)
        || isImage(text, at + 1)
        || isProduct(text, start, at, end);
  }

  /** As git@example.org:group/project.git or ssh://git@example.org/project. */
  private static boolean isRemote(String text, int start, int at, int end) {
    if (!SERVICES.contains(text.substring(start, at).toLowerCase(Locale.ROOT))) {
      return false;
    }
    char next = Text.at(text, end);
    char path = Text.at(text, end + 1);
    boolean hasPath = Text.isWord(path) || "/~.$<{".indexOf(path) >= 0;
    return ((next == ':' || next == '/') && hasPath) || text.startsWith("://", start - 3);
  }

  /** As package@1.0.0.dev: a domain's name may be a figure, but not two of them in a row. */
  private static boolean isVersion(String text, int domain) {
    int i = Text.at(text, domain) == 'v' ? domain + 1 : domain;
    int dots = 0;
    while (Text.isDigitAt(text, i) || (Text.at(text, i) == '.' && Text.isDigitAt(text, i - 1))) {
      dots += text.charAt(i) == '.' ? 1 : 0;
      i++;
    }
    return dots > 1 || (dots == 1 && Text.isDigitAt(text, i - 1));
  }

  /** As archive@2x.zip: for screens of double resolution. */
  private static boolean isImage(String text, int domain) {
    return Text.isDigitAt(text, domain)
        && Text.at(text, domain + 1) == 'x'
        && Text.at(text, domain + 2) == '.';
  }

  /** As x@w.to(device): two variables, one of them with a method that is called. */
  private static boolean isProduct(String text, int start, int at, int end) {
    int dot = text.indexOf('.', at);
    return Text.at(text, end) == '('
        && at - start <= LONGEST_VARIABLE
        && dot - at - 1 <= LONGEST_VARIABLE
        && Text.lastIndexOf(text, '.', at, end) == dot;
  }
}
