package dev.attune.pipeline.prepare;

/**
 * A job that makes a dataset elsewhere and goes on without this process.
 *
 * @param name of the job
 * @param id that the service gave
 * @param console address of its page
 */
public record SubmittedJob(String name, String id, String console) {}
