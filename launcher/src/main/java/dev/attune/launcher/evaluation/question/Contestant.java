package dev.attune.launcher.evaluation.question;

import dev.attune.launcher.evaluation.document.ContestantRole;

/**
 * A model that takes part in an evaluation.
 *
 * @param id id of its job, or the name of a base model
 * @param model closed by the creator of the contestant
 */
public record Contestant(ContestantRole role, String id, AnsweringModel model) {
  /** Returns role and id, for messages. */
  public String title() {
    return role.key() + " " + id;
  }
}
