package dev.attune.launcher.vertex;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.ExternalAccountAuthorizedUserCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.UserCredentials;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.util.List;

/** Credentials, and how clients of Vertex AI reach it. */
final class GoogleAccess {
  private static final List<String> SCOPES =
      List.of("https://www.googleapis.com/auth/cloud-platform");

  private GoogleAccess() {}

  /**
   * The application-default credentials of this machine, scoped, with a quota project by {@link
   * #withQuotaProject}.
   *
   * @param project id or number of the project that is used
   * @throws AccessException if there are none; the sentence says how to log in
   */
  static Credentials credentials(String project) throws AccessException {
    try {
      return withQuotaProject(
          GoogleCredentials.getApplicationDefault().createScoped(SCOPES), project);
    } catch (IOException e) {
      throw new AccessException(
          ("There are no Google credentials on this machine (%s): run gcloud auth"
                  + " application-default login, or name the key file of a service account in"
                  + " GOOGLE_APPLICATION_CREDENTIALS.")
              .formatted(ServiceWords.of(e)),
          e);
    }
  }

  /**
   * Credentials of a user get a quota project if they have none: Google attributes calls of a user
   * to a project by the header {@code x-goog-user-project}, and Vertex AI refuses them without it.
   * A project in the credentials' file or in GOOGLE_CLOUD_QUOTA_PROJECT stays. Credentials of a
   * service account, which belongs to a project, stay as they are.
   */
  static GoogleCredentials withQuotaProject(GoogleCredentials credentials, String project) {
    boolean user =
        credentials instanceof UserCredentials
            || credentials instanceof ExternalAccountAuthorizedUserCredentials;
    return user && credentials.getQuotaProjectId() == null
        ? credentials.createWithQuotaProject(project)
        : credentials;
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
        ("The client of Vertex AI at %s could not be set up: %s; check tuning.location and"
                + " tuning.endpoint.")
            .formatted(place.address(), ServiceWords.of(e)),
        e);
  }

  private static CredentialsProvider credentials(VertexPlace place) throws AccessException {
    return place.plaintext()
        ? NoCredentialsProvider.create()
        : FixedCredentialsProvider.create(credentials(place.project()));
  }
}
