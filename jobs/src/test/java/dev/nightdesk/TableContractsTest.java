package dev.nightdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.contract.ColumnContract;
import dev.nightdesk.contract.Contracts;
import dev.nightdesk.dim.DimAgent;
import dev.nightdesk.dim.DimChannel;
import dev.nightdesk.dim.DimCustomer;
import dev.nightdesk.dim.DimDate;
import dev.nightdesk.dim.DimMacro;
import dev.nightdesk.dim.DimTicketType;
import dev.nightdesk.fact.FactAgentShift;
import dev.nightdesk.fact.FactBacklogChange;
import dev.nightdesk.fact.FactCall;
import dev.nightdesk.fact.FactCallLeg;
import dev.nightdesk.fact.FactConversion;
import dev.nightdesk.fact.FactMacroUse;
import dev.nightdesk.fact.FactMessage;
import dev.nightdesk.fact.FactOrder;
import dev.nightdesk.fact.FactResolution;
import dev.nightdesk.fact.FactResponse;
import dev.nightdesk.fact.FactSelfServiceSession;
import dev.nightdesk.fact.FactSla;
import dev.nightdesk.fact.FactSocialMention;
import dev.nightdesk.fact.FactSurvey;
import dev.nightdesk.fact.FactTicket;
import dev.nightdesk.fact.FactTicketStatus;
import dev.nightdesk.history.TicketHistory;
import dev.nightdesk.run.DefaultDefinitions;
import dev.nightdesk.table.Inputs;
import dev.nightdesk.table.Night;
import dev.nightdesk.table.ReportingCalendar;
import dev.nightdesk.table.Table;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TableContractsTest extends SparkTestBase {

  /** Tables made from ticket_history and staged tables. */
  static final List<Table> TABLES =
      List.of(
          new DimAgent(),
          new DimCustomer(),
          new DimTicketType(),
          new DimChannel(),
          new DimDate(),
          new DimMacro(),
          new FactOrder(),
          new FactConversion(),
          new FactTicket(),
          new FactTicketStatus(),
          new FactResolution(),
          new FactResponse(),
          new FactSla(),
          new FactBacklogChange(),
          new FactMessage(),
          new FactCall(),
          new FactCallLeg(),
          new FactMacroUse(),
          new FactSurvey(),
          new FactSocialMention(),
          new FactSelfServiceSession(),
          new FactAgentShift());

  private static final Night NIGHT =
      new Night(LocalDate.parse("2021-06-30"), ReportingCalendar.UTC, DefaultDefinitions.VALUE);

  @Test
  void everyTableOfEmptyInputsHasTheColumnsOfItsContract() {
    Map<String, Dataset<Row>> available = new HashMap<>();
    TicketHistory history = new TicketHistory();
    available.put(history.name(), build(history, available));

    for (Table table : TABLES) {
      Dataset<Row> rows = build(table, available);
      assertThat(
              Arrays.stream(rows.schema().fields())
                  .map(field -> field.name() + " " + field.dataType().sql()))
          .as(table.name())
          .containsExactlyElementsOf(contract(table.name()));
      // A warehouse without tickets still has the agent of work that nobody did.
      assertThat(rows.count()).as(table.name()).isEqualTo(table.name().equals("dim_agent") ? 1 : 0);
    }
  }

  /** Builds a table; staged inputs that are not available are empty. */
  private static Dataset<Row> build(Table table, Map<String, Dataset<Row>> available) {
    for (String input : table.inputs()) {
      available.computeIfAbsent(input, name -> rows(StagedFixture.schema(name)));
    }
    return table.build(Inputs.of(table, available), NIGHT);
  }

  private static List<String> contract(String table) {
    return Contracts.of(table).columns().stream().map(TableContractsTest::text).toList();
  }

  private static String text(ColumnContract column) {
    return column.name() + " " + column.type().sql();
  }
}
