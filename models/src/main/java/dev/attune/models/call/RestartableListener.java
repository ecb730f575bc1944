package dev.attune.models.call;

import dev.attune.models.ReplyListener;

/** Tells a listener to start over if it received a part of an answer that is sent again. */
final class RestartableListener implements ReplyListener {
  private final ReplyListener listener;
  private boolean begun;

  RestartableListener(ReplyListener listener) {
    this.listener = listener;
  }

  @Override
  public void text(String more) {
    begun = true;
    listener.text(more);
  }

  @Override
  public void thoughts(String more) {
    begun = true;
    listener.thoughts(more);
  }

  @Override
  public void startOver() {
    begun = false;
    listener.startOver();
  }

  void restart() {
    if (begun) {
      startOver();
    }
  }
}
