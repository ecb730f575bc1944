package dev.attune.format.check;

import org.jspecify.annotations.Nullable;

/** What one line was found to hold; the rules across lines go by it. Filled anew for each line. */
final class LineFacts {
  /** Collects the text of the last turn where somebody wants it; else null. */
  final @Nullable StringBuilder answer;

  /** UTF-8 bytes of all texts, and of whatever else counts as tokens. */
  long tokenBytes;

  boolean system;
  boolean functionCall;
  int images;
  int documents;
  int audioFiles;
  int videos;

  /** The value of generationConfig.mediaResolution; empty where there is none. */
  String mediaResolution = "";

  /** Whether the line has something that Attune's own formats do not write, and do not decode. */
  boolean foreign;

  LineFacts(boolean answerIsWanted) {
    answer = answerIsWanted ? new StringBuilder() : null;
  }

  void reset() {
    tokenBytes = 0;
    system = false;
    functionCall = false;
    images = 0;
    documents = 0;
    audioFiles = 0;
    videos = 0;
    mediaResolution = "";
    foreign = false;
    newTurn();
  }

  /** Forgets the text of the turn before. */
  void newTurn() {
    if (answer != null) {
      answer.setLength(0);
    }
  }

  /** Counts the text that a cursor has just read, in a turn. */
  void turnText(JsonCursor in) {
    tokenBytes += in.decodedBytes();
    if (answer != null) {
      answer.append(in.text());
    }
  }

  boolean hasMedia() {
    return images + documents + audioFiles + videos > 0;
  }

  /** An estimate: a quarter of the bytes, rounded up. */
  long tokens() {
    return (tokenBytes + 3) / 4;
  }
}
