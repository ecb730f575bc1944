package dev.attune.launcher.emulator;

import com.google.cloud.aiplatform.v1.CancelTuningJobRequest;
import com.google.cloud.aiplatform.v1.CreateTuningJobRequest;
import com.google.cloud.aiplatform.v1.GenAiTuningServiceGrpc.GenAiTuningServiceImplBase;
import com.google.cloud.aiplatform.v1.GetTuningJobRequest;
import com.google.cloud.aiplatform.v1.ListTuningJobsRequest;
import com.google.cloud.aiplatform.v1.ListTuningJobsResponse;
import com.google.cloud.aiplatform.v1.SupervisedHyperParameters.AdapterSize;
import com.google.cloud.aiplatform.v1.SupervisedTuningSpec;
import com.google.cloud.aiplatform.v1.TuningJob;
import com.google.protobuf.Empty;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tuning service, behind its own interface. It checks what the real one is known to check. */
final class EmulatedTuning extends GenAiTuningServiceImplBase {
  private static final Pattern PARENT = Pattern.compile("projects/([^/]+)/locations/([a-z0-9-]+)");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final Pattern VALUE = Pattern.compile("[a-z0-9_-]{0,63}");
  private static final String SPEC = "tuning_job.supervised_tuning_spec.";

  private final Gate gate;
  private final EmulatedJobs jobs;
  private final Predicate<String> objects;
  private volatile int concurrentJobs = 1;
  private volatile int pageSize = 100;
  private volatile Duration listLag = Duration.ZERO;

  /**
   * A service.
   *
   * @param objects whether an object of Cloud Storage exists, by its URI
   */
  EmulatedTuning(Gate gate, EmulatedJobs jobs, Predicate<String> objects) {
    this.gate = gate;
    this.jobs = jobs;
    this.objects = objects;
  }

  void concurrentJobs(int most) {
    concurrentJobs = most;
  }

  void pageSize(int most) {
    pageSize = most;
  }

  void listLag(Duration lag) {
    listLag = lag;
  }

  @Override
  public void createTuningJob(CreateTuningJobRequest request, StreamObserver<TuningJob> caller) {
    TuningJob asked = request.getTuningJob();
    gate.serve(Method.CREATE, key(asked), caller, () -> create(request.getParent(), asked));
  }

  @Override
  public void getTuningJob(GetTuningJobRequest request, StreamObserver<TuningJob> caller) {
    String name = request.getName();
    gate.serve(Method.GET, keyOf(name), caller, () -> found(jobs.look(name), name));
  }

  @Override
  public void listTuningJobs(
      ListTuningJobsRequest request, StreamObserver<ListTuningJobsResponse> caller) {
    gate.serve(Method.LIST, request.getParent(), caller, () -> list(request));
  }

  @Override
  public void cancelTuningJob(CancelTuningJobRequest request, StreamObserver<Empty> caller) {
    String name = request.getName();
    gate.serve(
        Method.CANCEL,
        keyOf(name),
        caller,
        () -> {
          if (!jobs.cancel(name)) {
            throw unknown(name);
          }
          return Empty.getDefaultInstance();
        });
  }

  static String key(TuningJob job) {
    return job.getLabelsMap().getOrDefault("attune-key", "");
  }

  private synchronized TuningJob create(String parent, TuningJob asked) {
    List<FieldViolation> violations = violations(asked);
    if (!violations.isEmpty()) {
      throw ServiceError.invalid(violations);
    }
    if (jobs.underWay() >= concurrentJobs) {
      throw ServiceError.quota(
          "aiplatform.googleapis.com/global_concurrent_tuning_jobs",
          "projects/" + EmulatedJobs.PROJECT);
    }
    Matcher place = place(parent);
    return jobs.create(place.group(1), place.group(2), asked);
  }

  private ListTuningJobsResponse list(ListTuningJobsRequest request) {
    Matcher place = place(request.getParent());
    List<TuningJob> shown = jobs.listed(place.group(1), place.group(2), listLag);
    String token = request.getPageToken();
    int from = token.isEmpty() ? 0 : Integer.parseInt(token);
    int size = request.getPageSize() == 0 ? pageSize : Math.min(pageSize, request.getPageSize());
    int to = Math.min(shown.size(), from + size);
    return ListTuningJobsResponse.newBuilder()
        .addAllTuningJobs(shown.subList(Math.min(from, to), to))
        .setNextPageToken(to < shown.size() ? Integer.toString(to) : "")
        .build();
  }

  private List<FieldViolation> violations(TuningJob asked) {
    List<FieldViolation> found = new ArrayList<>();
    SupervisedTuningSpec spec = asked.getSupervisedTuningSpec();
    checkUri("training_dataset_uri", spec.getTrainingDatasetUri(), found);
    if (!spec.getValidationDatasetUri().isEmpty()) {
      checkUri("validation_dataset_uri", spec.getValidationDatasetUri(), found);
    }
    if (!asked.getBaseModel().startsWith("gemini-")) {
      found.add(
          violation(
              "tuning_job.base_model",
              "Base model " + asked.getBaseModel() + " is not supported."));
    }
    if (spec.getHyperParameters().getAdapterSize() == AdapterSize.ADAPTER_SIZE_THIRTY_TWO) {
      found.add(violation(SPEC + "hyper_parameters.adapter_size", "Unsupported adapter size."));
    }
    for (Map.Entry<String, String> label : asked.getLabelsMap().entrySet()) {
      if (!LABEL.matcher(label.getKey()).matches() || !VALUE.matcher(label.getValue()).matches()) {
        found.add(violation("tuning_job.labels", "Invalid label: " + label.getKey() + "."));
      }
    }
    if (asked.getTunedModelDisplayName().length() > 128) {
      found.add(violation("tuning_job.tuned_model_display_name", "Longer than 128 characters."));
    }
    return found;
  }

  private void checkUri(String field, String uri, List<FieldViolation> found) {
    if (!uri.startsWith("gs://") || !uri.endsWith(".jsonl") || !objects.test(uri)) {
      found.add(violation(SPEC + field, field + " should be a GCS object of type JSONL."));
    }
  }

  private String keyOf(String name) {
    TuningJob job = jobs.peek(name);
    return job == null ? name : key(job);
  }

  private static TuningJob found(@Nullable TuningJob job, String name) {
    if (job == null) {
      throw unknown(name);
    }
    return job;
  }

  private static StatusRuntimeException unknown(String name) {
    return ServiceError.of(Code.NOT_FOUND, "The TuningJob " + name + " does not exist.");
  }

  private static Matcher place(String parent) {
    Matcher matcher = PARENT.matcher(parent);
    if (!matcher.matches()) {
      throw ServiceError.invalid(List.of(violation("parent", "Malformed parent.")));
    }
    return matcher;
  }

  private static FieldViolation violation(String field, String description) {
    return FieldViolation.newBuilder().setField(field).setDescription(description).build();
  }
}
