package dev.attune.launcher.emulator;

import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.PredictionServiceGrpc.PredictionServiceImplBase;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Models that answer: endpoints of tuned ones and published ones. */
final class EmulatedPrediction extends PredictionServiceImplBase {
  private static final Pattern ASKABLE =
      Pattern.compile(
          "projects/[^/]+/locations/([^/]+)/(endpoints/[^/]+|publishers/google/models/[^/]+)");

  private final Gate gate;
  private final List<GenerateContentRequest> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile Answerer answerer = request -> ModelReply.text("");
  private volatile Duration latency = Duration.ZERO;
  private volatile int throttleEvery;
  private volatile @Nullable Set<String> locations;

  EmulatedPrediction(Gate gate) {
    this.gate = gate;
  }

  void answerer(Answerer changed) {
    answerer = changed;
  }

  /** The locations in which every model is served; elsewhere none is found. */
  void servedIn(Set<String> only) {
    locations = Set.copyOf(only);
  }

  void latency(Duration changed) {
    latency = changed;
  }

  void throttleEvery(int calls) {
    throttleEvery = calls;
  }

  List<GenerateContentRequest> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void generateContent(
      GenerateContentRequest request, StreamObserver<GenerateContentResponse> caller) {
    gate.serve(Method.GENERATE, request.getModel(), caller, () -> answer(request));
  }

  private GenerateContentResponse answer(GenerateContentRequest request) {
    asked.add(request);
    if (throttleEvery > 0 && count.incrementAndGet() % throttleEvery == 0) {
      throw ModelReply.tooManyRequests();
    }
    Matcher name = ASKABLE.matcher(request.getModel());
    if (!name.matches()) {
      throw ServiceError.invalid(
          List.of(
              FieldViolation.newBuilder()
                  .setField("model")
                  .setDescription("The Model name " + request.getModel() + " is malformed.")
                  .build()));
    }
    Set<String> only = locations;
    if (only != null && !only.contains(name.group(1))) {
      throw ServiceError.of(Code.NOT_FOUND, "`" + request.getModel() + "` was not found.");
    }
    gate.pause(latency);
    return answerer.answer(request);
  }
}
