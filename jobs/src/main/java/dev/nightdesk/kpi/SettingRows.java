package dev.nightdesk.kpi;

import dev.nightdesk.table.Yardsticks;
import dev.nightdesk.table.Yardsticks.AlertRule;
import dev.nightdesk.table.Yardsticks.Limit;
import dev.nightdesk.table.Yardsticks.ServiceLevel;
import dev.nightdesk.table.Yardsticks.Target;
import java.sql.Date;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The yardsticks of the configuration as tables that the SQL of tables of their own may join. */
final class SettingRows {

  private static final String SERVICE_LEVEL = "setting_service_level";
  private static final String ALERT = "setting_alert";
  private static final String TARGET = "setting_target";

  static final Set<String> NAMES = Set.of(SERVICE_LEVEL, ALERT, TARGET);

  private final Yardsticks yardsticks;

  SettingRows(Yardsticks yardsticks) {
    this.yardsticks = yardsticks;
  }

  Map<String, Dataset<Row>> tables(SparkSession session) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put(
        SERVICE_LEVEL,
        session.createDataFrame(
            serviceLevels(),
            StructType.fromDDL(
                "channel_group_code string, kpi_code string, valid_from date, points int,"
                    + " comparison_code string, limit_value double")));
    tables.put(
        ALERT,
        session.createDataFrame(
            yardsticks.alertRules().stream().map(SettingRows::row).toList(),
            StructType.fromDDL(
                "kpi_code string, bad_direction_code string, min_count bigint,"
                    + " relative_change double, absolute_change double, week_count int,"
                    + " valid_from date")));
    tables.put(
        TARGET,
        session.createDataFrame(
            yardsticks.targets().stream().map(SettingRows::row).toList(),
            StructType.fromDDL(
                "kpi_code string, grain_code string, breakdown_code string, member_key string,"
                    + " comparison_code string, target_value double, valid_from date,"
                    + " valid_to date")));
    return tables;
  }

  /** A row per limit; the first is of 5 points. */
  private List<Row> serviceLevels() {
    List<Row> rows = new ArrayList<>();
    for (ServiceLevel level : yardsticks.serviceLevels()) {
      int points = 5;
      for (Limit limit : level.limits()) {
        rows.add(
            RowFactory.create(
                level.channelGroup(),
                level.kpi(),
                Date.valueOf(level.validFrom()),
                points,
                limit.comparison(),
                limit.value()));
        points--;
      }
    }
    return rows;
  }

  private static Row row(AlertRule rule) {
    return RowFactory.create(
        rule.kpi(),
        code(rule.bad()),
        rule.minCount(),
        rule.relativeChange(),
        rule.absoluteChange(),
        rule.weekCount(),
        Date.valueOf(rule.validFrom()));
  }

  private static Row row(Target target) {
    return RowFactory.create(
        target.kpi(),
        target.grain(),
        target.breakdown(),
        target.member(),
        code(target.comparison()),
        target.value(),
        Date.valueOf(target.validFrom()),
        target.validTo() == null ? null : Date.valueOf(target.validTo()));
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
