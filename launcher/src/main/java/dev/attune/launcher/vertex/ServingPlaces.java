package dev.attune.launcher.vertex;

import com.google.cloud.aiplatform.v1.PredictionServiceClient;
import com.google.cloud.aiplatform.v1.PredictionServiceSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The places in which one model may be served, with a client for each that was asked. Remembers the
 * place that answered until it is closed. Safe for use by several threads.
 */
final class ServingPlaces implements AutoCloseable {
  private final List<VertexPlace> places;
  private final Map<String, PredictionServiceClient> clients = new HashMap<>();
  private volatile @Nullable VertexPlace answered;

  /**
   * Nothing is connected before the first call of {@link #client}.
   *
   * @param places in the order in which to ask them; at least one
   */
  ServingPlaces(List<VertexPlace> places) {
    this.places = List.copyOf(places);
  }

  /** All places in the order in which to ask them now: first the one that answered last. */
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

  /** All locations, in the order of the catalogue. */
  List<String> locations() {
    return places.stream().map(VertexPlace::location).toList();
  }

  /** Notes that the model is served in a place. */
  void answered(VertexPlace place) {
    answered = place;
  }

  /** The client of a place, which stays open until {@link #close}. */
  PredictionServiceClient client(VertexPlace place) throws AccessException {
    synchronized (clients) {
      PredictionServiceClient open = clients.get(place.location());
      if (open == null) {
        open = connect(place);
        clients.put(place.location(), open);
      }
      return open;
    }
  }

  @Override
  public void close() {
    synchronized (clients) {
      clients.values().forEach(PredictionServiceClient::close);
      clients.clear();
    }
  }

  private static PredictionServiceClient connect(VertexPlace place) throws AccessException {
    try {
      PredictionServiceSettings.Builder settings = PredictionServiceSettings.newBuilder();
      GoogleAccess.point(
          settings, PredictionServiceSettings.defaultGrpcTransportProviderBuilder(), place);
      settings.generateContentSettings().setSimpleTimeoutNoRetriesDuration(place.call());
      return PredictionServiceClient.create(settings.build());
    } catch (IOException e) {
      throw GoogleAccess.notSetUp(place, e);
    }
  }
}
