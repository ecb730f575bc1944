package dev.attune.launcher.judge;

/**
 * A judge of a panel.
 *
 * @param key its name in attune.yaml
 * @param model the provider's name of the model
 * @param family judges of one family share their bias
 * @param judge compares answers
 * @param parallelism how many pairs it judges at once
 */
public record JudgeSeat(
    String key, String model, String family, PairJudge judge, int parallelism) {}
