package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.rpc.UnimplementedException;
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
import dev.attune.credentials.MachineCredentials;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To which project the calls of a user are attributed. */
class GoogleAccessTest {
  private static final String HEADER = "x-goog-user-project";

  private static final char[] PASSWORD = "of a test".toCharArray();

  @TempDir private Path folder;

  private HttpServer google;

  private final List<String> seen = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    google = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    google.createContext(
        "/token",
        exchange -> {
          byte[] token =
              "{\"access_token\": \"t\", \"expires_in\": 3600, \"token_type\": \"Bearer\"}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, token.length);
          exchange.getResponseBody().write(token);
          exchange.close();
        });
    google.createContext(
        "/storage/",
        exchange -> {
          seen.add(String.valueOf(exchange.getRequestHeaders().getFirst(HEADER)));
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    google.start();
  }

  @AfterEach
  void stop() {
    google.stop(0);
  }

  private String address() {
    return "http://127.0.0.1:" + google.getAddress().getPort();
  }

  /** As {@code gcloud auth application-default login} writes them. */
  private GoogleCredentials user(String more) throws IOException {
    String json =
        """
        {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r"%s}
        """
            .formatted(more);
    GoogleCredentials read =
        GoogleCredentials.fromStream(
            new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    return ((UserCredentials) read)
        .toBuilder().setTokenServerUri(URI.create(address() + "/token")).build();
  }

  @Test
  void attributesCallsOfAUserToTheProject() throws Exception {
    GoogleCredentials credentials = MachineCredentials.withQuotaProject(user(""), "my-project");

    callByGrpc(credentials);
    callCloudStorage(credentials);

    assertThat(seen).containsExactly("my-project", "my-project");
  }

  @Test
  void leavesTheProjectThatAUserChose() throws Exception {
    GoogleCredentials chosen = user(", \"quota_project_id\": \"other-project\"");
    GoogleCredentials credentials = MachineCredentials.withQuotaProject(chosen, "my-project");

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

    assertThat(MachineCredentials.withQuotaProject(account, "my-project")).isSameAs(account);
    assertThat(account.getQuotaProjectId()).isNull();
  }

  /** Over TLS, without which the client sends no credentials. */
  private void callByGrpc(GoogleCredentials credentials) throws Exception {
    KeyStore keys = keys();
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    SslContext tls = GrpcSslContexts.forClient().trustManager(trusted).build();
    Server server =
        Grpc.newServerBuilderForPort(
                0, TlsServerCredentials.newBuilder().keyManager(own.getKeyManagers()).build())
            .addService(new PredictionServiceImplBase() {})
            .intercept(new SeesProject())
            .build()
            .start();
    PredictionServiceSettings settings =
        PredictionServiceSettings.newBuilder()
            .setEndpoint("localhost:" + server.getPort())
            .setCredentialsProvider(FixedCredentialsProvider.create(credentials))
            .setTransportChannelProvider(
                PredictionServiceSettings.defaultGrpcTransportProviderBuilder()
                    .setChannelConfigurator(
                        channel -> ((NettyChannelBuilder) channel).sslContext(tls))
                    .build())
            .build();
    try (PredictionServiceClient client = PredictionServiceClient.create(settings)) {
      GenerateContentRequest request = GenerateContentRequest.newBuilder().setModel("m").build();
      assertThatThrownBy(() -> client.generateContent(request))
          .isInstanceOf(UnimplementedException.class);
    } finally {
      server.shutdownNow();
    }
  }

  private KeyStore keys() throws Exception {
    Path store = folder.resolve("localhost.p12");
    String[] command = {
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
      "-genkeypair",
      "-alias",
      "localhost",
      "-keyalg",
      "RSA",
      "-dname",
      "CN=localhost",
      "-ext",
      "san=dns:localhost",
      "-storetype",
      "PKCS12",
      "-keystore",
      store.toString(),
      "-storepass",
      new String(PASSWORD),
    };
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("printed").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    return KeyStore.getInstance(store.toFile(), PASSWORD);
  }

  private void callCloudStorage(GoogleCredentials credentials) {
    StorageOptions options =
        StorageOptions.http()
            .setProjectId("my-project")
            .setHost(address())
            .setCredentials(credentials)
            .build();
    assertThat(options.getService().get(BlobId.of("bucket", "object"))).isNull();
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
