package dev.attune.format.rule;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one line, in the order found. */
public final class LineFindings {
  private final List<Entry> entries = new ArrayList<>();

  public void add(Rule rule, String cause) {
    add(rule, cause, "");
  }

  /** Adds a finding whose fix is not the one that the rule has for all. */
  public void add(Rule rule, String cause, String fix) {
    entries.add(new Entry(rule, cause, "", fix));
  }

  /**
   * Adds what is said once of the file, with a count.
   *
   * @param place what has the key: "the line", "a message"
   */
  public void addKey(Rule rule, String place, String key) {
    entries.add(new Entry(rule, place, key, ""));
  }

  public void clear() {
    entries.clear();
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether one of them is an error. */
  public boolean hasError() {
    return entries.stream().anyMatch(entry -> entry.rule().level() == Level.ERROR);
  }

  /** Hands them over and forgets them. */
  public void moveTo(Taker taker) {
    for (Entry entry : entries) {
      if (entry.key().isEmpty()) {
        taker.take(entry.rule(), entry.text(), entry.fix());
      } else {
        taker.takeKey(entry.rule(), entry.text(), entry.key());
      }
    }
    clear();
  }

  /** Takes the findings of a line. */
  public interface Taker {
    /**
     * Takes a finding.
     *
     * @param fix empty where it is the rule's
     */
    void take(Rule rule, String cause, String fix);

    /** Takes a key that is said once of the file. */
    void takeKey(Rule rule, String place, String key);
  }

  /** A finding; the key is empty where it is none of a key. */
  private record Entry(Rule rule, String text, String key, String fix) {}
}
