package dev.attune.format.rule;

import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Keys;
import dev.attune.format.json.MalformedLineException;
import dev.attune.schema.Printable;

/** Rules about one line. Keeps state while it reads a line; not thread-safe. */
public abstract class LineRules {
  /** A place that is in no turn. */
  protected static final int NO_TURN = -1;

  /** What the line holds, as far as it was read. */
  protected final LineFacts facts;

  /** What is wrong with it. */
  protected final LineFindings findings;

  /** Stands in the line. */
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

  /** Notes a key of an object; skips the value of one that is unknown. */
  protected final int note(int seen, int key, String place, int turn)
      throws MalformedLineException {
    return note(seen, key, Rule.UNKNOWN_KEY, place, turn);
  }

  /** Like {@link #note(int, int, String, int)}, with a rule of its own for unknown keys. */
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

  /** Notes the key that was just read for a finding that is said once of the file. */
  protected final void noteKey(Rule rule, String place) {
    String key = Printable.shortened(in.text());
    findings.addKey(rule, place, key.isEmpty() ? "\"\"" : key);
  }

  /** Skips a value whose content nobody looks at; it counts as tokens. */
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

  /** The value that stands here; empty where it is not a string. */
  protected final String stringOrEmpty() throws MalformedLineException {
    boolean text = in.peek() == '"';
    in.skip();
    return text ? in.text() : "";
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
