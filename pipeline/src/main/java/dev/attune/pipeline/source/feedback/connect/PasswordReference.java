package dev.attune.pipeline.source.feedback.connect;

import dev.attune.pipeline.source.SourceException;
import java.io.Serializable;

/**
 * Where a password is found. The reference is part of the pipeline, the password is not: it is
 * resolved where a connection is opened.
 */
public interface PasswordReference extends Serializable {
  /** Returns the name of the variable or secret, for sentences. */
  String described();

  /** Returns the password, which must go to the driver only. */
  String resolve() throws SourceException;
}
