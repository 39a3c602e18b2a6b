package dev.nightdesk.audit;

import dev.nightdesk.contract.TableContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

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

  /**
   * What asks the rules, by what they are about, in words: each gives a result per rule and table,
   * of a broken rule one per column, figure or day that breaks it.
   */
  public Map<String, Supplier<List<AuditResult>>> parts() {
    Map<String, Supplier<List<AuditResult>>> parts = new LinkedHashMap<>();
    parts.put("rules of rows", () -> new RowAudit(tables).results());
    parts.put("rules of references", () -> new ReferenceAudit(tables, contracts).results());
    parts.put("rules of cells", () -> new CellAudit(tables, kpis, contracts).results());
    parts.put("rules of totals", () -> new TotalAudit(tables, kpis, contracts).results());
    return parts;
  }
}
