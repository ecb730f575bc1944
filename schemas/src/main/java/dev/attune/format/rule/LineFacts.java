package dev.attune.format.rule;

import dev.attune.catalog.TokenEstimate;
import dev.attune.format.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/** What one line was found to hold; the rules across lines go by it. Filled anew for each line. */
public final class LineFacts {
  /** Collects the text of the last turn where somebody wants it; else null. */
  public final @Nullable StringBuilder answer;

  /** Of all texts, and of whatever else counts as tokens; in the units of {@link TokenEstimate}. */
  public long tokenUnits;

  public boolean system;
  public boolean functionCall;
  public int images;
  public int documents;
  public int audioFiles;
  public int videos;

  /** Plain texts in files; no limit is documented for them. */
  public int textFiles;

  /** The value of generationConfig.mediaResolution; empty where there is none. */
  public String mediaResolution = "";

  /** Whether the line has something that Attune's own formats do not write, and do not decode. */
  public boolean foreign;

  public LineFacts(boolean answerIsWanted) {
    answer = answerIsWanted ? new StringBuilder() : null;
  }

  /** Forgets the line before. */
  public void reset() {
    tokenUnits = 0;
    system = false;
    functionCall = false;
    images = 0;
    documents = 0;
    audioFiles = 0;
    videos = 0;
    textFiles = 0;
    mediaResolution = "";
    foreign = false;
    newTurn();
  }

  /** Forgets the text of the turn before. */
  public void newTurn() {
    if (answer != null) {
      answer.setLength(0);
    }
  }

  /** Counts the text that a cursor has just read, in a turn. */
  public void turnText(JsonCursor in) {
    tokenUnits += in.tokenUnits();
    if (answer != null) {
      answer.append(in.text());
    }
  }

  /** Whether the line names files. */
  public boolean hasMedia() {
    return images + documents + audioFiles + videos + textFiles > 0;
  }

  /** By {@link TokenEstimate}. */
  public long tokens() {
    return TokenEstimate.tokens(tokenUnits);
  }
}
