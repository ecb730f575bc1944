package dev.attune.place;

import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.attune.credentials.MachineCredentials;
import dev.attune.message.Messages;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection of this process to Cloud Storage: with the credentials of the machine, or without
 * any to an emulator that the variable {@value #ENDPOINT} names.
 */
public final class StorageClient {
  /** The environment variable with the address of an emulator, such as {@code http://host:port}. */
  public static final String ENDPOINT = "ATTUNE_STORAGE_ENDPOINT";

  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

  // Only listing and creating buckets need a project, which is never done.
  private static final String NO_PROJECT = "none";

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int GREATEST_PORT = 65_535;

  private static final String GOOGLE = "https://storage.googleapis.com";

  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 60_000;

  private static @Nullable String endpoint = System.getenv(ENDPOINT);
  private static @Nullable Storage client;
  private static Duration patience = Duration.ofSeconds(50);
  private static volatile Consumer<String> told = sentence -> {};

  private StorageClient() {}

  /**
   * Sets who is told, in a sentence, that Cloud Storage does not answer and that calls are
   * repeated. Without it nobody is. The sentence may come from any thread.
   */
  public static void tellOfRepetitions(Consumer<String> listener) {
    told = listener;
  }

  /** Repeats calls for this time, and tells of it accordingly earlier; for tests. */
  static synchronized void repeatFor(Duration time) {
    patience = time;
    client = null;
  }

  /** Returns how long a call is repeated. */
  static synchronized Duration patience() {
    return patience;
  }

  /** Returns the address that calls are sent to. */
  static String address() {
    String emulator = endpoint();
    return emulator == null ? GOOGLE : emulator;
  }

  /** Takes the address of an emulator from these environment variables from now on. */
  public static synchronized void configure(Map<String, String> environment) {
    String named = environment.get(ENDPOINT);
    if (!Objects.equals(named, endpoint)) {
      endpoint = named;
      client = null;
    }
  }

  /** Returns the address of the emulator, or null for Google's service. */
  public static synchronized @Nullable String endpoint() {
    return endpoint;
  }

  static synchronized Storage get() throws PlaceException {
    if (client == null) {
      StorageOptions.Builder options =
          StorageOptions.http()
              .setProjectId(NO_PROJECT)
              .setTransportOptions(
                  HttpTransportOptions.newBuilder()
                      .setConnectTimeout(CONNECT_MILLIS)
                      .setReadTimeout(READ_MILLIS)
                      .build())
              .setStorageRetryStrategy(new StorageRetries(sentence -> told.accept(sentence)))
              .setRetrySettings(settings());
      String emulator = endpoint;
      if (emulator == null) {
        options.setCredentials(credentials());
      } else {
        options.setHost(address(emulator)).setCredentials(NoCredentials.getInstance());
      }
      client = options.build().getService();
    }
    return client;
  }

  /**
   * Returns the address if a client can use it: what the client itself says about others is code.
   */
  private static String address(String emulator) throws PlaceException {
    try {
      URI address = new URI(emulator);
      if (SCHEMES.contains(String.valueOf(address.getScheme()))
          && address.getHost() != null
          && address.getPort() <= GREATEST_PORT) {
        return emulator;
      }
    } catch (URISyntaxException e) {
      throw new PlaceException(
          Messages.of("schemas.place.endpoint", ENDPOINT, PlaceException.shown(emulator)), e);
    }
    throw new PlaceException(
        Messages.of("schemas.place.endpoint", ENDPOINT, PlaceException.shown(emulator)));
  }

  private static GoogleCredentials credentials() throws PlaceException {
    try {
      return MachineCredentials.find(SCOPE);
    } catch (IOException e) {
      throw new PlaceException(
          Messages.of(
              "schemas.place.no-credentials",
              StorageFailure.withoutStop(Printable.shortened(String.valueOf(e.getMessage()), 200))),
          e);
    }
  }

  /** Returns how long one call is repeated while the service fails for a moment. */
  private static RetrySettings settings() {
    return RetrySettings.newBuilder()
        .setInitialRetryDelayDuration(Duration.ofMillis(250))
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(10))
        .setTotalTimeoutDuration(patience)
        .setMaxAttempts(8)
        .build();
  }
}
