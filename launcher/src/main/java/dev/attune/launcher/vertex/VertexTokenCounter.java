package dev.attune.launcher.vertex;

import com.google.api.core.ApiFuture;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.aiplatform.v1.CountTokensRequest;
import com.google.cloud.aiplatform.v1.CountTokensResponse;
import com.google.cloud.aiplatform.v1.LlmUtilityServiceClient;
import com.google.cloud.aiplatform.v1.LlmUtilityServiceSettings;
import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import dev.attune.schema.ExampleLine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Counts tokens with the tokenizer of Vertex AI. The calls are free and change nothing, so the
 * client repeats them after a fault, until the call deadline of the configuration.
 */
public final class VertexTokenCounter implements AutoCloseable {
  /** The number of concurrent calls. */
  private static final int AT_ONCE = 8;

  private final VertexPlace place;
  private final VertexClients<LlmUtilityServiceClient> clients =
      new VertexClients<>(VertexTokenCounter::connect, LlmUtilityServiceClient::close);

  private VertexTokenCounter(VertexPlace place) {
    this.place = place;
  }

  /**
   * Opens a counter.
   *
   * @param location the location that serves the base model
   * @throws CommandFailure if the configuration lacks project or location
   */
  public static VertexTokenCounter open(TuningConfig config, String location)
      throws CommandFailure {
    return new VertexTokenCounter(VertexPlace.of(config).in(location));
  }

  /**
   * Returns the tokens of examples with their answers. Each example is one call, because the
   * contents of a call are one conversation.
   *
   * @throws CommandFailure if the service refuses or does not answer in time
   */
  public long count(String baseModel, List<ExampleLine> lines) throws CommandFailure {
    String model = place.publisherModel(baseModel);
    Deque<ApiFuture<CountTokensResponse>> running = new ArrayDeque<>(AT_ONCE);
    long tokens = 0;
    try {
      for (ExampleLine line : lines) {
        if (running.size() == AT_ONCE) {
          tokens += tokens(running.remove(), baseModel);
        }
        running.add(clients.at(place).countTokensCallable().futureCall(request(model, line)));
      }
      while (!running.isEmpty()) {
        tokens += tokens(running.remove(), baseModel);
      }
      return tokens;
    } catch (GoogleAccessException e) {
      throw failure(String.valueOf(e.getMessage()), e);
    } finally {
      running.forEach(call -> call.cancel(true));
    }
  }

  @Override
  public void close() {
    clients.close();
  }

  private static CountTokensRequest request(String model, ExampleLine line) {
    CountTokensRequest.Builder request =
        CountTokensRequest.newBuilder()
            .setEndpoint(model)
            .setModel(model)
            .addAllContents(RequestContents.of(line.turns()));
    String system = line.system();
    if (system != null) {
      request.setSystemInstruction(RequestContents.system(system));
    }
    return request.build();
  }

  private long tokens(ApiFuture<CountTokensResponse> call, String baseModel) throws CommandFailure {
    try {
      return call.get().getTotalTokens();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(Messages.of("launcher.vertex.counting-interrupted"), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException fault) {
        throw failure(sentence(fault, Messages.of("launcher.vertex.the-tokens", baseModel)), fault);
      }
      throw new IllegalStateException(e);
    }
  }

  private String sentence(ApiException e, String asked) {
    VertexFaults faults = new VertexFaults(place);
    return e.isRetryable() || e.getStatusCode().getCode() == Code.DEADLINE_EXCEEDED
        ? Messages.of(
            "launcher.vertex.not-counted", place.call().toSeconds(), faults.noAnswer(asked, e))
        : faults.refusalSentence(asked, e);
  }

  private static CommandFailure failure(String sentence, Throwable cause) {
    return new CommandFailure(FailureCode.BACK_END, sentence, cause);
  }

  private static LlmUtilityServiceClient connect(VertexPlace place)
      throws GoogleAccessException, IOException {
    LlmUtilityServiceSettings.Builder settings = LlmUtilityServiceSettings.newBuilder();
    GoogleAccess.point(
        settings, LlmUtilityServiceSettings.defaultGrpcTransportProviderBuilder(), place);
    settings
        .countTokensSettings()
        .setRetryableCodes(Code.UNAVAILABLE, Code.RESOURCE_EXHAUSTED, Code.INTERNAL)
        .setRetrySettings(
            RetrySettings.newBuilder()
                .setInitialRetryDelayDuration(Duration.ofMillis(250))
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(Duration.ofSeconds(10))
                .setInitialRpcTimeoutDuration(place.call())
                .setMaxRpcTimeoutDuration(place.call())
                .setTotalTimeoutDuration(place.call())
                .build());
    return LlmUtilityServiceClient.create(settings.build());
  }
}
