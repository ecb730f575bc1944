package dev.attune.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  @ParameterizedTest
  @CsvSource({
    "colums, columns",
    "Columns, columns",
    "jdbcurl, jdbcUrl",
    "jdbc_url, jdbcUrl",
    "di, id",
    "password, passwordEnv",
    "tabel, table",
    "banana,",
    "x,",
  })
  void findsTheKeyThatWasMeant(String unknown, String meant) {
    List<String> known = List.of("id", "columns", "jdbcUrl", "table", "passwordEnv", "query");

    assertThat(NearestName.of(unknown, known).orElse(null)).isEqualTo(meant);
  }
}
