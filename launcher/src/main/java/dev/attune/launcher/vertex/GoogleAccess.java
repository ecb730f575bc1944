package dev.attune.launcher.vertex;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.util.List;

/** Credentials, and how clients of Vertex AI reach it. */
final class GoogleAccess {
  private static final List<String> SCOPES =
      List.of("https://www.googleapis.com/auth/cloud-platform");

  private GoogleAccess() {}

  /**
   * The credentials of this machine, as every program of Google finds them.
   *
   * @throws AccessException if there are none; the sentence says how to log in
   */
  static Credentials credentials() throws AccessException {
    try {
      return GoogleCredentials.getApplicationDefault().createScoped(SCOPES);
    } catch (IOException e) {
      throw new AccessException(
          "There are no Google credentials on this machine ("
              + ServiceWords.of(e)
              + "): run gcloud auth application-default login, or name the key file of a service"
              + " account in GOOGLE_APPLICATION_CREDENTIALS.",
          e);
    }
  }

  /**
   * Points a client at a place. Without TLS no credentials are looked for and none are sent.
   *
   * @param channel the client's own default
   */
  static void point(
      ClientSettings.Builder<?, ?> client,
      InstantiatingGrpcChannelProvider.Builder channel,
      VertexPlace place)
      throws AccessException {
    client.setEndpoint(place.address());
    client.setCredentialsProvider(credentials(place));
    client.setTransportChannelProvider(
        channel
            .setChannelConfigurator(
                builder -> {
                  // gRPC would send a call again that a server turned away unseen. Here each is
                  // sent once, and whoever called decides.
                  ManagedChannelBuilder<?> once = builder.disableRetry();
                  return place.plaintext() ? once.usePlaintext() : once;
                })
            .build());
  }

  /** A client could not be set up: a sentence instead of its exception. */
  static AccessException notSetUp(VertexPlace place, IOException e) {
    return new AccessException(
        "The client of Vertex AI at "
            + place.address()
            + " could not be set up: "
            + ServiceWords.of(e)
            + "; check tuning.location and tuning.endpoint.",
        e);
  }

  private static CredentialsProvider credentials(VertexPlace place) throws AccessException {
    return place.plaintext()
        ? NoCredentialsProvider.create()
        : FixedCredentialsProvider.create(credentials());
  }
}
