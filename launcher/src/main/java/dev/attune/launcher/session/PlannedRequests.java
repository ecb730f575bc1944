package dev.attune.launcher.session;

import dev.attune.models.ModelRequest;
import java.util.List;

/**
 * Requests that a command is going to send, for the estimate of their cost.
 *
 * @param model as typed
 * @param requests each of them once; equal requests with another {@code candidate} count again
 */
public record PlannedRequests(String model, List<ModelRequest> requests) {
  public PlannedRequests {
    requests = List.copyOf(requests);
  }
}
