package dev.attune.launcher.vertex;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.ApiCallContext;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.aiplatform.v1.CancelTuningJobRequest;
import com.google.cloud.aiplatform.v1.CreateTuningJobRequest;
import com.google.cloud.aiplatform.v1.GenAiTuningServiceClient;
import com.google.cloud.aiplatform.v1.GenAiTuningServiceSettings;
import com.google.cloud.aiplatform.v1.GetTuningJobRequest;
import com.google.cloud.aiplatform.v1.ListTuningJobsRequest;
import com.google.cloud.aiplatform.v1.ListTuningJobsResponse;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.JobPlace;
import dev.attune.launcher.tuning.ListedJob;
import dev.attune.launcher.tuning.TuningBackEnd;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.message.Messages;
import io.grpc.CallOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Supervised tuning on Vertex AI. Every call to the tuning service is sent once, with the call
 * deadline of the configuration, which {@link #find} uses for all pages together. Nothing is
 * connected and no credentials are searched before the first call.
 */
public final class VertexBackEnd implements TuningBackEnd {
  private static final Pattern JOB_NAME =
      Pattern.compile("projects/[^/]+/locations/([^/]+)/tuningJobs/[^/]+");

  private static final int PAGE_SIZE = 100;

  private final VertexPlace place;
  private final DatasetUpload upload;

  /** The clients by location: a job stays in its location if the configuration changes. */
  private final VertexClients<GenAiTuningServiceClient> clients =
      new VertexClients<>(VertexBackEnd::connect, GenAiTuningServiceClient::close);

  /** The last known progress by job. */
  private final Map<String, String> progress = new ConcurrentHashMap<>();

  private VertexBackEnd(VertexPlace place, DatasetUpload upload) {
    this.place = place;
    this.upload = upload;
  }

  /**
   * Opens the back end of a configuration.
   *
   * @throws CommandFailure if the configuration lacks project, location or bucket
   */
  public static VertexBackEnd open(TuningConfig config) throws CommandFailure {
    VertexPlace place = VertexPlace.withBucket(config);
    return new VertexBackEnd(place, new DatasetUpload(place, config.place()));
  }

  @Override
  public String name() {
    return "vertex";
  }

  /**
   * {@inheritDoc} The client repeats only uploads after a fault: each has a precondition and a
   * checksum, so that repeating it is safe.
   */
  @Override
  public StagedDataset stage(DatasetDirectory dataset) throws BackEndException, IOException {
    return stage(dataset, StagingProgress.NONE);
  }

  @Override
  public StagedDataset stage(DatasetDirectory dataset, StagingProgress told)
      throws BackEndException, IOException {
    try {
      return upload.stage(dataset, told);
    } catch (GoogleAccessException e) {
      throw refused(e);
    }
  }

  /**
   * {@inheritDoc} Lists the whole location and filters here, because the syntax of the service's
   * filter is not documented.
   */
  @Override
  public List<ListedJob> find(TuningSpec spec) throws BackEndException {
    TuningSpec here = spec.in(new JobPlace(place.project(), place.location()));
    Set<String> keys = Set.of(here.key(), here.formerKey());
    GenAiTuningServiceClient client = client(place);
    ApiCallContext together = deadline();
    // By name: a job that is created between two pages moves others to the next page.
    Map<String, TuningJob> found = new LinkedHashMap<>();
    String token = "";
    do {
      ListTuningJobsResponse page = page(client, token, together);
      for (TuningJob job : page.getTuningJobsList()) {
        if (keys.contains(job.getLabelsOrDefault(TuningJobs.KEY_LABEL, ""))) {
          found.put(job.getName(), job);
        }
      }
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return found.values().stream()
        .map(job -> TuningJobs.listed(job, here.place()))
        .sorted(ListedJob.NEWEST_FIRST)
        .toList();
  }

  @Override
  public BackEndJob create(TuningSpec spec, StagedDataset staged, String ledger)
      throws BackEndException {
    if (!spec.location().equals(place.location())) {
      throw new IllegalArgumentException(
          "a job in " + spec.location() + " for a back end in " + place.location());
    }
    CreateTuningJobRequest request =
        CreateTuningJobRequest.newBuilder()
            .setParent(place.parent())
            .setTuningJob(TuningJobs.of(spec, staged, ledger))
            .build();
    GenAiTuningServiceClient client = client(place);
    try {
      return TuningJobs.read(client.createTuningJobCallable().call(request, deadline()));
    } catch (ApiException e) {
      throw new VertexFaults(place).ofCreate(e);
    }
  }

  @Override
  public BackEndJob get(String name) throws BackEndException {
    VertexPlace there = placeOf(name);
    GetTuningJobRequest request = GetTuningJobRequest.newBuilder().setName(name).build();
    GenAiTuningServiceClient client = client(there);
    try {
      TuningJob job = client.getTuningJobCallable().call(request, deadline());
      TuningJobs.progress(job).ifPresent(words -> progress.put(name, words));
      return TuningJobs.read(job);
    } catch (ApiException e) {
      throw new VertexFaults(there).ofCall(Messages.of("launcher.vertex.the-job", name), e);
    }
  }

  @Override
  public Optional<String> progress(String name) {
    return Optional.ofNullable(progress.get(name));
  }

  @Override
  public void cancel(String name) throws BackEndException {
    VertexPlace there = placeOf(name);
    CancelTuningJobRequest request = CancelTuningJobRequest.newBuilder().setName(name).build();
    GenAiTuningServiceClient client = client(there);
    try {
      client.cancelTuningJobCallable().call(request, deadline());
    } catch (ApiException e) {
      throw new VertexFaults(there)
          .ofCall(Messages.of("launcher.vertex.the-cancellation", name), e);
    }
  }

  @Override
  public void close() {
    clients.close();
  }

  private ListTuningJobsResponse page(
      GenAiTuningServiceClient client, String token, ApiCallContext together)
      throws BackEndException {
    ListTuningJobsRequest request =
        ListTuningJobsRequest.newBuilder()
            .setParent(place.parent())
            .setPageSize(PAGE_SIZE)
            .setPageToken(token)
            .build();
    try {
      return client.listTuningJobsCallable().call(request, together);
    } catch (ApiException e) {
      throw new VertexFaults(place)
          .ofList(Messages.of("launcher.vertex.the-jobs", place.parent()), e);
    }
  }

  private VertexPlace placeOf(String job) throws BackEndException {
    Matcher name = JOB_NAME.matcher(job);
    if (!name.matches()) {
      throw BackEndException.notFound(Messages.of("launcher.vertex.job-name", job), null);
    }
    return place.in(name.group(1));
  }

  private ApiCallContext deadline() {
    return GrpcCallContext.createDefault()
        .withCallOptions(
            CallOptions.DEFAULT.withDeadlineAfter(place.call().toMillis(), TimeUnit.MILLISECONDS));
  }

  private GenAiTuningServiceClient client(VertexPlace there) throws BackEndException {
    try {
      return clients.at(there);
    } catch (GoogleAccessException e) {
      throw refused(e);
    }
  }

  private static GenAiTuningServiceClient connect(VertexPlace there)
      throws GoogleAccessException, IOException {
    GenAiTuningServiceSettings.Builder settings = GenAiTuningServiceSettings.newBuilder();
    GoogleAccess.point(
        settings, GenAiTuningServiceSettings.defaultGrpcTransportProviderBuilder(), there);
    settings.applyToAllUnaryMethods(
        method -> {
          method.setSimpleTimeoutNoRetriesDuration(there.call());
          return null;
        });
    return GenAiTuningServiceClient.create(settings.build());
  }

  private static BackEndException refused(GoogleAccessException e) {
    return BackEndException.refused(String.valueOf(e.getMessage()), e);
  }
}
