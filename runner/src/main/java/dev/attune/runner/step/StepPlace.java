package dev.attune.runner.step;

/**
 * Which transform a step is, and where.
 *
 * @param name the full name of the transform
 * @param order its place in topological order
 */
public record StepPlace(String name, int order) {}
