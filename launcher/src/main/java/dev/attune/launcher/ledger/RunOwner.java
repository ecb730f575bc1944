package dev.attune.launcher.ledger;

/**
 * The process of an {@code attune run}.
 *
 * @param run a random id of the run: 36 characters
 * @param host the name of the host, for messages
 * @param machine names the machine, container and user; two processes with the same value can look
 *     each other up by number
 * @param process the number of the process
 * @param started when the process started; differs from that of a later process with its number
 */
public record RunOwner(String run, String host, String machine, long process, String started) {}
