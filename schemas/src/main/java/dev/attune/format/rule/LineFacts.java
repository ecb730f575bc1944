package dev.attune.format.rule;

import dev.attune.catalog.TokenEstimate;
import dev.attune.format.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/** Facts about the current line for the rules across lines. Reused for each line. */
public final class LineFacts {
  /** Collects the text of the last turn; null if answers are not checked. */
  public final @Nullable StringBuilder answer;

  /** The estimated tokens of the line in the units of {@link TokenEstimate}. */
  public long tokenUnits;

  public boolean system;
  public boolean functionCall;
  public int images;
  public int documents;
  public int audioFiles;
  public int videos;

  /** Plain texts in files; no limit is documented for them. */
  public int textFiles;

  /** The value of generationConfig.mediaResolution, or an empty text. */
  public String mediaResolution = "";

  /** Whether the line has elements that Attune's formats do not write and decode. */
  public boolean foreign;

  public LineFacts(boolean answerIsWanted) {
    answer = answerIsWanted ? new StringBuilder() : null;
  }

  /** Resets the facts for the next line. */
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

  /** Clears the text of the previous turn. */
  public void newTurn() {
    if (answer != null) {
      answer.setLength(0);
    }
  }

  /** Counts the last string of a cursor as text of a turn. */
  public void turnText(JsonCursor in) {
    tokenUnits += in.tokenUnits();
    if (answer != null) {
      answer.append(in.text());
    }
  }

  /** Returns whether the line refers to files. */
  public boolean hasMedia() {
    return images + documents + audioFiles + videos + textFiles > 0;
  }

  /** Returns the estimated tokens of the line. */
  public long tokens() {
    return TokenEstimate.tokens(tokenUnits);
  }
}
