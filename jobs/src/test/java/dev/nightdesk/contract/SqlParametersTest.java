package dev.nightdesk.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlParametersTest {

  private static final Map<String, Object> PARAMETERS =
      Map.of(
          "as_of",
          Instant.parse("2026-03-01T00:00:00Z"),
          "member",
          "o'hara",
          "window",
          7L,
          "min",
          20,
          "bots",
          List.of("r2", "d'2"));

  @Test
  void parametersBecomeLiterals() {
    assertThat(bind("at < :as_of AND x = :member AND n > :window AND m >= :min"))
        .isEqualTo(
            "at < TIMESTAMP'2026-03-01T00:00:00Z' AND x = 'o\\'hara' AND n > 7L AND m >= 20");
  }

  @Test
  void listsBecomeArrays() {
    assertThat(bind("array_contains(:bots, x) OR x = :bots[0]"))
        .isEqualTo("array_contains(array('r2', 'd\\'2'), x) OR x = array('r2', 'd\\'2')[0]");
  }

  @Test
  void colonsInTextsNamesCommentsTypesAndCastsAreNoParameters() {
    String sql =
        "SELECT ':as_of', \":as_of\", `a:min`, '10:30', a::int, CAST(b AS STRUCT<c:STRING, d: INT>)"
            + " /* :x */ -- :member\n"
            + "FROM t";

    assertThat(bind(sql)).isEqualTo(sql);
  }

  @Test
  void anUnknownParameterIsRefusedByFile() {
    assertThatThrownBy(() -> bind("at < :as_if"))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("x.sql")
        .hasMessageContaining(":as_if");
  }

  private static String bind(String sql) {
    return SqlParameters.bind("x.sql", sql, PARAMETERS);
  }
}
