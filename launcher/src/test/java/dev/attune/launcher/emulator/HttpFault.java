package dev.attune.launcher.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal of Cloud Storage. */
final class HttpFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  HttpFault(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }

  ObjectNode toJson() {
    ObjectNode body = EmulatedObjects.JSON.createObjectNode();
    ObjectNode error =
        body.putObject("error").put("code", code).put("message", String.valueOf(getMessage()));
    error
        .putArray("errors")
        .addObject()
        .put("message", String.valueOf(getMessage()))
        .put("domain", "global")
        .put("reason", code == 412 ? "conditionNotMet" : "asked");
    return body;
  }
}
