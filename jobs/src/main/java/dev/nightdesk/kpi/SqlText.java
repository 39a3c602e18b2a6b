package dev.nightdesk.kpi;

import dev.nightdesk.contract.ContractViolation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
          "\\b(?:FROM|JOIN)\\s+((?:fact|dim|kpi|period|setting)_\\w+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMENT = Pattern.compile("--[^\\n]*");

  private static final Pattern ALL_COLUMNS =
      Pattern.compile("(?:SELECT|,)\\s*(?:\\w+\\.)?\\*", Pattern.CASE_INSENSITIVE);

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

  static String withoutComments(String sql) {
    return COMMENT.matcher(sql).replaceAll("");
  }

  /** The warehouse tables that a query reads, in order of appearance. */
  static List<String> tables(String sql) {
    Set<String> tables = new LinkedHashSet<>();
    Matcher matcher = TABLE.matcher(withoutComments(sql));
    while (matcher.find()) {
      tables.add(matcher.group(1));
    }
    return List.copyOf(tables);
  }

  /**
   * Those of some columns that a query may use: all whose name it mentions, and every one if it
   * selects all.
   */
  static List<String> mentioned(String sql, List<String> columns) {
    String text = withoutComments(sql);
    if (ALL_COLUMNS.matcher(text).find()) {
      return columns;
    }
    List<String> words = List.of(text.toLowerCase(Locale.ROOT).split("\\W+"));
    return columns.stream().filter(words::contains).toList();
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
