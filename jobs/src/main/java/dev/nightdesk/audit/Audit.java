package dev.nightdesk.audit;

import dev.nightdesk.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Every rule about tables, held against what a night is about to publish. */
public final class Audit {

  private final AuditedTables tables;
  private final AuditedKpis kpis;
  private final Function<String, TableContract> contracts;

  /**
   * @param contracts the contract of a table by its name, of KPI tables too
   */
  public Audit(AuditedTables tables, AuditedKpis kpis, Function<String, TableContract> contracts) {
    this.tables = tables;
    this.kpis = kpis;
    this.contracts = contracts;
  }

  /** A result per rule and table; of a broken rule one per column, figure or day that breaks it. */
  public List<AuditResult> results() {
    List<AuditResult> results = new ArrayList<>(new RowAudit(tables).results());
    results.addAll(new ReferenceAudit(tables, contracts).results());
    results.addAll(new CellAudit(tables, kpis, contracts).results());
    results.addAll(new TotalAudit(tables, kpis, contracts).results());
    return results;
  }
}
