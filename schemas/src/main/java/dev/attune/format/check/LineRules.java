package dev.attune.format.check;

/** The rules of one format about one line. Keeps state while it reads a line; not thread-safe. */
abstract class LineRules {
  /** What the line holds, as far as it was read. */
  protected final LineFacts facts;

  /** What is wrong with it. */
  protected final LineFindings findings;

  /** Stands in the line. */
  protected final JsonCursor in;

  private int blankTurn = -1;

  LineRules(JsonCursor in, LineFacts facts, LineFindings findings) {
    this.in = in;
    this.facts = facts;
    this.findings = findings;
  }

  /** Reads the line that the cursor stands before, an object, to its end. */
  abstract void check() throws MalformedLineException;

  /** Notes a key of an object; skips the value of one that is unknown. */
  protected final int note(int seen, int key, String where) throws MalformedLineException {
    return note(seen, key, Rule.UNKNOWN_KEY, where);
  }

  /** Like {@link #note(int, int, String)}, with a rule of its own for unknown keys. */
  protected final int note(int seen, int key, Rule unknown, String where)
      throws MalformedLineException {
    if (key == Keys.UNKNOWN) {
      findings.add(unknown, where + " has a key that the format does not list");
      facts.foreign = true;
      in.skip();
      return seen;
    }
    int bit = 1 << key;
    if ((seen & bit) != 0) {
      findings.add(Rule.DUPLICATE_KEY, where + " has a key twice");
    }
    return seen | bit;
  }

  /** Skips a value whose content nobody looks at; it counts as tokens. */
  protected final void skipForeign() throws MalformedLineException {
    int before = in.offset();
    in.skip();
    facts.tokenBytes += in.offset() - before;
    facts.foreign = true;
  }

  /** A list of objects, whatever they hold; false where it is something else. */
  protected final boolean skipObjects() throws MalformedLineException {
    facts.foreign = true;
    int before = in.offset();
    boolean objects = in.peek() == '[';
    if (!objects) {
      in.skip();
    } else if (in.open('[')) {
      do {
        objects &= in.peek() == '{';
        in.skip();
      } while (in.more(']'));
    }
    facts.tokenBytes += in.offset() - before;
    return objects;
  }

  /**
   * To be called at the end of each turn. A blank one is reported when it is known to be no last.
   */
  protected final void turnEnds(int turn, boolean blank) {
    reportBlank();
    blankTurn = blank ? turn : -1;
  }

  /** To be called behind the last turn. */
  protected final void turnsEnd(boolean lastIsModel) {
    if (blankTurn >= 0 && lastIsModel) {
      findings.add(Rule.LAST_TURN_BLANK, turn(blankTurn) + " holds white space only");
      blankTurn = -1;
    }
    reportBlank();
  }

  private void reportBlank() {
    if (blankTurn >= 0) {
      findings.add(Rule.BLANK_TEXT, turn(blankTurn) + " holds white space only");
      blankTurn = -1;
    }
  }

  /** To be called before each line. */
  protected final void newLine() {
    blankTurn = -1;
  }

  /** A turn by its number, from 1. */
  protected static String turn(int index) {
    return "turn " + (index + 1);
  }

  /** More than there may be of something is a finding. */
  protected final void atMost(int limit, int count, Rule rule, String what) {
    if (count > limit) {
      findings.add(rule, count + " " + what + ", at most " + limit);
    }
  }
}
