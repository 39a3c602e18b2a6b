package dev.nightdesk.kpi;

import dev.nightdesk.contract.Catalogue;
import dev.nightdesk.contract.ContractViolation;
import java.util.List;

/**
 * The two files of a topic, unread.
 *
 * @param topic the name of both
 * @param sql text of the SQL file
 * @param yaml text of the YAML file
 */
public record Pair(String topic, String sql, String yaml) {

  private static final String FOLDER = "kpi/";

  /**
   * The pairs of {@code schemas/kpi}, sorted by name.
   *
   * @throws ContractViolation if one of two files is missing
   */
  public static List<Pair> bundled() {
    List<String> files = Catalogue.list(FOLDER);
    for (String file : files) {
      if (file.endsWith(".sql") && !files.contains(file.replace(".sql", ".yaml"))) {
        throw new ContractViolation(
            "schemas/%s has no YAML beside it. Add schemas/%s."
                .formatted(file, file.replace(".sql", ".yaml")));
      }
    }
    return files.stream()
        .filter(file -> file.endsWith(".yaml"))
        .map(file -> file.substring(FOLDER.length(), file.length() - ".yaml".length()))
        .map(
            topic ->
                new Pair(
                    topic,
                    Catalogue.text(FOLDER + topic + ".sql"),
                    Catalogue.text(FOLDER + topic + ".yaml")))
        .toList();
  }
}
