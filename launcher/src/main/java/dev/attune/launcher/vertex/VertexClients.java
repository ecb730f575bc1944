package dev.attune.launcher.vertex;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The clients of one service by location. Each is connected for its first call and stays open until
 * {@link #close}. Safe for several threads.
 */
final class VertexClients<C> implements AutoCloseable {
  private final Connector<C> connector;
  private final Consumer<C> closer;
  private final Map<String, C> clients = new HashMap<>();

  VertexClients(Connector<C> connector, Consumer<C> closer) {
    this.connector = connector;
    this.closer = closer;
  }

  /** Creates the client of a place. */
  @FunctionalInterface
  interface Connector<C> {
    C connect(VertexPlace place) throws GoogleAccessException, IOException;
  }

  /** Returns the client of a place. */
  synchronized C at(VertexPlace place) throws GoogleAccessException {
    C client = clients.get(place.location());
    if (client == null) {
      try {
        client = connector.connect(place);
      } catch (IOException e) {
        throw GoogleAccess.notSetUp(place, e);
      }
      clients.put(place.location(), client);
    }
    return client;
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(closer);
    clients.clear();
  }
}
