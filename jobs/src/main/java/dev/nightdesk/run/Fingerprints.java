package dev.nightdesk.run;

import dev.nightdesk.contract.Catalogue;
import dev.nightdesk.contract.RawContract;
import dev.nightdesk.kpi.Breakdown;
import dev.nightdesk.kpi.Topic;
import dev.nightdesk.table.Definitions;
import dev.nightdesk.table.ReportingCalendar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Of everything that a number is defined by, a checksum under its name, so that a night sees what
 * has changed since the publication that it stands on.
 *
 * <p>The names begin with what must be made anew: {@code stage: }, {@code facts: }, {@code kpis: }.
 * Of {@code stage: } the rest is {@code <source>/<entity>}, or what all feeds share.
 */
final class Fingerprints {

  /** Begins the names of what staged rows are defined by. */
  static final String STAGE = "stage: ";

  /** Begins the names of what dims and facts are defined by. */
  static final String FACTS = "facts: ";

  /** Begins the names of what KPI tables are defined by. */
  static final String KPIS = "kpis: ";

  /** What every feed shares. */
  static final String ALL_FEEDS = STAGE + "the code that reads dumps";

  private final Map<String, String> values = new TreeMap<>();

  private Fingerprints() {}

  /** Of this program and configuration. */
  static Map<String, String> of(NightdeskConfig config, Kpis kpis) {
    Fingerprints fingerprints = new Fingerprints();
    Properties code = code();
    fingerprints.stage(config, code.getProperty("staging"));
    fingerprints.facts(config, code.getProperty("facts"));
    fingerprints.kpis(config, kpis, code.getProperty("kpis"));
    return fingerprints.values;
  }

  private void stage(NightdeskConfig config, String code) {
    put(ALL_FEEDS, code);
    for (SourceConfig source : config.sources()) {
      for (String entity : source.entities().keySet()) {
        RawContract contract = RawContract.of(source.type(), entity);
        StringBuilder text = new StringBuilder();
        text.append(Catalogue.text("raw/%s/%s.yaml".formatted(source.type(), entity)));
        new TreeMap<>(contract.mappings())
            .forEach(
                (target, sql) ->
                    text.append(target)
                        .append(sql)
                        .append(Catalogue.text("staged/stg_%s.yaml".formatted(target))));
        text.append(source.texts()).append(source.delimiter());
        text.append(source.entities().get(entity).streams());
        text.append(new TreeMap<>(source.columns())).append(new TreeMap<>(source.options()));
        if (contract.mappings().containsKey("message")) {
          text.append(config.messageText()).append(config.definitions().sentimentLanguage());
        }
        put(STAGE + source.name() + "/" + entity, text.toString());
      }
    }
  }

  private void facts(NightdeskConfig config, String code) {
    put(FACTS + "the code of facts", code);
    calendar(FACTS, config.calendar());
    Definitions definitions = config.definitions();
    put(FACTS + "definitions.csat-cut-points", new TreeMap<>(definitions.csatCutPoints()));
    put(FACTS + "definitions.default-sla-minutes", new TreeMap<>(definitions.defaultSlaTargets()));
    put(FACTS + "definitions.channel-groups", new TreeMap<>(definitions.channelGroups()));
    put(FACTS + "definitions.bots", new TreeSet<>(definitions.botKeys()));
    put(FACTS + "definitions.windows", definitions.windows());
    put(FACTS + "definitions.handle-time", definitions.handleTime());
    // Together, so that the checksum tells nobody what the salt is.
    put(
        FACTS + "hash-salt or definitions.phone-region",
        definitions.identity().phoneRegion() + '\n' + definitions.identity().hashSalt());
    Warehouse.dimsAndFacts()
        .forEach(
            table ->
                put(
                    FACTS + "schemas/mart/" + table.name() + ".yaml",
                    Catalogue.text("mart/" + table.name() + ".yaml")));
  }

  private void kpis(NightdeskConfig config, Kpis kpis, String code) {
    put(KPIS + "the code of KPIs", code);
    calendar(KPIS, config.calendar());
    Definitions definitions = config.definitions();
    put(KPIS + "definitions.windows", definitions.windows());
    put(KPIS + "definitions.channel-groups", new TreeMap<>(definitions.channelGroups()));
    put(KPIS + "reporting.currency", definitions.reportingCurrency());
    put(KPIS + "yardsticks", definitions.yardsticks());
    put(KPIS + "extra-breakdowns", kpis.breakdowns().stream().map(Breakdown::code).toList());
    put(KPIS + "the entities that are delivered", new TreeSet<>(config.deliveredEntities()));
    for (String table : new String[] {"kpi_value", "kpi_catalog"}) {
      put(KPIS + "schemas/mart/" + table + ".yaml", Catalogue.text("mart/" + table + ".yaml"));
    }
    for (Topic topic : kpis.catalog().topics()) {
      put(
          KPIS + "schemas/kpi/" + topic.code(),
          Catalogue.text("kpi/" + topic.code() + ".sql")
              + Catalogue.text("kpi/" + topic.code() + ".yaml"));
    }
  }

  private void calendar(String prefix, ReportingCalendar calendar) {
    put(prefix + "reporting.zone", calendar.zone());
    put(prefix + "reporting.week-start", calendar.weekStart());
    put(prefix + "reporting.fiscal-year-start-month", calendar.fiscalYearStartMonth());
  }

  private void put(String name, Object value) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256")
              .digest(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
      values.put(name, HexFormat.of().formatHex(sum, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static Properties code() {
    Properties properties = new Properties();
    try (InputStream stream =
        Fingerprints.class.getResourceAsStream("/code-checksums.properties")) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("The checksums of the code cannot be read", e);
    }
    return properties;
  }
}
