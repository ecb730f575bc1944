package dev.attune.launcher.judge;

import dev.attune.launcher.judge.panel.PairVerdict;

/**
 * A person's choice between two answers.
 *
 * @param choice a win if the first answer was chosen
 */
public record GoldChoice(AnswerPair pair, PairVerdict choice) {}
