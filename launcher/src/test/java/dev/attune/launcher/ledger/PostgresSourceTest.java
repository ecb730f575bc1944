package dev.attune.launcher.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.LedgerConfig;
import dev.attune.launcher.console.CommandFailure;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresSourceTest {
  private static final String OPTIONS =
      "?cloudSqlInstance=p:r:i&socketFactory=com.google.cloud.sql.postgres.SocketFactory"
          + "&ipTypes=PRIVATE&enableIamAuth=true";

  @Test
  void namesTheInstanceInsteadOfAHost() throws CommandFailure {
    assertThat(described("jdbc:postgresql:///attune" + OPTIONS))
        .isEqualTo("Cloud SQL instance p:r:i/attune");
    assertThat(described("jdbc:postgresql://db:1/attune?ssl=true")).isEqualTo("db:1/attune");
    assertThat(described("jdbc:postgresql:///attune")).isEqualTo("localhost/attune");
  }

  private static String described(String url) throws CommandFailure {
    return LedgerAddress.of(new LedgerConfig(url, "u", null, null), Path.of("/"), Map.of())
        .connections()
        .ledger();
  }
}
