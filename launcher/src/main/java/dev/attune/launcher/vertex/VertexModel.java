package dev.attune.launcher.vertex;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.aiplatform.v1.Candidate;
import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.GenerationConfig;
import com.google.cloud.aiplatform.v1.Part;
import com.google.cloud.aiplatform.v1.PredictionServiceClient;
import com.google.cloud.aiplatform.v1.PredictionServiceSettings;
import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.evaluation.AskException;
import dev.attune.launcher.evaluation.AskedModel;
import dev.attune.schema.ExampleLine;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model that Vertex AI serves: the endpoint of a tuned one, or a base model. It is asked with
 * temperature 0 and as little thinking as it takes, never with a response schema, which makes tuned
 * models worse. Each call is sent once, within the call deadline of the configuration.
 */
public final class VertexModel implements AskedModel {
  private static final Pattern ENDPOINT =
      Pattern.compile("projects/[^/]+/locations/([^/]+)/endpoints/[^/]+");

  private final VertexPlace place;
  private final String resource;
  private final GenerationConfig generation;
  private @Nullable PredictionServiceClient client;

  private VertexModel(VertexPlace place, String resource, String baseModel) {
    this.place = place;
    this.resource = resource;
    GenerationConfig.Builder config =
        GenerationConfig.newBuilder().setTemperature(0).setCandidateCount(1);
    Thinking.of(baseModel).config().ifPresent(config::setThinkingConfig);
    this.generation = config.build();
  }

  /**
   * A tuned model. It is asked in the location that its endpoint's name has, which need not be the
   * one where it was tuned.
   *
   * @param endpoint {@code projects/P/locations/L/endpoints/E}
   * @param baseModel what it was tuned from
   * @throws CommandFailure if the configuration lacks a key, or the endpoint's name is of another
   *     form
   */
  public static VertexModel tuned(TuningConfig config, String endpoint, String baseModel)
      throws CommandFailure {
    Matcher name = ENDPOINT.matcher(endpoint);
    if (!name.matches()) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          endpoint
              + " is no endpoint of Vertex AI, so the model cannot be asked: the name has the form"
              + " projects/P/locations/L/endpoints/E.");
    }
    return new VertexModel(VertexPlace.of(config).in(name.group(1)), endpoint, baseModel);
  }

  /**
   * A model as Google publishes it.
   *
   * @param location where it is served
   * @throws CommandFailure if the configuration lacks a key
   */
  public static VertexModel base(TuningConfig config, String baseModel, String location)
      throws CommandFailure {
    VertexPlace place = VertexPlace.of(config).in(location);
    return new VertexModel(place, place.publisherModel(baseModel), baseModel);
  }

  /** The resource name of the endpoint or of the published model. */
  @Override
  public String name() {
    return resource;
  }

  @Override
  public boolean isHosted() {
    return true;
  }

  @Override
  public String answer(ExampleLine example) throws AskException {
    GenerateContentRequest request = request(example);
    try {
      return text(client().generateContentCallable().call(request));
    } catch (ApiException e) {
      throw fault(e);
    } catch (AccessException e) {
      throw new AskException(false, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private GenerateContentRequest request(ExampleLine example) {
    int prompt = example.turns().size() - 1;
    GenerateContentRequest.Builder request =
        GenerateContentRequest.newBuilder()
            .setModel(resource)
            .addAllContents(Contents.of(example.turns().subList(0, prompt)))
            .setGenerationConfig(generation);
    String system = example.system();
    if (system != null) {
      request.setSystemInstruction(Contents.system(system));
    }
    return request.build();
  }

  /** The text of the one candidate; blank where the prompt or the answer was blocked. */
  private static String text(GenerateContentResponse response) {
    List<Candidate> candidates = response.getCandidatesList();
    if (candidates.isEmpty()) {
      return "";
    }
    return candidates.get(0).getContent().getPartsList().stream()
        .filter(part -> !part.getThought())
        .map(Part::getText)
        .collect(Collectors.joining());
  }

  private AskException fault(ApiException e) {
    VertexFaults faults = new VertexFaults(place);
    String asked = "an answer of " + resource;
    return switch (e.getStatusCode().getCode()) {
      case INVALID_ARGUMENT,
          OUT_OF_RANGE,
          FAILED_PRECONDITION,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          UNIMPLEMENTED ->
          new AskException(false, faults.refusalSentence(asked, e), e);
      case RESOURCE_EXHAUSTED ->
          new AskException(
              true,
              "Vertex AI is asked more often than project "
                  + place.project()
                  + " may ("
                  + ServiceWords.of(e)
                  + "): lower evaluation.requestsPerMinute.",
              e);
      default -> new AskException(true, faults.noAnswer(asked, e) + "; try again later.", e);
    };
  }

  private synchronized PredictionServiceClient client() throws AccessException {
    if (client == null) {
      try {
        PredictionServiceSettings.Builder settings = PredictionServiceSettings.newBuilder();
        GoogleAccess.point(
            settings, PredictionServiceSettings.defaultGrpcTransportProviderBuilder(), place);
        settings.generateContentSettings().setSimpleTimeoutNoRetriesDuration(place.call());
        client = PredictionServiceClient.create(settings.build());
      } catch (IOException e) {
        throw GoogleAccess.notSetUp(place, e);
      }
    }
    return client;
  }
}
