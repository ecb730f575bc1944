package dev.attune.launcher.session;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.attune.catalog.BaseModel;
import dev.attune.catalog.BaseModel.AskingPrice;
import dev.attune.catalog.BaseModels;
import dev.attune.catalog.TextModelPrice;
import dev.attune.catalog.TextModelPrices;
import dev.attune.config.AttuneConfig;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.config.textmodel.LoopbackUrl;
import dev.attune.config.textmodel.ModelConfig;
import dev.attune.config.textmodel.ModelConfig.Access;
import dev.attune.config.textmodel.ModelConfig.Answers;
import dev.attune.config.textmodel.ModelConfig.Provider;
import dev.attune.config.textmodel.ModelConfig.TokenPrice;
import dev.attune.config.textmodel.TextModelRecords;
import dev.attune.launcher.baseline.LocalModel;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelIdentity;
import dev.attune.models.TextModel;
import dev.attune.models.TextModelFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Opens tuned models of the ledger as text models. */
final class TunedModels {
  private static final Pattern ENDPOINT =
      Pattern.compile("projects/([^/]+)/locations/([^/]+)/endpoints/[^/]+");

  private static final Answers ANSWERS =
      new Answers(null, TextModelRecords.MAX_OUTPUT_TOKENS, null, null);

  private final AttuneConfig config;
  private final TextModelFactory adapters;
  private final Map<String, String> environment;
  private final ModelLayers layers;

  TunedModels(
      AttuneConfig config,
      TextModelFactory adapters,
      Map<String, String> environment,
      ModelLayers layers) {
    this.config = config;
    this.adapters = adapters;
    this.environment = environment;
    this.layers = layers;
  }

  /**
   * Opens the model of a job.
   *
   * @param name as typed
   */
  SessionModel open(String name, Job job) throws CommandFailure, ModelException {
    BackEndJob known = job.known();
    String endpoint = known == null ? null : known.endpoint();
    if (endpoint == null) {
      throw new CommandFailure(FailureCode.MODEL, Messages.of("launcher.job.endpoint-missing"));
    }
    return switch (job.spec().backEnd()) {
      case "local" -> local(name, endpoint);
      case "vertex" -> gemini(name, endpoint, job.spec().baseModel());
      default ->
          throw new CommandFailure(
              FailureCode.MODEL,
              Messages.of("launcher.session.back-end", job.id(), job.spec().backEnd()));
    };
  }

  private static SessionModel local(String name, String folder) throws CommandFailure {
    try {
      return new SessionModel(
          name,
          new LocalTextModel(LocalModel.open(Path.of(folder))),
          ANSWERS,
          TextModelRecords.limits(MissingNode.getInstance()),
          null,
          List.of());
    } catch (AskException e) {
      throw new CommandFailure(FailureCode.MODEL, String.valueOf(e.getMessage()), e);
    }
  }

  private SessionModel gemini(String name, String endpoint, String baseModel)
      throws CommandFailure, ModelException {
    Matcher parts = ENDPOINT.matcher(endpoint);
    if (!parts.matches()) {
      throw new CommandFailure(
          FailureCode.MODEL, Messages.of("launcher.vertex.endpoint-name", endpoint));
    }
    BaseModels known = ConfigFile.baseModels(config);
    List<String> locations =
        known
            .find(baseModel)
            .map(base -> base.tuning().servingLocations(parts.group(2)))
            .orElse(List.of(parts.group(2)));
    TextModelPrice price = price(known, baseModel);
    List<TextModel> open = new ArrayList<>();
    for (String location : locations) {
      open.add(adapters.open(configuration(name, endpoint, parts.group(1), location), environment));
    }
    ModelIdentity first = open.get(0).identity();
    TextModel adapter =
        new LocatedModel(
            new ModelIdentity("gemini", endpoint, parts.group(1), first.family()), open);
    return layers.around(
        adapter, configuration(name, endpoint, parts.group(1), locations.get(0)), price);
  }

  private ModelConfig configuration(String name, String endpoint, String project, String location) {
    return new ModelConfig(
        name,
        Provider.GEMINI,
        endpoint,
        "gemini",
        new Access(emulator(), null, project, location),
        ANSWERS,
        TextModelRecords.limits(MissingNode.getInstance()),
        null,
        null,
        List.of());
  }

  private @Nullable String emulator() {
    TuningPlace place = config.tuning().place();
    return place.endpoint() == null
        ? null
        : (place.plaintext() ? "http://" : "https://") + place.endpoint();
  }

  private TextModelPrice price(BaseModels known, String baseModel) throws CommandFailure {
    if (LoopbackUrl.isLoopback(emulator())) {
      return TextModelPrice.FREE;
    }
    AskingPrice asking = known.find(baseModel).map(BaseModel::askingPrice).orElse(null);
    if (asking == null) {
      throw new CommandFailure(
          FailureCode.COST, Messages.of("launcher.session.tuned-price", baseModel));
    }
    TextModelPrice base =
        TextModelPrices.bundled()
            .find(Provider.GEMINI, baseModel)
            .orElseGet(
                () ->
                    TextModelPrice.of(
                        new TokenPrice(
                            asking.usdPerMillionInputTokens(),
                            asking.usdPerMillionInputTokens(),
                            asking.usdPerMillionOutputTokens()),
                        asking.source()));
    return base.times(asking.tunedTimes());
  }
}
