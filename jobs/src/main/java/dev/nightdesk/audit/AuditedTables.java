package dev.nightdesk.audit;

import dev.nightdesk.contract.TableContract;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables of a night that nobody sees yet. */
public interface AuditedTables {

  /** Whether the tables are so small that a question takes longer to plan than to answer. */
  boolean areSmall();

  /** The tables that the night changed. */
  List<TableContract> changed();

  /** The rows of the files that the night wrote: what is new, and what was copied along with it. */
  Dataset<Row> written(TableContract table);

  /** Every row that the table will have. */
  Dataset<Row> whole(TableContract table);
}
