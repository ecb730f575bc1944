package dev.attune.pipeline.source.file.find;

import java.nio.file.FileSystem;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of names ({@code *}, {@code **}, {@code ?}, {@code [a-c]}, {@code {a,b}}) with one
 * meaning in folders of this machine and in buckets.
 *
 * @param fixed the path before the first part with a glob, with its slash; may be empty
 * @param globs the other parts; empty if there is no glob
 */
record GlobPattern(String fixed, List<String> globs) {
  private static final String GLOB_CHARACTERS = "*?[{";

  static GlobPattern of(String pattern) {
    int start = 0;
    for (int end = pattern.indexOf('/'); end >= 0; end = pattern.indexOf('/', start)) {
      if (hasGlob(pattern.substring(start, end))) {
        break;
      }
      start = end + 1;
    }
    String rest = pattern.substring(start);
    return hasGlob(rest)
        ? new GlobPattern(pattern.substring(0, start), List.of(rest.split("/+")))
        : new GlobPattern(pattern, List.of());
  }

  private static boolean hasGlob(String text) {
    return text.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
  }

  /** Returns how many parts from the first on match names of one level of folders each. */
  int levels() {
    int plain = 0;
    while (plain < globs.size() && isOfOneLevel(globs.get(plain))) {
      plain++;
    }
    return plain;
  }

  /** Returns whether files at any depth may match. */
  boolean isDeep() {
    return levels() < globs.size();
  }

  private static boolean isOfOneLevel(String part) {
    boolean closed =
        part.chars().filter(c -> c == '{').count() == part.chars().filter(c -> c == '}').count();
    return closed && !part.contains("**") && !part.contains("\\");
  }

  /** Returns what all names that match begin with, after {@link #fixed}. */
  String prefix() {
    String first = globs.isEmpty() ? "" : globs.get(0);
    int end = 0;
    while (end < first.length() && (GLOB_CHARACTERS + "\\").indexOf(first.charAt(end)) < 0) {
      end++;
    }
    return first.substring(0, end);
  }

  /** Returns matchers for the names of folders, from the outermost on, that may have matches. */
  List<PathMatcher> folderMatchers(FileSystem system) {
    List<String> folders = globs.subList(0, isDeep() ? levels() : levels() - 1);
    return folders.stream().map(glob -> matcher(system, glob)).toList();
  }

  /**
   * Returns matchers of which one matches a path that is relative to {@link #fixed}. Makes a
   * leading {@code **} and slash match no folder too, as shells do, unlike Java.
   */
  List<PathMatcher> matchers(FileSystem system) {
    return matchers(system, String.join("/", globs));
  }

  /** Returns {@link #matchers} for paths in which another character stands for a backslash. */
  List<PathMatcher> matchers(FileSystem system, char backslash) {
    String glob = String.join("/", globs);
    StringBuilder written = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c == '\\' && i + 1 < glob.length()) {
        char escaped = glob.charAt(++i);
        written.append(escaped == '\\' ? String.valueOf(backslash) : "\\" + escaped);
      } else {
        written.append(c);
      }
    }
    return matchers(system, written.toString());
  }

  private static List<PathMatcher> matchers(FileSystem system, String glob) {
    String anyFolder = "**/";
    List<PathMatcher> matchers = new ArrayList<>(List.of(matcher(system, glob)));
    if (glob.startsWith(anyFolder)) {
      matchers.add(matcher(system, glob.substring(anyFolder.length())));
    }
    return matchers;
  }

  private static PathMatcher matcher(FileSystem system, String glob) {
    return system.getPathMatcher("glob:" + glob);
  }
}
