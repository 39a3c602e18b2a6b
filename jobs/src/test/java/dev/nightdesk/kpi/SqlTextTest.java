package dev.nightdesk.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.contract.ContractViolation;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlTextTest {

  private static final Map<String, Object> PARAMETERS =
      Map.of("as_of", Instant.parse("2026-03-01T00:00:00Z"), "member", "o'hara", "window", 7L);

  @Test
  void parametersBecomeLiterals() {
    assertThat(bind("at < :as_of AND x = :member AND n > :window"))
        .isEqualTo("at < TIMESTAMP'2026-03-01T00:00:00Z' AND x = 'o\\'hara' AND n > 7L");
  }

  @Test
  void colonsInTextsCommentsAndCastsAreNoParameters() {
    String sql = "SELECT ':as_of', '10:30', a::int -- :member\nFROM t";

    assertThat(bind(sql)).isEqualTo(sql);
  }

  @Test
  void anUnknownParameterIsRefusedByFile() {
    assertThatThrownBy(() -> bind("at < :as_if"))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("x.sql")
        .hasMessageContaining(":as_if");
  }

  @Test
  void tablesAreThoseReadAndNotThoseMentioned() {
    assertThat(SqlText.tables("-- FROM fact_old\nSELECT 1 FROM fact_a JOIN dim_b USING (k)"))
        .containsExactly("fact_a", "dim_b");
  }

  private static String bind(String sql) {
    return SqlText.bind("x.sql", sql, PARAMETERS);
  }
}
