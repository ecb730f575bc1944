package dev.attune.launcher.vertex;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.auth.Credentials;
import dev.attune.credentials.MachineCredentials;
import dev.attune.message.Messages;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;

/** Sets the credentials and the channel of clients of Vertex AI. */
final class GoogleAccess {
  private GoogleAccess() {}

  /**
   * Returns the application-default credentials of this machine, with a quota project by {@link
   * MachineCredentials#withQuotaProject}.
   *
   * @param project the id or number of the project
   * @throws GoogleAccessException if there are no credentials; the message says how to log in
   */
  static Credentials credentials(String project) throws GoogleAccessException {
    try {
      return MachineCredentials.withQuotaProject(
          MachineCredentials.find(MachineCredentials.CLOUD_PLATFORM), project);
    } catch (IOException e) {
      throw new GoogleAccessException(
          Messages.of("launcher.vertex.no-credentials", ServiceMessage.of(e)), e);
    }
  }

  /**
   * Sets the endpoint, the credentials and the channel of a client. Without TLS no credentials are
   * searched or sent.
   *
   * @param channel the client's default channel
   */
  static void point(
      ClientSettings.Builder<?, ?> client,
      InstantiatingGrpcChannelProvider.Builder channel,
      VertexPlace place)
      throws GoogleAccessException {
    client.setEndpoint(place.address());
    client.setCredentialsProvider(credentials(place));
    client.setTransportChannelProvider(
        channel
            .setChannelConfigurator(
                builder -> {
                  // gRPC would repeat a call that a server has not processed. Here each call
                  // is sent once, and the caller decides.
                  ManagedChannelBuilder<?> once = builder.disableRetry();
                  return place.plaintext() ? once.usePlaintext() : once;
                })
            .build());
  }

  /** Returns the failure of a client that cannot be created. */
  static GoogleAccessException notSetUp(VertexPlace place, IOException e) {
    return new GoogleAccessException(
        Messages.of("launcher.vertex.no-client", place.address(), ServiceMessage.of(e)), e);
  }

  private static CredentialsProvider credentials(VertexPlace place) throws GoogleAccessException {
    return place.plaintext()
        ? NoCredentialsProvider.create()
        : FixedCredentialsProvider.create(credentials(place.project()));
  }
}
