package dev.nightdesk.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightdesk.SparkTestBase;
import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.ContractViolation;
import dev.nightdesk.contract.TableContract;
import dev.nightdesk.contract.TableContract.Layer;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaTablesTest extends SparkTestBase {

  private static final TableContract DOORS =
      new TableContract(
          "dim_door",
          Layer.DIM,
          "One row per door.",
          List.of("door_key"),
          "porter",
          List.of(
              new ColumnContract(
                  "door_key", DataTypes.StringType, true, "", List.of(), "The door."),
              new ColumnContract(
                  "state_code",
                  DataTypes.StringType,
                  false,
                  "",
                  List.of("open", "shut"),
                  "Its state.")));

  @TempDir Path warehouse;

  private DeltaTables tables() {
    return new DeltaTables(spark(), warehouse.toUri().toString());
  }

  private Written append(Dataset<Row> doors) {
    return tables().append(DOORS, doors, 1, "{\"run_id\":\"r1\"}");
  }

  private static Dataset<Row> doors(String key, String state) {
    return rows(DOORS.schema(), RowFactory.create(key, state));
  }

  @Test
  void aTableIsBornWithItsRowsInOneCommitThatKeepsNotNullCommentsChecksAndProvenance() {
    assertThat(append(doors("front", "open"))).isEqualTo(new Written(0, 1));

    assertSameRows(doors("front", "open"), tables().read(DOORS));
    assertThatThrownBy(
            () ->
                append(rows("door_key string, state_code string", RowFactory.create(null, "open"))))
        .hasStackTraceContaining("DELTA_NOT_NULL_CONSTRAINT_VIOLATED");
    assertThatThrownBy(() -> append(doors("back", "ajar")))
        .hasStackTraceContaining("DELTA_VIOLATE_CONSTRAINT_WITH_VALUES");
    Row detail = spark().sql("DESCRIBE DETAIL delta.`" + tables().path(DOORS) + "`").first();
    assertThat(detail.<Integer>getAs("minReaderVersion")).isEqualTo(1);
    assertThat(
            spark()
                .read()
                .format("delta")
                .load(tables().path(DOORS))
                .schema()
                .apply("state_code")
                .getComment()
                .get())
        .isEqualTo("Its state.");
    assertThat(
            spark()
                .sql("DESCRIBE HISTORY delta.`" + tables().path(DOORS) + "`")
                .first()
                .<String>getAs("userMetadata"))
        .isEqualTo("{\"run_id\":\"r1\"}");
  }

  @Test
  void rowsOfTheNewestVersionStayThoseOfThatVersionWhateverIsCommittedBeforeTheyAreCounted() {
    append(doors("front", "open"));
    Dataset<Row> read = tables().read(DOORS);

    append(doors("back", "shut"));

    assertSameRows(doors("front", "open"), read);
  }

  @Test
  void aCodeMayBeNullWhereTheContractAllowsIt() {
    append(doors("front", null));

    assertSameRows(doors("front", null), tables().read(DOORS));
  }

  @Test
  void aTableThatWasNeverWrittenIsEmptyAndHasItsColumns() {
    assertThat(tables().read(DOORS).columns()).containsExactly("door_key", "state_code");
    assertThat(tables().exists(DOORS)).isFalse();
  }

  @Test
  void rowsWithOtherColumnsAreRefused() {
    assertThatThrownBy(() -> append(rows("door_key string", RowFactory.create("front"))))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("dim_door");
  }
}
