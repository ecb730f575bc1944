package dev.attune.pipeline.score;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Arrays;

/** Computes the properties of a text that its score depends on, in one pass. */
final class TextScan {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** An odd number with spread bits, of the golden ratio. */
  private static final long GRAM_FACTOR = 0x9e3779b97f4a7c15L;

  private final String text;
  private final DescriptiveWords descriptiveWords;

  private int characters;

  // Sentences.
  private int sentences;
  private boolean wordsInSentence;
  private boolean endPending;
  private int lastKind;

  // Descriptive words: runs of letters and digits.
  private int runStart = -1;
  private int firstDescriptive = DescriptiveWords.NONE;
  private boolean twoDescriptive;

  // Dialogue.
  private int openQuote;
  private boolean saidSomething;
  private boolean dialogue;

  // Words between white space, as hashes, and their 3-grams.
  private long wordHash = FNV_OFFSET;
  private boolean inWord;
  private int words;
  private long lastWord;
  private long lastWordButOne;
  private long[] grams = new long[128];
  private int gramCount;

  private TextScan(String text, DescriptiveWords descriptiveWords) {
    this.text = text;
    this.descriptiveWords = descriptiveWords;
  }

  static TextScan of(String text, DescriptiveWords descriptiveWords) {
    var scan = new TextScan(text, descriptiveWords);
    scan.run();
    return scan;
  }

  /** Returns the length in code points, with white space at the ends. */
  int characters() {
    return characters;
  }

  /**
   * Returns the number of sentences. A sentence ends with . ! ? … before white space or the end of
   * the text (closing marks may follow), or with a Chinese or Japanese full stop anywhere, and
   * contains a letter or digit. Text without an end mark is not a sentence.
   */
  int sentences() {
    return sentences;
  }

  boolean hasTwoDescriptiveWords() {
    return twoDescriptive;
  }

  /** Returns whether a letter or digit is between a pair of quotation marks. */
  boolean hasDialogue() {
    return dialogue;
  }

  /** Returns whether the last character except white space, brackets and quotes ends a sentence. */
  boolean isFinished() {
    return (lastKind & (CharKind.END | CharKind.END_ALWAYS)) != 0;
  }

  /**
   * Returns whether fewer than half of the 3-grams of words are distinct. Words are separated by
   * white space and include punctuation; the case of ASCII letters does not matter. They are
   * compared by 64 bits: in a text of 1,000 words one pair is wrongly equal with a probability of
   * 2.7e-14.
   */
  boolean repeatsItself() {
    var distinct = new LongOpenHashSet(gramCount);
    for (int i = 0; i < gramCount; i++) {
      if (distinct.add(grams[i]) && 2L * distinct.size() >= gramCount) {
        return false;
      }
    }
    return gramCount > 0;
  }

  private void run() {
    int previousKind = 0;
    int i = 0;
    while (i < text.length()) {
      int end = endOfAsciiRun(i);
      if (end > i) {
        previousKind = CharKind.WORD;
        i = end;
        continue;
      }
      int c = text.charAt(i);
      int next = i + 1;
      if (Character.isHighSurrogate((char) c)) {
        c = text.codePointAt(i);
        next = i + Character.charCount(c);
      }
      int kind = CharKind.of(c);
      characters++;
      inSentence(kind);
      inRun(kind, i);
      inWord(kind, c);
      if ((kind & CharKind.QUOTE) != 0) {
        atQuote(c, previousKind);
      } else if ((kind & CharKind.WORD) != 0) {
        saidSomething = true;
      }
      previousKind = kind;
      i = next;
    }
    inSentence(CharKind.SPACE);
    inRun(CharKind.SPACE, i);
    inWord(CharKind.SPACE, ' ');
  }

  /** Skips a run of ASCII letters and digits, which most texts mostly consist of. */
  private int endOfAsciiRun(int start) {
    long hash = wordHash;
    int i = start;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || CharKind.of(c) != CharKind.WORD) {
        break;
      }
      hash = (hash ^ (c | 0x20)) * FNV_PRIME; // the lower case of a letter; digits have the bit
    }
    if (i > start) {
      wordHash = hash;
      characters += i - start;
      inSentence(CharKind.WORD);
      inRun(CharKind.WORD, start);
      inWord = true;
      saidSomething = true;
    }
    return i;
  }

  private void inSentence(int kind) {
    if ((kind & (CharKind.SPACE | CharKind.CLOSER)) == 0) {
      lastKind = kind;
    }
    if ((kind & CharKind.WORD) != 0) {
      wordsInSentence = true;
      endPending = false;
    } else if ((kind & CharKind.END) != 0) {
      endPending = true;
    } else if ((kind & CharKind.END_ALWAYS) != 0 || (endPending && (kind & CharKind.SPACE) != 0)) {
      sentences += wordsInSentence ? 1 : 0;
      wordsInSentence = false;
      endPending = false;
    } else if ((kind & CharKind.CLOSER) == 0) {
      endPending = false;
    }
  }

  private void inRun(int kind, int at) {
    if ((kind & CharKind.WORD) != 0) {
      runStart = runStart < 0 ? at : runStart;
    } else if (runStart >= 0) {
      if (!twoDescriptive) {
        int word = descriptiveWords.indexOf(text, runStart, at);
        if (firstDescriptive == DescriptiveWords.NONE) {
          firstDescriptive = word;
        } else {
          twoDescriptive = word != DescriptiveWords.NONE && word != firstDescriptive;
        }
      }
      runStart = -1;
    }
  }

  private void inWord(int kind, int c) {
    if ((kind & CharKind.SPACE) == 0) {
      wordHash = (wordHash ^ c) * FNV_PRIME;
      inWord = true;
    } else if (inWord) {
      if (++words >= 3) {
        addGram((lastWordButOne * GRAM_FACTOR + lastWord) * GRAM_FACTOR + wordHash);
      }
      lastWordButOne = lastWord;
      lastWord = wordHash;
      wordHash = FNV_OFFSET;
      inWord = false;
    }
  }

  private void addGram(long gram) {
    if (gramCount == grams.length) {
      grams = Arrays.copyOf(grams, gramCount * 2);
    }
    grams[gramCount++] = gram;
  }

  private void atQuote(int c, int previousKind) {
    if (openQuote != 0 && closes(openQuote, c)) {
      dialogue |= saidSomething;
      openQuote = 0;
    } else if (c != '"' || (previousKind & CharKind.WORD) == 0) { // 5" is a measure
      openQuote = c;
      saidSomething = false;
    }
  }

  private static boolean closes(int open, int c) {
    return switch (open) {
      case '"' -> c == '"';
      case '“' -> c == '”';
      case '„' -> c == '“' || c == '”';
      case '”' -> c == '”';
      case '«' -> c == '»';
      case '»' -> c == '«' || c == '»';
      default -> false;
    };
  }
}
