package dev.nightdesk.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The named parameters ({@code :as_of}) of the SQL files of {@code schemas/}, written out as
 * literals.
 *
 * <p>By text, because Delta's parser does not bind the parameters of Spark's {@code sql}, and
 * because a query that is shown to people should run anywhere.
 */
public final class SqlParameters {

  /**
   * Texts, names and comments, which hold no parameters; casts; parameters. A colon behind a letter
   * belongs to a type: {@code STRUCT<leg_id:STRING>}.
   */
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|--[^\\n]*|/\\*[\\s\\S]*?\\*/|::"
              + "|(?<![\\w`]):([A-Za-z_]\\w*)");

  private SqlParameters() {}

  /**
   * A query with its parameters written out.
   *
   * @param file what to call the query in errors
   * @param parameters values by name, each one that {@link #literal} knows
   * @throws ContractViolation if the query names a parameter that there is not
   */
  public static String bind(String file, String sql, Map<String, Object> parameters) {
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

  /**
   * A value as SQL.
   *
   * @param value an instant, a date, a number, a text, or a list of these
   */
  public static String literal(Object value) {
    if (value instanceof Instant instant) {
      return "TIMESTAMP'" + instant + "'";
    }
    if (value instanceof LocalDate date) {
      return "DATE'" + date + "'";
    }
    if (value instanceof Long number) {
      return number + "L";
    }
    if (value instanceof List<?> values) {
      return values.stream()
          .map(SqlParameters::literal)
          .collect(Collectors.joining(", ", "array(", ")"));
    }
    return value instanceof Number
        ? value.toString()
        : "'" + value.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
