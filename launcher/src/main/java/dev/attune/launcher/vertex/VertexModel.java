package dev.attune.launcher.vertex;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.GenerationConfig;
import dev.attune.catalog.BaseModel;
import dev.attune.catalog.BaseModel.Tuning;
import dev.attune.catalog.BaseModels;
import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.message.Messages;
import dev.attune.schema.ExampleLine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model that Vertex AI serves: the endpoint of a tuned model, or a base model. It is called with
 * temperature 0 and the least thinking, and without a response schema, which makes tuned models
 * worse. Each call is sent once, with the call deadline of the configuration.
 *
 * <p>A model is called in the locations of {@link Tuning#servingLocations}, one after the other
 * while they answer NOT_FOUND: models from Gemini 3 on are tuned in a region and answer from the
 * multi-regions {@code us} and {@code eu} only. The service is reached at the host of that location
 * with a resource name that has the same location, as Google's APIs want it: of {@code
 * projects/P/locations/us-central1/endpoints/E} in {@code us}, {@code
 * projects/P/locations/us/endpoints/E} is asked. Project and id of the endpoint stay (source:
 * docs/models/tuning/supervised-tuning/use of October 2026). The location that answered is called
 * first from then on.
 */
public final class VertexModel implements AnsweringModel {
  private static final Pattern ENDPOINT =
      Pattern.compile("(projects/[^/]+/locations/)([^/]+)(/endpoints/[^/]+)");

  private static final Pattern PUBLISHED =
      Pattern.compile("(projects/[^/]+/locations/)([^/]+)(/publishers/google/models/.+)");

  private static final Tuning UNKNOWN = new Tuning(List.of(), Map.of(), List.of());

  private final String name;
  private final String beforeLocation;
  private final String afterLocation;
  private final ServingClients places;
  private final GenerationConfig generation;

  private VertexModel(Matcher name, String baseModel, List<VertexPlace> places) {
    this.name = name.group();
    this.beforeLocation = name.group(1);
    this.afterLocation = name.group(3);
    this.places = new ServingClients(places);
    GenerationConfig.Builder config =
        GenerationConfig.newBuilder().setTemperature(0).setCandidateCount(1);
    ThinkingSetting.of(baseModel).config().ifPresent(config::setThinkingConfig);
    this.generation = config.build();
  }

  /**
   * Opens a tuned model. The location in its endpoint's name is ignored if the catalogue has the
   * locations that serve it.
   *
   * @param endpoint {@code projects/P/locations/L/endpoints/E}
   * @param baseModel the base model
   * @param models the catalogue
   * @throws CommandFailure if the configuration lacks a key, or the endpoint's name is of another
   *     form
   */
  public static VertexModel tuned(
      TuningConfig config, String endpoint, String baseModel, BaseModels models)
      throws CommandFailure {
    Matcher parts = ENDPOINT.matcher(endpoint);
    if (!parts.matches()) {
      throw new CommandFailure(
          FailureCode.BACK_END, Messages.of("launcher.vertex.endpoint-name", endpoint));
    }
    return new VertexModel(
        parts, baseModel, places(config, tuning(models, baseModel), parts.group(2)));
  }

  /**
   * Opens a base model, in the locations that serve models tuned from it.
   *
   * @param region the region in which it is tuned
   * @param models the catalogue
   * @throws CommandFailure if the configuration lacks a key
   */
  public static VertexModel base(
      TuningConfig config, String baseModel, String region, BaseModels models)
      throws CommandFailure {
    List<VertexPlace> places = places(config, tuning(models, baseModel), region);
    Matcher parts = PUBLISHED.matcher(places.get(0).publisherModel(baseModel));
    if (!parts.matches()) {
      throw new IllegalArgumentException("no base model: " + baseModel);
    }
    return new VertexModel(parts, baseModel, places);
  }

  private static Tuning tuning(BaseModels models, String baseModel) {
    return models.find(baseModel).map(BaseModel::tuning).orElse(UNKNOWN);
  }

  private static List<VertexPlace> places(TuningConfig config, Tuning tuning, String region)
      throws CommandFailure {
    VertexPlace place = VertexPlace.of(config);
    return tuning.servingLocations(region).stream().map(place::in).toList();
  }

  /**
   * Returns the resource name of the endpoint as it was given, or of the base model in the first of
   * its locations. It does not depend on the location that answers, so that stored answers are
   * found.
   */
  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isHosted() {
    return true;
  }

  @Override
  public String answer(ExampleLine example) throws AskException {
    GenerateContentRequest.Builder request = request(example);
    ApiException notFound = null;
    for (VertexPlace place : places.inOrder()) {
      request.setModel(beforeLocation + place.location() + afterLocation);
      try {
        GenerateContentResponse reply =
            places.client(place).generateContentCallable().call(request.build());
        places.answered(place);
        return GeneratedText.of(reply, name);
      } catch (ApiException e) {
        if (e.getStatusCode().getCode() != Code.NOT_FOUND) {
          throw fault(place, e);
        }
        notFound = notFound == null ? e : notFound;
      } catch (GoogleAccessException e) {
        throw new AskException(false, String.valueOf(e.getMessage()), e);
      }
    }
    throw notServed(Objects.requireNonNull(notFound, "there is a place"));
  }

  @Override
  public void close() {
    places.close();
  }

  private GenerateContentRequest.Builder request(ExampleLine example) {
    int prompt = example.turns().size() - 1;
    GenerateContentRequest.Builder request =
        GenerateContentRequest.newBuilder()
            .addAllContents(RequestContents.of(example.turns().subList(0, prompt)))
            .setGenerationConfig(generation);
    String system = example.system();
    if (system != null) {
      request.setSystemInstruction(RequestContents.system(system));
    }
    return request;
  }

  private AskException fault(VertexPlace place, ApiException e) {
    VertexFaults faults = new VertexFaults(place);
    String asked = Messages.of("launcher.vertex.an-answer", name);
    return switch (e.getStatusCode().getCode()) {
      case INVALID_ARGUMENT, OUT_OF_RANGE ->
          AskException.ofQuestion("refused as invalid", faults.refusalSentence(asked, e), e);
      case FAILED_PRECONDITION, PERMISSION_DENIED, UNAUTHENTICATED, UNIMPLEMENTED ->
          new AskException(false, faults.refusalSentence(asked, e), e);
      case RESOURCE_EXHAUSTED ->
          AskException.ofService(
              "Vertex AI refused for quota",
              Messages.of("launcher.vertex.requests-quota", place.project(), ServiceMessage.of(e)),
              e);
      default ->
          AskException.ofService("Vertex AI did not answer", faults.noAnswer(asked, e) + ".", e);
    };
  }

  private AskException notServed(ApiException e) {
    String locations = String.join(", ", places.locations());
    return new AskException(
        false, Messages.of("launcher.vertex.not-served", name, locations, ServiceMessage.of(e)), e);
  }
}
