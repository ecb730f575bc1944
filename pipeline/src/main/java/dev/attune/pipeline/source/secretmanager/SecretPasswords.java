package dev.attune.pipeline.source.secretmanager;

import dev.attune.config.jdbc.SecretVersion;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.secretmanager.SecretException.Kind;
import dev.attune.pipeline.source.secretmanager.SecretStore.StoredSecret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The passwords that this JVM has read from Secret Manager. Each version is read once, whatever the
 * number of connections and threads. They are in the memory of this class alone: nothing that is
 * serialised, logged or written refers to it. A failure is not kept; the next connection tries
 * again.
 */
public final class SecretPasswords {
  /**
   * The environment variable with host and port of an emulator of Secret Manager, which is called
   * without TLS and credentials.
   */
  public static final String ENDPOINT = "ATTUNE_SECRET_ENDPOINT";

  private static final Logger LOG = LoggerFactory.getLogger(SecretPasswords.class);
  private static final Pattern HOST_AND_PORT = Pattern.compile("[^\\s/:]+:[0-9]{1,5}");
  private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");

  private static final SecretPasswords OF_THIS_JVM =
      new SecretPasswords(SecretManagerStore::atEndpoint);

  private final Function<String, SecretStore> stores;
  private final Map<Read, String> passwords = new HashMap<>();

  /**
   * Creates an empty collection.
   *
   * @param stores returns the store at an endpoint; at an empty one, Google's
   */
  SecretPasswords(Function<String, SecretStore> stores) {
    this.stores = stores;
  }

  private record Read(String endpoint, String version) {}

  /**
   * Returns the password in a version of a secret, which must go to a driver only. One line end at
   * the end of the content is not part of it.
   *
   * @param name {@code projects/P/secrets/S/versions/V}, or with {@code locations/L}
   * @param endpoint the value of {@link #ENDPOINT}, or an empty text
   */
  public static String password(String name, String endpoint) throws SecretException {
    return OF_THIS_JVM.read(name, endpoint);
  }

  /** Reads a password unless it was read before. Other threads wait, so that one call is made. */
  synchronized String read(String name, String endpoint) throws SecretException {
    String known = passwords.get(new Read(endpoint, name));
    if (known != null) {
      return known;
    }
    if (SecretVersion.fault(name) != null) {
      throw new SecretException(Kind.INVALID, Messages.of("pipeline.secret.name"));
    }
    if (!endpoint.isEmpty() && !HOST_AND_PORT.matcher(endpoint).matches()) {
      throw new SecretException(Kind.INVALID, Messages.of("pipeline.secret.endpoint", ENDPOINT));
    }
    SecretVersion version = new SecretVersion(name);
    StoredSecret stored = stores.apply(endpoint).read(version);
    String password = text(stored);
    if (!version.isFixed()) {
      LOG.warn(Messages.of("pipeline.secret.not-fixed", name, stored.name()));
    }
    passwords.put(new Read(endpoint, name), password);
    return password;
  }

  private static String text(StoredSecret stored) throws SecretException {
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(stored.payload())).toString();
    } catch (CharacterCodingException e) {
      throw new SecretException(
          Kind.INVALID, Messages.of("pipeline.secret.not-text", stored.name()), e);
    }
    String password = LINE_END.matcher(text).replaceFirst("");
    if (password.isEmpty()) {
      throw new SecretException(Kind.INVALID, Messages.of("pipeline.secret.empty", stored.name()));
    }
    return password;
  }
}
