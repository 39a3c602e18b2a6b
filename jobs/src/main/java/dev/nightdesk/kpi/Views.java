package dev.nightdesk.kpi;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Temporary views that shadow tables of the same name, and are therefore dropped in any case. */
final class Views {

  private final SparkSession session;
  private final Set<String> names = new LinkedHashSet<>();

  Views(SparkSession session) {
    this.session = session;
  }

  /** Makes a name mean these rows; SQL that ran before still means what it meant then. */
  void create(String name, Dataset<Row> rows) {
    rows.createOrReplaceTempView(name);
    names.add(name);
  }

  void drop() {
    names.forEach(session.catalog()::dropTempView);
  }
}
