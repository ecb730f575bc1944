package dev.attune.models.genai;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.credentials.MachineCredentials;
import dev.attune.message.Messages;
import dev.attune.models.CachingModel;
import dev.attune.models.ContextCaches;
import dev.attune.models.ModelException;
import dev.attune.models.ModelFamily;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.ReplyListener;
import dev.attune.models.fault.ApiKey;
import dev.attune.models.fault.ModelService;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A Gemini model. Sends each request once; the deadline of its configuration holds for a whole
 * answer, a streamed one too.
 */
public final class GenAiModel implements CachingModel {
  // It warns of environment variables that are not used here. Kept, or the level is lost.
  private static final Logger CLIENT_LOG = Logger.getLogger("com.google.genai");

  /**
   * No status is repeated. With a number of attempts alone, the client waits up to two seconds
   * after the last one, too, before it passes a refusal on.
   */
  private static final HttpRetryOptions SENT_ONCE =
      HttpRetryOptions.builder().attempts(1).httpStatusCodes(List.of()).build();

  static {
    CLIENT_LOG.setLevel(Level.OFF);
  }

  private final String name;
  private final GenAiFaults faults;
  private final ModelIdentity identity;
  private final TracedCalls calls;
  private final Client client;

  private GenAiModel(
      ModelConfig config,
      GenAiAddress address,
      @Nullable String key,
      @Nullable GoogleCredentials credentials) {
    this.name = Objects.requireNonNull(config.model());
    this.faults = new GenAiFaults(service(config, address), config.limits().deadline());
    String family = config.family();
    this.identity =
        new ModelIdentity(
            "gemini",
            name,
            address.identity(),
            family != null ? family : name.contains("/") ? "gemini" : ModelFamily.of(name));
    this.calls = new TracedCalls(config.limits().deadline(), Clock.systemUTC());
    Client.Builder builder =
        Client.builder()
            .httpOptions(
                HttpOptions.builder().baseUrl(address.url()).retryOptions(SENT_ONCE).build())
            .clientOptions(ClientOptions.builder().customHttpClient(calls.http()).build());
    if (key != null) {
      builder.vertexAI(false).apiKey(key);
    } else {
      builder
          .vertexAI(true)
          .project(Objects.requireNonNull(address.project()))
          .location(Objects.requireNonNull(address.location()))
          .credentials(Objects.requireNonNull(credentials));
    }
    this.client = builder.build();
  }

  private static ModelService service(ModelConfig config, GenAiAddress address) {
    String variable = config.access().apiKeyEnv();
    return new ModelService(
        config.name(),
        Objects.requireNonNull(config.model()),
        address.host(),
        variable == null
            ? Messages.of("models.service.machine-credentials")
            : ApiKey.shown(variable));
  }

  /**
   * Opens a model.
   *
   * @param config of provider gemini: by API key, or on Vertex AI with the application-default
   *     credentials of this machine, which an emulator at an {@code http:} address does not get
   * @param environment has the variable of the key
   * @throws ModelException if the variable is not set, or there are no credentials
   */
  public static GenAiModel open(ModelConfig config, Map<String, String> environment)
      throws ModelException {
    String key = ApiKey.of(config, environment);
    GenAiAddress address = GenAiAddress.of(config);
    return new GenAiModel(config, address, key, key == null ? credentials(config, address) : null);
  }

  private static GoogleCredentials credentials(ModelConfig config, GenAiAddress address)
      throws ModelException {
    if (address.isEmulated()) {
      return GoogleCredentials.create(new AccessToken("emulator", null));
    }
    try {
      return MachineCredentials.withQuotaProject(
          MachineCredentials.find(MachineCredentials.CLOUD_PLATFORM),
          Objects.requireNonNull(address.project()));
    } catch (IOException e) {
      throw service(config, address).withoutCredentials(e);
    }
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException, InterruptedException {
    List<Content> contents = GenAiRequests.contents(request);
    GenerateContentConfig settings = GenAiRequests.config(request, name);
    return answer(
        request,
        parts -> parts.accept(client.models.generateContent(name, contents, settings)),
        more -> {});
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener)
      throws ModelException, InterruptedException {
    List<Content> contents = GenAiRequests.contents(request);
    GenerateContentConfig settings = GenAiRequests.config(request, name);
    return answer(request, parts -> stream(contents, settings, parts), listener);
  }

  private void stream(
      List<Content> contents,
      GenerateContentConfig settings,
      Consumer<GenerateContentResponse> parts) {
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream(name, contents, settings)) {
      stream.forEach(parts);
    }
  }

  private ModelReply answer(
      ModelRequest request,
      TracedCalls.Source<GenerateContentResponse> source,
      ReplyListener listener)
      throws ModelException, InterruptedException {
    GenAiReply reply = new GenAiReply(name, listener);
    CallTrace trace = new CallTrace();
    try {
      calls.run(source, trace, reply::add);
    } catch (ExecutionException e) {
      throw faults.of(e.getCause(), trace, request);
    }
    if (!reply.isComplete()) {
      throw faults.service().interrupted();
    }
    return reply.reply(request);
  }

  @Override
  public Optional<ContextCaches> caches() {
    // A cache of a tuned model is of the model's resource, which its endpoint does not name.
    return name.contains("/")
        ? Optional.empty()
        : Optional.of(new GenAiCaches(client, calls, faults, name));
  }

  @Override
  public void close() {
    calls.close();
  }
}
