package dev.attune.pipeline.run.dataflow;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.services.dataflow.Dataflow;
import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.JobMessage;
import com.google.api.services.dataflow.model.ListJobMessagesResponse;
import com.google.api.services.dataflow.model.ListJobsResponse;
import com.google.api.services.dataflow.model.MetricUpdate;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the Dataflow service. The client repeats a call that fails for a moment.
 *
 * <p>All methods throw {@link PrepareRefusedException} where the service refuses a call, and {@link
 * PrepareClusterException} where it does not answer.
 */
final class DataflowCalls {
  private static final String WHOLE = "JOB_VIEW_ALL";
  private static final int SHOWN = 500;

  private final Dataflow.Projects.Locations.Jobs jobs;
  private final String project;
  private final String region;

  DataflowCalls(DataflowPipelineOptions options) {
    jobs = options.getDataflowClient().projects().locations().jobs();
    project = String.valueOf(options.getProject());
    region = String.valueOf(options.getRegion());
  }

  /** Something that calls the service. */
  @FunctionalInterface
  private interface Call<T> {
    T execute() throws IOException;
  }

  /** Returns the active job of a name with its labels, or null. */
  @Nullable Job active(String name) throws PrepareRefusedException {
    List<Job> found = list("ACTIVE", name);
    return found.isEmpty() ? null : get(found.get(0).getId());
  }

  /** Returns the id of the newest job of a name that has ended, or an empty text. */
  String lastEnded(String name) throws PrepareRefusedException {
    String newest = "";
    String time = "";
    for (Job job : list("TERMINATED", name)) {
      String created = job.getCreateTime() == null ? "" : job.getCreateTime();
      if (newest.isEmpty() || created.compareTo(time) > 0) {
        newest = job.getId();
        time = created;
      }
    }
    return newest;
  }

  /** Lists the jobs of a name: pages may have none, and the service may not filter by name. */
  private List<Job> list(String filter, String name) throws PrepareRefusedException {
    List<Job> all = new ArrayList<>();
    String token = null;
    do {
      String page = token;
      ListJobsResponse response =
          call(
              () ->
                  jobs.list(project, region)
                      .setFilter(filter)
                      .setName(name)
                      .setPageToken(page)
                      .execute());
      if (response.getJobs() != null) {
        response.getJobs().stream().filter(job -> name.equals(job.getName())).forEach(all::add);
      }
      token = response.getNextPageToken();
    } while (token != null && !token.isEmpty());
    return all;
  }

  /** Returns a job with its labels. */
  Job get(String id) throws PrepareRefusedException {
    return call(() -> jobs.get(project, region, id).setView(WHOLE).execute());
  }

  /** Returns a job with its state, and without what is large. */
  Job state(String id) throws PrepareRefusedException {
    return call(() -> jobs.get(project, region, id).execute());
  }

  /**
   * Creates a job.
   *
   * @return the job, or null if a job of its name is active or had its request id
   */
  @Nullable Job create(Job job) throws PrepareRefusedException {
    try {
      return jobs.create(project, region, job).execute();
    } catch (GoogleJsonResponseException e) {
      if (e.getStatusCode() == HttpURLConnection.HTTP_CONFLICT) {
        return null;
      }
      throw failure(e);
    } catch (IOException e) {
      throw silent(e);
    }
  }

  /** Asks the service to cancel a job. Does nothing if the job has ended. */
  void cancel(String id) throws PrepareRefusedException {
    try {
      jobs.update(project, region, id, new Job().setRequestedState("JOB_STATE_CANCELLED"))
          .execute();
    } catch (GoogleJsonResponseException e) {
      if (e.getStatusCode() != HttpURLConnection.HTTP_BAD_REQUEST) {
        throw failure(e);
      }
    } catch (IOException e) {
      throw silent(e);
    }
  }

  /** Returns the messages of a job of at least basic importance, from the oldest on. */
  List<JobMessage> messages(String id) throws PrepareRefusedException {
    List<JobMessage> all = new ArrayList<>();
    String token = null;
    do {
      String page = token;
      ListJobMessagesResponse response =
          call(
              () ->
                  jobs.messages()
                      .list(project, region, id)
                      .setMinimumImportance("JOB_MESSAGE_WARNING")
                      .setPageToken(page)
                      .execute());
      if (response.getJobMessages() != null) {
        all.addAll(response.getJobMessages());
      }
      token = response.getNextPageToken();
    } while (token != null && !token.isEmpty());
    return all;
  }

  /** Returns the committed metrics of a job. */
  List<MetricUpdate> metrics(String id) throws PrepareRefusedException {
    List<MetricUpdate> all =
        call(() -> jobs.getMetrics(project, region, id).execute()).getMetrics();
    return all == null
        ? List.of()
        : all.stream()
            .filter(one -> one.getName() != null)
            .filter(
                one ->
                    one.getName().getContext() == null
                        || !one.getName().getContext().containsKey("tentative"))
            .toList();
  }

  private static <T> T call(Call<T> call) throws PrepareRefusedException {
    try {
      return call.execute();
    } catch (GoogleJsonResponseException e) {
      throw failure(e);
    } catch (IOException e) {
      throw silent(e);
    }
  }

  private static PrepareRefusedException failure(GoogleJsonResponseException e) {
    if (e.getStatusCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
      throw silent(e);
    }
    String reason = e.getDetails() == null ? e.getStatusMessage() : e.getDetails().getMessage();
    return new PrepareRefusedException(
        Messages.of(
            "pipeline.dataflow.refused",
            e.getStatusCode(),
            Printable.shortened(String.valueOf(reason).strip(), SHOWN)),
        e);
  }

  private static PrepareClusterException silent(IOException e) {
    return new PrepareClusterException(
        Messages.of(
            "pipeline.dataflow.silent",
            Printable.shortened(
                String.valueOf(e.getMessage()).lines().findFirst().orElse(""), SHOWN)),
        e);
  }
}
