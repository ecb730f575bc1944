package dev.attune.launcher.promote;

/** A reason that somebody typed, on one line as the ledger keeps and every command shows it. */
final class OneLine {
  private OneLine() {}

  /** Without white space at its ends; line feeds, tabs and several blanks inside are one blank. */
  static String of(String reason) {
    return reason.strip().replaceAll("\\s+", " ");
  }
}
