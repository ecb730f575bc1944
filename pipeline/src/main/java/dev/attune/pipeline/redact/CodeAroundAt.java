package dev.attune.pipeline.redact;

import dev.attune.pipeline.redact.finder.Text;
import java.util.Locale;
import java.util.Set;

/** Recognizes code that looks like an e-mail address: remotes, packages, images, products. */
final class CodeAroundAt {
  /** User names of version control servers. */
  private static final Set<String> SERVICES =
      Set.of("git", "hg", "svn", "aur", "gitea", "gitlab", "github", "forgejo", "bitbucket");

  /** Longer names are taken for those of persons or hosts, not of variables. */
  private static final int LONGEST_VARIABLE = 2;

  private CodeAroundAt() {}

  /** Returns whether the address from start to end is code. */
  static boolean isAt(String text, int start, int at, int end) {
    return isRemote(text, start, at, end)
        || isVersion(text, at + 1)
        || isImage(text, at + 1)
        || isProduct(text, start, at, end);
  }

  /** Recognizes git@example.org:group/project.git and ssh://git@example.org/project. */
  private static boolean isRemote(String text, int start, int at, int end) {
    if (!SERVICES.contains(text.substring(start, at).toLowerCase(Locale.ROOT))) {
      return false;
    }
    char next = Text.at(text, end);
    char path = Text.at(text, end + 1);
    boolean hasPath = Text.isWord(path) || "/~.$<{".indexOf(path) >= 0;
    return ((next == ':' || next == '/') && hasPath) || text.startsWith("://", start - 3);
  }

  /** Recognizes package@1.0.0.dev: a domain may have a label of digits, but not two in a row. */
  private static boolean isVersion(String text, int domain) {
    int i = Text.at(text, domain) == 'v' ? domain + 1 : domain;
    int dots = 0;
    while (Text.isDigitAt(text, i) || (Text.at(text, i) == '.' && Text.isDigitAt(text, i - 1))) {
      dots += text.charAt(i) == '.' ? 1 : 0;
      i++;
    }
    return dots > 1 || (dots == 1 && Text.isDigitAt(text, i - 1));
  }

  /** Recognizes archive@2x.zip, the name of an image for screens of double resolution. */
  private static boolean isImage(String text, int domain) {
    return Text.isDigitAt(text, domain)
        && Text.at(text, domain + 1) == 'x'
        && Text.at(text, domain + 2) == '.';
  }

  /** Recognizes x@w.to(device), a product of two variables with a method call. */
  private static boolean isProduct(String text, int start, int at, int end) {
    int dot = text.indexOf('.', at);
    return Text.at(text, end) == '('
        && at - start <= LONGEST_VARIABLE
        && dot - at - 1 <= LONGEST_VARIABLE
        && Text.lastIndexOf(text, '.', at, end) == dot;
  }
}
