package dev.attune.testing.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.HttpURLConnection;

/** An answer that is an error, in the form of Google's JSON services. */
public abstract class ServiceRefusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String reason;
  private final String text;

  protected ServiceRefusal(int status, String reason, String text) {
    super(text);
    this.status = status;
    this.reason = reason;
    this.text = text;
  }

  /** Returns the HTTP status. */
  public final int status() {
    return status;
  }

  /** Adds what only this service says. */
  protected abstract void describe(ObjectNode error, ObjectNode detail);

  /**
   * Returns the answer.
   *
   * @param bare whether to answer with the message alone
   */
  public final StubReply reply(boolean bare) {
    if (status == HttpURLConnection.HTTP_NOT_MODIFIED) {
      return StubReply.empty(status);
    }
    if (bare) {
      return StubReply.text(status, text);
    }
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode error = root.putObject("error").put("code", status).put("message", text);
    ObjectNode detail = error.putArray("errors").addObject();
    detail.put("message", text).put("domain", "global").put("reason", reason);
    describe(error, detail);
    return StubReply.json(status, root);
  }
}
