package dev.nightdesk.kpi;

import dev.nightdesk.table.Yardsticks;
import dev.nightdesk.table.Yardsticks.AlertRule;
import dev.nightdesk.table.Yardsticks.ServiceLevel;
import dev.nightdesk.table.Yardsticks.Target;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * All KPI topics of a warehouse, read and checked.
 *
 * @param topics sorted by name
 */
public record KpiCatalog(List<Topic> topics) {

  /** Chapters in the order in which people read them. */
  private static final List<String> SECTIONS =
      List.of("Volume", "Speed", "Quality", "Automation", "Commerce", "Agents");

  private static final List<String> CHANNEL_GROUPS = List.of("email", "social", "live");

  /** Null until it is read: every step asks for it. */
  private static volatile KpiCatalog bundled;

  public KpiCatalog {
    topics = List.copyOf(topics);
  }

  /**
   * The catalogue that the jar carries.
   *
   * @throws dev.nightdesk.contract.ContractViolation if a pair cannot be read; the message names
   *     file and place
   */
  public static KpiCatalog bundled() {
    KpiCatalog known = bundled;
    if (known == null) {
      known = of(Pair.bundled());
      bundled = known;
    }
    return known;
  }

  /**
   * A catalogue of pairs.
   *
   * @throws dev.nightdesk.contract.ContractViolation if a pair cannot be read; the message names
   *     file and place
   */
  public static KpiCatalog of(List<Pair> pairs) {
    List<Topic> topics = PairReader.read(pairs);
    return new KpiCatalog(
        topics.stream().sorted(java.util.Comparator.comparingInt(KpiCatalog::position)).toList());
  }

  /** Every KPI, chapter by chapter. */
  public List<Kpi> kpis() {
    return KpiTables.kpis(topics);
  }

  /**
   * Checks that yardsticks name what there is.
   *
   * @param breakdowns of the warehouse
   * @throws IllegalArgumentException naming the first setting whose KPI, grain, breakdown or
   *     channel group does not exist
   */
  public void refuseUnknown(Yardsticks yardsticks, List<Breakdown> breakdowns) {
    for (ServiceLevel level : yardsticks.serviceLevels()) {
      String place = "yardsticks: service-levels";
      require(place, "kpi", level.kpi(), named(Grain.DAY, Breakdown.CHANNEL));
      require(place, "channel-group", level.channelGroup(), CHANNEL_GROUPS);
    }
    for (AlertRule rule : yardsticks.alertRules()) {
      require("yardsticks: alerts: rules", "kpi", rule.kpi(), named(Grain.DAY, Breakdown.ALL));
    }
    for (Target target : yardsticks.targets()) {
      String place = "yardsticks: targets";
      Breakdown breakdown =
          breakdowns.stream()
              .filter(each -> each.code().equals(target.breakdown()))
              .findFirst()
              .orElse(Breakdown.ALL);
      require(
          place,
          "breakdown",
          target.breakdown(),
          breakdowns.stream().map(Breakdown::code).toList());
      require(place, "grain", target.grain(), Grain.OF_DAYS.stream().map(Grain::code).toList());
      Grain grain = Grain.valueOf(target.grain().toUpperCase(Locale.ROOT));
      require(place, "kpi", target.kpi(), named(grain, breakdown));
    }
  }

  private List<String> named(Grain grain, Breakdown breakdown) {
    return kpis().stream()
        .filter(kpi -> kpi.isIn(breakdown) && kpi.grains().contains(grain))
        .map(Kpi::name)
        .toList();
  }

  private static void require(String place, String key, String value, List<String> known) {
    if (!known.contains(value)) {
      throw new IllegalArgumentException(
          "%s: `%s` is %s, which is not there. Write one of %s."
              .formatted(place, key, value, known));
    }
  }

  /** The topics that are tables of their own. */
  public List<Topic> tables() {
    return topics.stream().filter(topic -> topic.kind() == Topic.Kind.TABLE).toList();
  }

  /**
   * Every KPI with the question that it answers, and every table of its own, a line each, for
   * people at a terminal.
   */
  public String list() {
    int width = kpis().stream().mapToInt(kpi -> kpi.name().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (String section : kpis().stream().map(Kpi::section).distinct().toList()) {
      text.append(section).append('\n');
      for (Kpi kpi : kpis()) {
        if (kpi.section().equals(section)) {
          text.append("  ").append(kpi.name()).append(" ".repeat(width - kpi.name().length() + 2));
          text.append(kpi.question()).append('\n');
        }
      }
      text.append('\n');
    }
    text.append("Tables of their own\n");
    int tableWidth = tables().stream().mapToInt(table -> table.code().length()).max().orElse(0);
    for (Topic table : tables()) {
      text.append("  ")
          .append(table.code())
          .append(" ".repeat(tableWidth - table.code().length() + 2))
          .append(table.description())
          .append('\n');
    }
    return text.toString();
  }

  /**
   * One KPI.
   *
   * @throws NoSuchElementException if there is none of that name
   */
  public Kpi kpi(String name) {
    return kpis().stream()
        .filter(kpi -> kpi.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "There is no KPI %s. `kpis --list` shows them.".formatted(name)));
  }

  /**
   * One topic.
   *
   * @throws NoSuchElementException if there is none of that name
   */
  public Topic topic(String code) {
    return topics.stream()
        .filter(topic -> topic.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("There is no KPI topic " + code));
  }

  /** The topic that folds a measure. */
  Topic topicOf(String measure) {
    return topics.stream()
        .filter(topic -> topic.measures().stream().anyMatch(own -> own.name().equals(measure)))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("There is no measure " + measure));
  }

  private static int position(Topic topic) {
    int position = SECTIONS.indexOf(topic.section());
    return position < 0 ? SECTIONS.size() : position;
  }
}
