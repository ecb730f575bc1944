package dev.attune.launcher.session;

import dev.attune.config.textmodel.ModelConfig;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ReplyListener;
import dev.attune.models.TextModel;
import dev.attune.models.TextModelFactory;
import dev.attune.models.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Adapters that answer with the model's name and the number of the call, for 1,000 input and 100
 * output tokens. They know what was opened and asked; a model, or a model in a location, can break.
 */
final class EchoAdapter implements TextModelFactory {
  private final List<ModelConfig> opened = new ArrayList<>();
  private final List<ModelRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Kind> broken = new HashMap<>();
  private final AtomicInteger calls = new AtomicInteger();

  /** Makes a model fail; the model may be a location. */
  void breakDown(String model, Kind kind) {
    broken.put(model, kind);
  }

  int calls() {
    return calls.get();
  }

  List<ModelConfig> opened() {
    return opened;
  }

  List<ModelRequest> requests() {
    return requests;
  }

  @Override
  public TextModel open(ModelConfig config, Map<String, String> environment) throws ModelException {
    String variable = config.access().apiKeyEnv();
    if (variable != null && !environment.containsKey(variable)) {
      throw new ModelException(Kind.MODEL, variable + " is not set: set it.", null);
    }
    opened.add(config);
    return new Echo(config);
  }

  private final class Echo implements TextModel {
    private final ModelConfig config;

    Echo(ModelConfig config) {
      this.config = config;
    }

    @Override
    public ModelIdentity identity() {
      return new ModelIdentity("echo", String.valueOf(config.model()), "here", "echo");
    }

    @Override
    public ModelReply ask(ModelRequest request) throws ModelException {
      int call = calls.incrementAndGet();
      requests.add(request);
      Kind fault = broken.get(String.valueOf(config.model()));
      fault = fault == null ? broken.get(String.valueOf(config.access().location())) : fault;
      if (fault != null) {
        throw new ModelException(fault, config.model() + " is broken.", null);
      }
      return new ModelReply(
          config.model() + " " + call,
          "",
          List.of(),
          Finish.COMPLETE,
          "stop",
          new Usage(1000, 0, 100, 0),
          "1",
          null);
    }

    @Override
    public ModelReply stream(ModelRequest request, ReplyListener listener) throws ModelException {
      ModelReply reply = ask(request);
      listener.text(reply.text());
      return reply;
    }

    @Override
    public void close() {}
  }
}
