package dev.attune.launcher.emulator;

import com.google.cloud.aiplatform.v1.Candidate;
import com.google.cloud.aiplatform.v1.Candidate.FinishReason;
import com.google.cloud.aiplatform.v1.Content;
import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.Part;
import com.google.cloud.aiplatform.v1.PredictionServiceGrpc.PredictionServiceImplBase;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Models that answer: endpoints of tuned ones and published ones. */
final class EmulatedPrediction extends PredictionServiceImplBase {
  private static final Pattern ASKABLE =
      Pattern.compile(
          "projects/[^/]+/locations/[^/]+/(endpoints/[^/]+|publishers/google/models/[^/]+)");

  private final Gate gate;
  private final List<GenerateContentRequest> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile Answerer answerer = request -> text("");
  private volatile Duration latency = Duration.ZERO;
  private volatile int throttleEvery;

  EmulatedPrediction(Gate gate) {
    this.gate = gate;
  }

  static GenerateContentResponse text(String answer) {
    return GenerateContentResponse.newBuilder()
        .addCandidates(
            Candidate.newBuilder()
                .setFinishReason(FinishReason.STOP)
                .setContent(
                    Content.newBuilder()
                        .setRole("model")
                        .addParts(Part.newBuilder().setText(answer))))
        .build();
  }

  void answerer(Answerer changed) {
    answerer = changed;
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
      throw ServiceError.of(Code.RESOURCE_EXHAUSTED, "Resource exhausted. Please try again later.");
    }
    if (!ASKABLE.matcher(request.getModel()).matches()) {
      throw ServiceError.invalid(
          List.of(
              FieldViolation.newBuilder()
                  .setField("model")
                  .setDescription("The Model name " + request.getModel() + " is malformed.")
                  .build()));
    }
    gate.pause(latency);
    return answerer.answer(request);
  }
}
