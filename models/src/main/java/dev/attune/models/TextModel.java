package dev.attune.models;

/**
 * A model that answers requests. An adapter sends one request once; the layers around it (waiting,
 * repeating, keeping answers, spending) implement this interface, too. Safe for several threads.
 */
public interface TextModel extends AutoCloseable {
  /** Returns which model this is. */
  ModelIdentity identity();

  /**
   * Returns the answer to a request. An answer that is blocked, refused or cut off is a reply, not
   * an exception: see {@link ModelReply#finish()}.
   *
   * @throws ModelException if there is no answer; its kind says whether the request, the model or a
   *     transient fault is the cause
   */
  ModelReply ask(ModelRequest request) throws ModelException, InterruptedException;

  /**
   * Like {@link #ask}; passes the parts of the answer on while they arrive. The returned reply is
   * the whole answer. After a fault in the middle of an answer, the listener is told to start over
   * if the request is sent again.
   */
  ModelReply stream(ModelRequest request, ReplyListener listener)
      throws ModelException, InterruptedException;

  @Override
  void close();
}
