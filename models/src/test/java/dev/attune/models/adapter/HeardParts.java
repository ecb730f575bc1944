package dev.attune.models.adapter;

import dev.attune.models.ReplyListener;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a listener receives. */
public final class HeardParts implements ReplyListener {
  private final List<String> texts = new ArrayList<>();
  private final StringBuilder thoughts = new StringBuilder();

  @Override
  public void text(String more) {
    texts.add(more);
  }

  @Override
  public void thoughts(String more) {
    thoughts.append(more);
  }

  /** Returns the parts of the text. */
  public List<String> texts() {
    return List.copyOf(texts);
  }

  /** Returns the whole text. */
  public String text() {
    return String.join("", texts);
  }

  /** Returns all thoughts. */
  public String thoughts() {
    return thoughts.toString();
  }
}
