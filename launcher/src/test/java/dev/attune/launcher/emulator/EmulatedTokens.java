package dev.attune.launcher.emulator;

import com.google.cloud.aiplatform.v1.Content;
import com.google.cloud.aiplatform.v1.CountTokensRequest;
import com.google.cloud.aiplatform.v1.CountTokensResponse;
import com.google.cloud.aiplatform.v1.LlmUtilityServiceGrpc.LlmUtilityServiceImplBase;
import com.google.cloud.aiplatform.v1.Part;
import io.grpc.stub.StreamObserver;

/** Counts words instead of tokens. */
final class EmulatedTokens extends LlmUtilityServiceImplBase {
  private final Gate gate;

  EmulatedTokens(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void countTokens(CountTokensRequest request, StreamObserver<CountTokensResponse> caller) {
    gate.serve(Method.COUNT_TOKENS, request.getEndpoint(), caller, () -> count(request));
  }

  private static CountTokensResponse count(CountTokensRequest request) {
    int words = words(request.getSystemInstruction());
    for (Content content : request.getContentsList()) {
      words += words(content);
    }
    return CountTokensResponse.newBuilder().setTotalTokens(words).build();
  }

  private static int words(Content content) {
    int words = 0;
    for (Part part : content.getPartsList()) {
      words += part.getText().isBlank() ? 0 : part.getText().strip().split("\\s+").length;
    }
    return words;
  }
}
