package dev.attune.pipeline.run.dataflow;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.services.dataflow.Dataflow;
import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.JobMessage;
import com.google.api.services.dataflow.model.ListJobMessagesResponse;
import com.google.api.services.dataflow.model.ListJobsResponse;
import com.google.api.services.dataflow.model.MetricUpdate;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.place.ConnectionFault;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.util.DataflowTransport;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the Dataflow service. A call that fails for a moment is repeated.
 *
 * <p>All methods throw {@link PrepareRefusedException} where the service refuses a call, and {@link
 * PrepareClusterException} where it does not answer.
 */
final class DataflowCalls {
  private static final String WHOLE = "JOB_VIEW_ALL";
  private static final int SHOWN = 500;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 30_000;

  private final CallRepetition repetition;
  private final String address;
  private final Dataflow.Projects.Locations.Jobs jobs;
  private final String project;
  private final String region;

  DataflowCalls(DataflowPipelineOptions options, PrepareProgress progress) {
    Dataflow service = client(options);
    address = service.getRootUrl();
    repetition = new CallRepetition(address, progress);
    jobs = service.projects().locations().jobs();
    project = String.valueOf(options.getProject());
    region = String.valueOf(options.getRegion());
  }

  /**
   * Returns Beam's client without its repetition, which tells nothing and counts its pauses in a
   * metric that no launcher has.
   */
  private static Dataflow client(DataflowPipelineOptions options) {
    Dataflow.Builder builder = DataflowTransport.newDataflowClient(options);
    HttpRequestInitializer beam = builder.getHttpRequestInitializer();
    return builder
        .setHttpRequestInitializer(
            request -> {
              beam.initialize(request);
              request
                  .setConnectTimeout(CONNECT_MILLIS)
                  .setReadTimeout(READ_MILLIS)
                  .setIOExceptionHandler(null)
                  .setUnsuccessfulResponseHandler(null);
            })
        .build();
  }

  /** Endures longer failures of the network from now on: there is a job to follow. */
  void follow() {
    repetition.follow();
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
      return repetition.execute(() -> jobs.create(project, region, job).execute());
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
      Job cancelled = new Job().setRequestedState("JOB_STATE_CANCELLED");
      repetition.execute(() -> jobs.update(project, region, id, cancelled).execute());
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

  private <T> T call(CallRepetition.Call<T> call) throws PrepareRefusedException {
    try {
      return repetition.execute(call);
    } catch (GoogleJsonResponseException e) {
      throw failure(e);
    } catch (IOException e) {
      throw silent(e);
    }
  }

  private PrepareRefusedException failure(GoogleJsonResponseException e) {
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

  private PrepareClusterException silent(IOException e) {
    return new PrepareClusterException(
        Messages.of("pipeline.dataflow.silent", address, ConnectionFault.cause(e)), e);
  }
}
