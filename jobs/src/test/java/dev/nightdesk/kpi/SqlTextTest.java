package dev.nightdesk.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTextTest {

  @Test
  void tablesAreThoseReadAndNotThoseMentioned() {
    assertThat(
            SqlText.tables(
                "-- FROM fact_old\nSELECT 1 FROM fact_a JOIN dim_b USING (k) JOIN setting_c"))
        .containsExactly("fact_a", "dim_b", "setting_c");
  }
}
