package dev.attune.models.chatcompletions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.models.ModelException;
import dev.attune.models.ModelFamily;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.ReplyListener;
import dev.attune.models.TextModel;
import dev.attune.models.fault.ApiKey;
import dev.attune.models.fault.ModelService;
import dev.attune.models.fault.ServiceMessages;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model of a host that speaks OpenAI's chat completions. Sends each request once; the deadline of
 * its configuration holds for a whole answer, a streamed one too.
 */
public final class ChatCompletionsModel implements TextModel {
  private static final String OPENAI = "https://api.openai.com/v1";
  private static final Map<String, String> HEADERS = Map.of("User-Agent", "attune");
  private static final Set<String> BLOCKED_REQUESTS =
      Set.of("content_filter", "content_policy_violation");
  private static final Set<String> NO_CREDIT = Set.of("insufficient_quota", "billing_not_active");
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int PAYMENT_REQUIRED = 402;

  private final ModelConfig config;
  private final @Nullable String key;
  private final String name;
  private final ModelService service;
  private final ModelIdentity identity;
  private final ChatRequests requests;
  private final OpenAiChatModel atOnce;
  private final OpenAiStreamingChatModel streamed;

  private ChatCompletionsModel(ModelConfig config, URI address, @Nullable String key) {
    this.config = config;
    this.key = key;
    this.name = Objects.requireNonNull(config.model());
    String host = address.getRawAuthority();
    String variable = config.access().apiKeyEnv();
    this.service = new ModelService(config.name(), name, host, ApiKey.shown(variable));
    String family = config.family();
    this.identity =
        new ModelIdentity(
            "openai",
            name,
            host + address.getRawPath(),
            family == null ? ModelFamily.of(name) : family);
    this.requests = new ChatRequests(service, host.endsWith(".openai.com"));
    DeadlineHttpClient client =
        new DeadlineHttpClient(address, config.limits().deadline(), Clock.systemUTC());
    this.atOnce =
        OpenAiChatModel.builder()
            .httpClientBuilder(client.builder())
            .baseUrl(address.toString())
            .apiKey(key)
            .modelName(name)
            .customHeaders(HEADERS)
            .returnThinking(true)
            .maxRetries(0)
            .build();
    this.streamed =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(client.builder())
            .baseUrl(address.toString())
            .apiKey(key)
            .modelName(name)
            .customHeaders(HEADERS)
            .returnThinking(true)
            .build();
  }

  /**
   * Opens a model.
   *
   * @param config of provider openai, with a model
   * @param environment has the variable of the key
   * @throws ModelException if the variable is not set
   */
  public static ChatCompletionsModel open(ModelConfig config, Map<String, String> environment)
      throws ModelException {
    String url = config.access().baseUrl();
    return new ChatCompletionsModel(
        config,
        URI.create((url == null ? OPENAI : url).replaceFirst("/+$", "")),
        ApiKey.of(config, environment));
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException, InterruptedException {
    ChatRequest sent = requests.of(request);
    try {
      return new ChatReplies(request, name).ofAnswer(atOnce.chat(sent));
    } catch (CallFailure e) {
      return replyTo(request, e);
    } catch (LangChain4jException e) {
      throw service.unreadable();
    }
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener)
      throws ModelException, InterruptedException {
    ChatRequest sent = requests.of(request);
    StreamOutcome outcome = new StreamOutcome(listener);
    try {
      streamed.chat(sent, outcome);
      ChatResponse response = outcome.response();
      ModelReply reply = new ChatReplies(request, name).ofStream(response);
      passRefusal(reply, response, listener);
      return reply;
    } catch (CallFailure e) {
      return replyTo(request, e);
    } catch (LangChain4jException e) {
      throw service.unreadable();
    }
  }

  /** Passes on the words of a refusal, which LangChain4j's client leaves out of its stream. */
  private static void passRefusal(ModelReply reply, ChatResponse response, ReplyListener listener) {
    int heard = Objects.requireNonNullElse(response.aiMessage().text(), "").length();
    if (reply.finish() == ModelReply.Finish.REFUSED && heard < reply.text().length()) {
      listener.text(reply.text().substring(heard));
    }
  }

  /** Returns the reply that a failure is; throws the others. */
  private ModelReply replyTo(ModelRequest request, CallFailure failure)
      throws ModelException, InterruptedException {
    ChatReplies replies = new ChatReplies(request, name);
    return switch (failure.kind()) {
      case REFUSED -> replies.ofRefusal(failure.body());
      case STATUS -> replyTo(request, failure, replies);
      case INTERRUPTED -> throw new InterruptedException();
      case CONNECTION -> throw service.unreachable(failure.connection());
      case LATE -> throw service.late(config.limits().deadline());
      case CUT -> throw service.interrupted();
      case UNREADABLE -> throw service.unreadable();
    };
  }

  private ModelReply replyTo(ModelRequest request, CallFailure failure, ChatReplies replies)
      throws ModelException {
    JsonNode error = failure.body().path("error");
    String code = error.path("code").asText("");
    if (BLOCKED_REQUESTS.contains(code)) {
      return replies.ofBlockedRequest(code);
    }
    throw fault(request, failure, error, code);
  }

  private ModelException fault(
      ModelRequest request, CallFailure failure, JsonNode error, String code) {
    boolean unpaid =
        failure.status() == PAYMENT_REQUIRED
            || (failure.status() == TOO_MANY_REQUESTS
                && (NO_CREDIT.contains(code) || NO_CREDIT.contains(error.path("type").asText(""))));
    if (unpaid) {
      return service.withoutCredit();
    }
    String said =
        ServiceMessages.withoutKey(
            error.isTextual() ? error.textValue() : error.path("message").asText(""), key);
    return service.refused(
        failure.status(), failure.retryAfter(), ServiceMessages.withoutQuotations(said, request));
  }

  @Override
  public void close() {
    // The JDK's client has nothing to close: its connections end with it.
  }
}
