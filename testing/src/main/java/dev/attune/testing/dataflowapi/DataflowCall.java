package dev.attune.testing.dataflowapi;

import java.util.Map;

/**
 * A call that the stub received.
 *
 * @param number counts all calls, from 1
 * @param method the HTTP method
 * @param job id of the job; empty for a call that names none
 * @param parameters the query, decoded
 */
public record DataflowCall(
    long number, Kind kind, String method, String job, Map<String, String> parameters) {
  /** What a call asks for. */
  public enum Kind {
    /** Creates a job. */
    CREATE,
    /** Creates a job from a classic template. */
    CREATE_FROM_TEMPLATE,
    /** Creates a job from a classic template, with the place of the template in the query. */
    LAUNCH_TEMPLATE,
    /** Creates a job from a Flex Template. */
    LAUNCH_FLEX_TEMPLATE,
    /** One page of the jobs of a region. */
    LIST,
    /** A job. Moves its script on by one poll. */
    GET,
    /** Asks for another state. */
    UPDATE,
    /** One page of messages. */
    MESSAGES,
    /** Counters and metrics of the service. */
    METRICS,
    /** The stub does not know the call and answers 404. */
    UNKNOWN
  }

  /** One line for messages of tests. */
  @Override
  public String toString() {
    return number + " " + kind + " " + job + " " + parameters;
  }
}
