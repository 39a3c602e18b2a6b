package dev.nightdesk.kpi;

import dev.nightdesk.contract.ContractViolation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import scala.jdk.javaapi.CollectionConverters;

/** What can be told of the SQL of a pair without running it. */
final class SqlText {

  private static final Pattern TABLE =
      Pattern.compile(
          "\\b(?:FROM|JOIN)\\s+((?:fact|dim|kpi|period)_\\w+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMENT = Pattern.compile("--[^\\n]*");

  /** Texts and comments, which hold no parameters, casts, and parameters. */
  private static final Pattern TOKEN =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|--[^\\n]*|::|:([A-Za-z_]\\w*)");

  private SqlText() {}

  /**
   * The columns that an expression names.
   *
   * @param place file and key of the expression
   * @throws ContractViolation if it is no SQL expression
   */
  static Set<String> columns(String place, String sql) {
    Set<String> columns = new LinkedHashSet<>();
    for (Expression leaf : CollectionConverters.asJava(parse(place, sql).collectLeaves())) {
      if (leaf instanceof UnresolvedAttribute attribute) {
        columns.add(attribute.nameParts().mkString("."));
      }
    }
    return columns;
  }

  /** The warehouse tables that a query reads, in order of appearance. */
  static List<String> tables(String sql) {
    Set<String> tables = new LinkedHashSet<>();
    Matcher matcher = TABLE.matcher(COMMENT.matcher(sql).replaceAll(""));
    while (matcher.find()) {
      tables.add(matcher.group(1));
    }
    return List.copyOf(tables);
  }

  /**
   * A query with its named parameters (`:as_of`) written out as literals.
   *
   * <p>By text, because Delta's parser does not bind the parameters of Spark's {@code sql}, and
   * because the drill-down shows a query that anybody can run.
   *
   * @param file what to call the query in errors
   * @param parameters values by name: instants, numbers, texts
   * @throws ContractViolation if the query names a parameter that there is not
   */
  static String bind(String file, String sql, Map<String, Object> parameters) {
    return TOKEN
        .matcher(sql)
        .replaceAll(
            token -> {
              String name = token.group(1);
              if (name == null) {
                return Matcher.quoteReplacement(token.group());
              }
              if (!parameters.containsKey(name)) {
                throw new ContractViolation(
                    "%s uses the parameter :%s, but there are only %s. Use one of these."
                        .formatted(file, name, parameters.keySet().stream().sorted().toList()));
              }
              return Matcher.quoteReplacement(literal(parameters.get(name)));
            });
  }

  /** A value as SQL. */
  static String literal(Object value) {
    if (value instanceof Instant instant) {
      return "TIMESTAMP'" + instant + "'";
    }
    if (value instanceof LocalDate date) {
      return "DATE'" + date + "'";
    }
    if (value instanceof Long number) {
      return number + "L";
    }
    return value instanceof Number
        ? value.toString()
        : "'" + value.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static Expression parse(String place, String sql) {
    try {
      return CatalystSqlParser$.MODULE$.parseExpression(sql);
    } catch (Exception e) {
      // Scala does not declare ParseException, so the compiler does not know that it comes.
      if (e instanceof ParseException) {
        throw new ContractViolation(
            "%s is no SQL expression: %s. Mend it: %s"
                .formatted(place, sql, e.getMessage().strip()),
            e);
      }
      throw e;
    }
  }
}
