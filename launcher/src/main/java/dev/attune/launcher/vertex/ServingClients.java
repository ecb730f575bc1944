package dev.attune.launcher.vertex;

import com.google.cloud.aiplatform.v1.PredictionServiceClient;
import com.google.cloud.aiplatform.v1.PredictionServiceSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places that may serve a model, with a client for each place that was called. It calls the
 * place that answered last first. It is safe for several threads.
 */
final class ServingClients implements AutoCloseable {
  private final List<VertexPlace> places;
  private final VertexClients<PredictionServiceClient> clients =
      new VertexClients<>(ServingClients::connect, PredictionServiceClient::close);
  private volatile @Nullable VertexPlace answered;

  /**
   * Creates the set; nothing is connected before {@link #client}.
   *
   * @param places in the order in which to call them; at least one
   */
  ServingClients(List<VertexPlace> places) {
    this.places = List.copyOf(places);
  }

  /** Returns all places in the order in which to call them: first the place that answered last. */
  List<VertexPlace> inOrder() {
    VertexPlace first = answered;
    if (first == null) {
      return places;
    }
    List<VertexPlace> order = new ArrayList<>(places);
    order.remove(first);
    order.add(0, first);
    return order;
  }

  /** Returns all locations in the order of the catalogue. */
  List<String> locations() {
    return places.stream().map(VertexPlace::location).toList();
  }

  /** Stores the place that answered. */
  void answered(VertexPlace place) {
    answered = place;
  }

  /** Returns the client of a place, which stays open until {@link #close}. */
  PredictionServiceClient client(VertexPlace place) throws GoogleAccessException {
    return clients.at(place);
  }

  @Override
  public void close() {
    clients.close();
  }

  private static PredictionServiceClient connect(VertexPlace place)
      throws GoogleAccessException, IOException {
    PredictionServiceSettings.Builder settings = PredictionServiceSettings.newBuilder();
    GoogleAccess.point(
        settings, PredictionServiceSettings.defaultGrpcTransportProviderBuilder(), place);
    settings.generateContentSettings().setSimpleTimeoutNoRetriesDuration(place.call());
    return PredictionServiceClient.create(settings.build());
  }
}
