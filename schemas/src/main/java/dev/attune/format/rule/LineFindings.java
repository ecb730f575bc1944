package dev.attune.format.rule;

import java.util.ArrayList;
import java.util.List;

/** Findings of one line, in the order of the line. */
public final class LineFindings {
  private final List<Entry> entries = new ArrayList<>();

  public void add(Rule rule, String cause) {
    add(rule, cause, "");
  }

  /** Adds a finding with its own fix instead of the rule's. */
  public void add(Rule rule, String cause, String fix) {
    entries.add(new Entry(rule, cause, "", fix));
  }

  /**
   * Adds a finding about a key, which is reported once for the file with a count.
   *
   * @param place the owner of the key: "the line", "a message"
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

  /** Returns whether a finding is an error. */
  public boolean hasError() {
    return entries.stream().anyMatch(entry -> entry.rule().level() == Level.ERROR);
  }

  /** Passes the findings to a receiver and removes them. */
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

  /** Receives the findings of a line. */
  public interface Taker {
    /**
     * Receives a finding.
     *
     * @param fix empty for the rule's fix
     */
    void take(Rule rule, String cause, String fix);

    /** Receives a finding about a key. */
    void takeKey(Rule rule, String place, String key);
  }

  /** A finding; the key is empty if the finding is not about a key. */
  private record Entry(Rule rule, String text, String key, String fix) {}
}
