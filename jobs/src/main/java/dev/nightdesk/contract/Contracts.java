package dev.nightdesk.contract;

import dev.nightdesk.contract.TableContract.Layer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.types.DataType;

/** Reads the contracts of {@code schemas/}, which the jar carries. */
public final class Contracts {

  /** Contracts are asked for in every step of every table. */
  private static final Map<String, TableContract> KNOWN = new ConcurrentHashMap<>();

  private Contracts() {}

  /**
   * The contract of one table.
   *
   * @throws ContractViolation if there is none, or if it cannot be read
   */
  public static TableContract of(String table) {
    return KNOWN.computeIfAbsent(table, Contracts::read);
  }

  private static TableContract read(String table) {
    for (String folder : List.of("staged", "mart")) {
      String path = folder + "/" + table + ".yaml";
      if (Catalogue.has(path)) {
        return parse(path, Catalogue.yaml(path));
      }
    }
    throw new ContractViolation(
        "There is no contract of the table %s. Add schemas/mart/%s.yaml.".formatted(table, table));
  }

  /**
   * A contract out of a map: {@code table}, {@code layer}, {@code grain}, {@code key}, {@code
   * owner}, {@code columns}, and if it has them {@code unit} and {@code layout}; other keys are not
   * looked at.
   *
   * @param path the file, for errors
   * @throws ContractViolation if it cannot be read
   */
  public static TableContract parse(String path, Map<String, Object> yaml) {
    YamlNode root = new YamlNode(path, yaml);
    List<ColumnContract> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlNode column : root.nodes("columns")) {
      String name = column.text("name");
      if (!names.add(name)) {
        throw new ContractViolation(
            "%s names the column %s twice. Delete one.".formatted(path, name));
      }
      columns.add(
          new ColumnContract(
              name,
              type(column),
              column.flag("required"),
              column.textOr("unit", ""),
              column.texts("codes"),
              column.text("description"),
              checks(column)));
    }
    return new TableContract(
        root.text("table"),
        Layer.valueOf(root.text("layer").toUpperCase(Locale.ROOT)),
        root.text("grain"),
        root.texts("key"),
        root.text("owner"),
        columns,
        Optional.of(root.textOr("unit", "")).filter(unit -> !unit.isEmpty()),
        root.texts("layout"));
  }

  private static ColumnChecks checks(YamlNode column) {
    Optional<ColumnChecks.Reference> reference = Optional.empty();
    if (column.has("references")) {
      String[] target = column.text("references").split("\\.");
      if (target.length != 2) {
        throw new ContractViolation(
            "%s: `references` is %s. Write table.column."
                .formatted(column.place(), column.text("references")));
      }
      reference =
          Optional.of(
              new ColumnChecks.Reference(
                  target[0], target[1], column.textOr("references_where", "")));
    }
    return new ColumnChecks(
        reference,
        Optional.ofNullable(column.textOr("not_before", null)),
        column.flag("unbounded") ? ColumnChecks.Range.ANY : ColumnChecks.Range.NATURAL);
  }

  private static DataType type(YamlNode column) {
    try {
      return DataType.fromDDL(column.text("type"));
    } catch (RuntimeException e) {
      throw new ContractViolation(
          "%s: %s is no Spark type. Write it as in DDL, for example bigint or array<string>."
              .formatted(column.place(), column.text("type")),
          e);
    }
  }
}
