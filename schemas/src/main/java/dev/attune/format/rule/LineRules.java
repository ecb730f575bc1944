package dev.attune.format.rule;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.schema.Printable;

/** Base of the rules about one line. Has state of the current line; not thread-safe. */
public abstract class LineRules {
  /** The turn of a place outside of turns. */
  protected static final int NO_TURN = -1;

  /** Facts about the line as far as it was read. */
  protected final LineFacts facts;

  /** Findings of the line. */
  protected final LineFindings findings;

  /** Reads the line. */
  protected final JsonCursor in;

  private int blankTurn = -1;

  protected LineRules(JsonCursor in, LineFacts facts, LineFindings findings) {
    this.in = in;
    this.facts = facts;
    this.findings = findings;
  }

  /** Adds a finding about a turn; the cause follows its number. */
  protected final void fault(Rule rule, int turn, String cause) {
    findings.add(rule, turn(turn) + " " + cause);
  }

  /** Adds a finding about a turn with a fix of its own. */
  protected final void fault(Rule rule, int turn, String cause, String fix) {
    findings.add(rule, turn(turn) + " " + cause, fix);
  }

  /**
   * Returns whether the next value begins with a character. If not, adds a finding and skips it.
   *
   * @param turn the turn that the cause follows, or {@link #NO_TURN}
   */
  protected final boolean begins(char first, Rule rule, int turn, String cause)
      throws MalformedLineException {
    if (in.peek() == first) {
      return true;
    }
    findings.add(rule, turn == NO_TURN ? cause : turn(turn) + " " + cause);
    in.skip();
    return false;
  }

  /**
   * Records a key of an object, and reports an unknown or repeated one; skips the value of an
   * unknown key. Returns the bits of the keys seen so far.
   */
  protected final int note(int seen, int key, String place, int turn)
      throws MalformedLineException {
    return note(seen, key, Rule.UNKNOWN_KEY, place, turn);
  }

  /** Like {@link #note(int, int, String, int)}, with another rule for unknown keys. */
  protected final int note(int seen, int key, Rule unknown, String place, int turn)
      throws MalformedLineException {
    if (key == Keys.UNKNOWN) {
      noteKey(unknown, place);
      facts.foreign = true;
      in.skip();
      return seen;
    }
    int bit = 1 << key;
    if ((seen & bit) != 0) {
      findings.add(
          Rule.DUPLICATE_KEY,
          place + (turn == NO_TURN ? "" : " in " + turn(turn)) + " has a key twice");
    }
    return seen | bit;
  }

  /** Adds a finding about the last key, which is reported once for the file. */
  protected final void noteKey(Rule rule, String place) {
    String key = Printable.shortened(in.text());
    findings.addKey(rule, place, key.isEmpty() ? "\"\"" : key);
  }

  /** Skips a value that is not checked and counts its tokens. */
  protected final void skipForeign() throws MalformedLineException {
    int before = in.offset();
    in.skip();
    facts.tokenUnits += in.tokenUnitsSince(before);
    facts.foreign = true;
  }

  /** Reads a value; returns its place among words, or {@link Keys#UNKNOWN} for any other value. */
  protected final int word(Keys words) throws MalformedLineException {
    boolean text = in.peek() == '"';
    in.skip();
    return text ? words.find(in) : Keys.UNKNOWN;
  }

  /** Reads a value; returns the string, or an empty text for any other value. */
  protected final String stringOrEmpty() throws MalformedLineException {
    boolean text = in.peek() == '"';
    in.skip();
    return text ? in.text() : "";
  }

  /** Ends a turn. A blank turn is reported when the next one begins. */
  protected final void turnEnds(int turn, boolean blank) {
    reportBlank();
    blankTurn = blank ? turn : -1;
  }

  /** Ends the list of turns. */
  protected final void turnsEnd(boolean lastIsModel) {
    if (blankTurn >= 0 && lastIsModel) {
      findings.add(Rule.LAST_TURN_BLANK, turn(blankTurn) + " is white space only");
      blankTurn = -1;
    }
    reportBlank();
  }

  private void reportBlank() {
    if (blankTurn >= 0) {
      findings.add(Rule.BLANK_TEXT, turn(blankTurn) + " is white space only");
      blankTurn = -1;
    }
  }

  /** Begins a line. */
  protected final void newLine() {
    blankTurn = -1;
  }

  /** Returns the name of a turn, with its number from 1. */
  protected static String turn(int index) {
    return "turn " + (index + 1);
  }

  /** Adds a finding if a count exceeds its limit. */
  protected final void atMost(int limit, int count, Rule rule, String what) {
    if (count > limit) {
      findings.add(rule, count + " " + what + ", at most " + limit);
    }
  }
}
