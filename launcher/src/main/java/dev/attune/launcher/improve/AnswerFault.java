package dev.attune.launcher.improve;

/** Why a written answer is no improvement; the first that applies, in this order. */
public enum AnswerFault {
  /** The service refuses the request as invalid. */
  INVALID_REQUEST,
  /** A filter of the provider blocked the request or the answer. */
  BLOCKED,
  /** The limit of tokens cut the answer off. */
  CUT_OFF,
  /** The model refused to answer, or the answer begins with a listed phrase of refusals. */
  REFUSED,
  /** There is no text. */
  EMPTY,
  /**
   * The text has half a surrogate pair or a control character other than a tab or a line break, or
   * its line would be longer than limits.recordBytes.
   */
  UNUSABLE,
  /** The answer has something else than categories of the taxonomy. */
  UNKNOWN_CATEGORY,
  /** The normal form of the answer, or its categories, are those of the low-rated answer. */
  SAME_ANSWER,
  /** The answer is in another script or language than the prompt. */
  OTHER_LANGUAGE,
  /** The judge gave no verdict. */
  NOT_JUDGED,
  /** The judge does not find it better than the low-rated answer, in both orders. */
  NOT_BETTER,
  /** The judge does not find what the comment criticises corrected, in both orders. */
  COMMENT_NOT_HEEDED
}
