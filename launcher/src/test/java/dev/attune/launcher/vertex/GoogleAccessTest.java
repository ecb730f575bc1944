package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.PredictionServiceClient;
import com.google.cloud.aiplatform.v1.PredictionServiceGrpc.PredictionServiceImplBase;
import com.google.cloud.aiplatform.v1.PredictionServiceSettings;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.StorageOptions;
import com.sun.net.httpserver.HttpServer;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** To which project the calls of a user are attributed. */
class GoogleAccessTest {
  private static final String HEADER = "x-goog-user-project";

  private final List<String> seen = new CopyOnWriteArrayList<>();

  /** As {@code gcloud auth application-default login} writes them, with a token that holds. */
  private static GoogleCredentials user(String more) throws IOException {
    String json =
        """
        {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r"%s}
        """
            .formatted(more);
    GoogleCredentials read =
        GoogleCredentials.fromStream(
            new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    return ((UserCredentials) read)
        .toBuilder()
            .setAccessToken(
                new AccessToken("token", Date.from(Instant.now().plus(1, ChronoUnit.DAYS))))
            .build();
  }

  @Test
  void attributesCallsOfAUserToTheProject() throws Exception {
    GoogleCredentials credentials = GoogleAccess.withQuotaProject(user(""), "my-project");

    callByGrpc(credentials);
    callCloudStorage(credentials);

    assertThat(seen).containsExactly("my-project", "my-project");
  }

  @Test
  void leavesTheProjectThatAUserChose() throws Exception {
    GoogleCredentials chosen = user(", \"quota_project_id\": \"other-project\"");
    GoogleCredentials credentials = GoogleAccess.withQuotaProject(chosen, "my-project");

    callByGrpc(credentials);
    callCloudStorage(credentials);

    assertThat(seen).containsExactly("other-project", "other-project");
  }

  @Test
  void leavesServiceAccountsAsTheyAre() throws Exception {
    GoogleCredentials account =
        ServiceAccountCredentials.newBuilder()
            .setClientEmail("a@p.iam.gserviceaccount.com")
            .setPrivateKey(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate())
            .build();

    assertThat(GoogleAccess.withQuotaProject(account, "my-project")).isSameAs(account);
    assertThat(account.getQuotaProjectId()).isNull();
  }

  private void callByGrpc(GoogleCredentials credentials) throws Exception {
    String name = InProcessServerBuilder.generateName();
    Server server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new PredictionServiceImplBase() {})
            .intercept(new SeesProject())
            .build()
            .start();
    ManagedChannel channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    PredictionServiceSettings settings =
        PredictionServiceSettings.newBuilder()
            .setCredentialsProvider(FixedCredentialsProvider.create(credentials))
            .setTransportChannelProvider(
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
            .build();
    try (PredictionServiceClient client = PredictionServiceClient.create(settings)) {
      GenerateContentRequest request = GenerateContentRequest.newBuilder().setModel("m").build();
      assertThatThrownBy(() -> client.generateContent(request))
          .isInstanceOf(UnimplementedException.class);
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  private void callCloudStorage(GoogleCredentials credentials) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          seen.add(String.join(" ", exchange.getRequestHeaders().get(HEADER)));
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      StorageOptions options =
          StorageOptions.http()
              .setProjectId("my-project")
              .setHost("http://127.0.0.1:" + server.getAddress().getPort())
              .setCredentials(credentials)
              .build();
      assertThat(options.getService().get(BlobId.of("bucket", "object"))).isNull();
    } finally {
      server.stop(0);
    }
  }

  private final class SeesProject implements ServerInterceptor {
    private static final Metadata.Key<String> PROJECT =
        Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
      seen.add(String.valueOf(headers.get(PROJECT)));
      return next.startCall(call, headers);
    }
  }
}
