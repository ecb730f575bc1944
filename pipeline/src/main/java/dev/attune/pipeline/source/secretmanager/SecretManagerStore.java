package dev.attune.pipeline.source.secretmanager;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import com.google.cloud.secretmanager.v1.SecretPayload;
import dev.attune.config.jdbc.SecretVersion;
import dev.attune.credentials.MachineCredentials;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.secretmanager.SecretException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Google's Secret Manager. Calls it with the application-default credentials of this machine, a
 * regional secret at the endpoint of its location. A call that gets no answer is repeated for some
 * seconds.
 *
 * @param endpoint host and port of an emulator, called without TLS and credentials; empty for
 *     Google's service
 * @param patience the time for a read with its repetitions
 */
record SecretManagerStore(String endpoint, Duration patience) implements SecretStore {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Returns a store; {@code endpoint} may be empty. */
  static SecretStore atEndpoint(String endpoint) {
    return new SecretManagerStore(endpoint, PATIENCE);
  }

  @Override
  public StoredSecret read(SecretVersion version) throws SecretException {
    try (SecretManagerServiceClient client = client(version)) {
      AccessSecretVersionResponse response = client.accessSecretVersion(version.name());
      return content(response);
    } catch (ApiException e) {
      throw failure(version, e);
    } catch (IOException e) {
      throw new SecretException(
          Kind.CREDENTIALS, Messages.of("pipeline.secret.no-credentials", version.name()), e);
    }
  }

  private SecretManagerServiceClient client(SecretVersion version) throws IOException {
    SecretManagerServiceSettings.Builder settings = SecretManagerServiceSettings.newBuilder();
    settings.setCredentialsProvider(credentials(version));
    if (!endpoint.isEmpty()) {
      settings.setEndpoint(endpoint);
      settings.setTransportChannelProvider(plaintext());
    } else if (!version.location().isEmpty()) {
      settings.setEndpoint("secretmanager." + version.location() + ".rep.googleapis.com:443");
    }
    settings
        .accessSecretVersionSettings()
        .setRetryableCodes(Set.of(Code.UNAVAILABLE, Code.RESOURCE_EXHAUSTED, Code.INTERNAL))
        .setRetrySettings(
            RetrySettings.newBuilder()
                .setInitialRetryDelayDuration(Duration.ofMillis(200))
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(Duration.ofSeconds(4))
                .setInitialRpcTimeoutDuration(patience)
                .setMaxRpcTimeoutDuration(patience)
                .setTotalTimeoutDuration(patience)
                .build());
    return SecretManagerServiceClient.create(settings.build());
  }

  private static InstantiatingGrpcChannelProvider plaintext() {
    return SecretManagerServiceSettings.defaultGrpcTransportProviderBuilder()
        .setChannelConfigurator(channel -> channel.usePlaintext())
        .build();
  }

  /**
   * Returns the credentials for a read. Calls with those of a person are attributed to the project
   * of the secret if they name no other, because the service refuses them without one.
   */
  private CredentialsProvider credentials(SecretVersion version) throws IOException {
    if (!endpoint.isEmpty()) {
      return NoCredentialsProvider.create();
    }
    GoogleCredentials found = MachineCredentials.find(MachineCredentials.CLOUD_PLATFORM);
    return FixedCredentialsProvider.create(
        MachineCredentials.withQuotaProject(found, version.project()));
  }

  private static StoredSecret content(AccessSecretVersionResponse response) throws SecretException {
    SecretPayload payload = response.getPayload();
    byte[] bytes = payload.getData().toByteArray();
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    if (payload.hasDataCrc32C() && payload.getDataCrc32C() != checksum.getValue()) {
      throw new SecretException(
          Kind.UNAVAILABLE, Messages.of("pipeline.secret.damaged", response.getName()));
    }
    return new StoredSecret(response.getName(), bytes);
  }

  private SecretException failure(SecretVersion version, ApiException e) {
    String name = version.name();
    Code code = e.getStatusCode().getCode();
    return switch (code) {
      case NOT_FOUND ->
          new SecretException(Kind.MISSING, Messages.of("pipeline.secret.missing", name), e);
      case PERMISSION_DENIED ->
          new SecretException(
              Kind.DENIED,
              "SERVICE_DISABLED".equals(e.getReason())
                  ? Messages.of("pipeline.secret.api-disabled", name, version.project())
                  : Messages.of("pipeline.secret.denied", name),
              e);
      case UNAUTHENTICATED ->
          new SecretException(
              Kind.CREDENTIALS, Messages.of("pipeline.secret.refused-credentials", name), e);
      case FAILED_PRECONDITION ->
          new SecretException(Kind.DISABLED, Messages.of("pipeline.secret.disabled", name), e);
      case INVALID_ARGUMENT, OUT_OF_RANGE, UNIMPLEMENTED ->
          new SecretException(Kind.INVALID, Messages.of("pipeline.secret.refused", name, code), e);
      default ->
          new SecretException(
              Kind.UNAVAILABLE,
              Messages.of("pipeline.secret.unavailable", name, code, patience.toSeconds()),
              e);
    };
  }
}
