package dev.nightdesk.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nightdesk.contract.Catalogue;
import dev.nightdesk.contract.YamlNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final int TICKETS = 6_000;
  private static final int DAYS = 90;

  @TempDir static Path shared;
  private static Path out;
  private static GeneratedDumps dumps;
  private static Map<String, List<JsonNode>> ticketVersions;
  private static Map<String, List<JsonNode>> messages;
  private static Map<String, List<JsonNode>> events;

  @TempDir Path folder;

  @BeforeAll
  static void generate() throws IOException {
    out = shared.resolve("dumps");
    dumps = Generator.generate(GeneratorOptions.of(TICKETS, DAYS, 7, out), Progress.SILENT);
    ticketVersions = distinctByTicket(Entity.TICKET, "updated_at");
    messages = distinctByTicket(Entity.MESSAGE, "sent_at");
    events = distinctByTicket(Entity.TICKET_EVENT, "occurred_at");
  }

  @Test
  void theSameSeedGivesTheSameBytesWhateverTheLocaleAndZone() throws Exception {
    GeneratorOptions options = GeneratorOptions.of(400, 12, 3, folder.resolve("first"));
    Generator.generate(options, Progress.SILENT);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      Generator.generate(
          GeneratorOptions.of(400, 12, 3, folder.resolve("second")), Progress.SILENT);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
    Generator.generate(GeneratorOptions.of(400, 12, 4, folder.resolve("other")), Progress.SILENT);

    Map<String, String> first = hashes(folder.resolve("first"));
    assertThat(first).hasSizeGreaterThan(100);
    assertThat(hashes(folder.resolve("second"))).isEqualTo(first);
    assertThat(
            hashes(folder.resolve("other")).get("helpdesk/ticket/dt=2025-12-31/part-00000.json.gz"))
        .isNotEqualTo(first.get("helpdesk/ticket/dt=2025-12-31/part-00000.json.gz"));
  }

  @Test
  void everyLineSatisfiesItsRawContract() throws IOException {
    for (Entity entity : Entity.values()) {
      String path = "raw/canonical/" + entity.folder() + ".yaml";
      Map<String, YamlNode> fields = new HashMap<>();
      for (YamlNode field : new YamlNode(path, Catalogue.yaml(path)).nodes("fields")) {
        fields.put(field.text("name"), field);
      }
      List<Delivered> lines = lines(entity);
      assertThat(lines).as(entity.folder()).isNotEmpty();
      List<String> violations = new ArrayList<>();
      for (Delivered line : lines) {
        for (String name : names(line.record())) {
          if (!fields.containsKey(name)) {
            violations.add(name + " is no field: " + line);
          }
        }
        for (Map.Entry<String, YamlNode> field : fields.entrySet()) {
          JsonNode value = line.record().get(field.getKey());
          if (value == null
              ? field.getValue().flag("required")
              : !isRight(field.getValue(), value)) {
            violations.add(field.getKey() + " is " + value + ": " + line);
          }
        }
      }
      assertThat(violations).isEmpty();
    }
  }

  @Test
  void everyTicketIsMadeAndBelongsToAKnownCustomer() throws IOException {
    Set<String> customers = new HashSet<>();
    for (Delivered line : lines(Entity.CUSTOMER)) {
      customers.add(line.record().get("customer_id").asText());
    }

    assertThat(ticketVersions).hasSize(TICKETS);
    for (List<JsonNode> versions : ticketVersions.values()) {
      assertThat(customers.contains(versions.get(0).get("requester_id").asText())).isTrue();
    }
    assertThat(messages.keySet()).isEqualTo(ticketVersions.keySet());
  }

  @Test
  void aRecordIsInTheDumpOfItsLocalDayUnlessItIsLateOrRepeated() throws IOException {
    int onTime = 0;
    int others = 0;
    for (Delivered line : lines(Entity.MESSAGE)) {
      String version = line.record().has("updated_at") ? "updated_at" : "sent_at";
      LocalDate day = at(line.record(), version).atZone(BERLIN).toLocalDate();
      assertThat(line.day()).isAfterOrEqualTo(day).isBeforeOrEqualTo(day.plusDays(12));
      if (line.day().equals(day)) {
        onTime++;
      } else {
        others++;
      }
    }
    assertThat(others).isPositive();
    assertThat((double) others / onTime).isLessThan(0.02);
  }

  @Test
  void someRecordsComeTwiceAndSomeEntriesComeLate() throws IOException {
    Set<JsonNode> seen = new HashSet<>();
    int repeated = 0;
    int late = 0;
    for (Delivered line : lines(Entity.TICKET_EVENT)) {
      LocalDate day = at(line.record(), "occurred_at").atZone(BERLIN).toLocalDate();
      if (!seen.add(line.record())) {
        repeated++;
      } else if (line.day().isAfter(day)) {
        assertThat(line.day()).isBeforeOrEqualTo(day.plusDays(2));
        late++;
      }
    }
    assertThat(repeated).isPositive();
    assertThat(late).isBetween(10, 200);
  }

  @Test
  void aStoryBeginsWithItsFirstMessageAndItsStatesFollowEachOther() {
    assertThat(events).isNotEmpty();
    for (Map.Entry<String, List<JsonNode>> story : events.entrySet()) {
      String created = ticketVersions.get(story.getKey()).get(0).get("created_at").asText();
      assertThat(messages.get(story.getKey()).get(0).get("sent_at").asText()).isEqualTo(created);
      String status = "new";
      String assignee = "";
      Instant before = Instant.parse(created);
      for (JsonNode event : story.getValue()) {
        assertThat(at(event, "occurred_at")).isAfterOrEqualTo(before);
        before = at(event, "occurred_at");
        String to = event.path("new_value").asText();
        if (event.get("event_type").asText().equals("status")) {
          assertThat(event.path("previous_value").asText()).as("%s", event).isEqualTo(status);
          assertThat(to).as("%s", event).isNotEqualTo(status);
          status = to;
        } else if (event.get("event_type").asText().equals("assignee")) {
          assertThat(event.path("previous_value").asText()).as("%s", event).isEqualTo(assignee);
          assignee = to;
        }
      }
    }
  }

  @Test
  void theOrderOfATicketsEntriesIsTheOrderOfTheirSequences() {
    for (String ticket : ticketVersions.keySet()) {
      List<JsonNode> entries = new ArrayList<>(messages.get(ticket));
      entries.addAll(events.getOrDefault(ticket, List.of()));
      entries.sort(Comparator.comparingLong(entry -> entry.get("sequence").asLong()));
      Instant before = Instant.EPOCH;
      for (JsonNode entry : entries) {
        Instant at = at(entry, entry.has("sent_at") ? "sent_at" : "occurred_at");
        assertThat(at).as("%s", entry).isAfterOrEqualTo(before);
        before = at;
      }
    }
  }

  @Test
  void aLeaverActsNoMoreAndOpenTicketsMoveOn() throws IOException {
    Map<String, Instant> leavers = new HashMap<>();
    for (Delivered line : lines(Entity.AGENT)) {
      if (line.record().has("left_at")) {
        leavers.put(line.record().get("agent_id").asText(), at(line.record(), "left_at"));
      }
    }
    assertThat(leavers).isNotEmpty();

    Instant end = LocalDate.of(2026, 1, 1).atStartOfDay(BERLIN).toInstant();
    int reassigned = 0;
    for (List<JsonNode> story : events.values()) {
      String assignee = "";
      String status = "new";
      for (JsonNode event : story) {
        Instant left = leavers.get(event.path("actor_id").asText());
        assertThat(left == null || !at(event, "occurred_at").isAfter(left))
            .as("%s", event)
            .isTrue();
        if (event.get("event_type").asText().equals("assignee")) {
          Instant gone = leavers.get(assignee);
          reassigned += gone != null && !at(event, "occurred_at").isBefore(gone) ? 1 : 0;
          assignee = event.get("new_value").asText();
        } else if (event.get("event_type").asText().equals("status")) {
          status = event.get("new_value").asText();
        }
      }
      if (Set.of("new", "open", "pending", "hold").contains(status)
          && leavers.containsKey(assignee)) {
        assertThat(leavers.get(assignee).plusSeconds(3_600)).isAfterOrEqualTo(end);
      }
    }
    for (JsonNode message : all(messages)) {
      Instant left = leavers.get(message.path("author_id").asText());
      assertThat(left == null || !at(message, "sent_at").isAfter(left)).as("%s", message).isTrue();
    }
    assertThat(reassigned).isPositive();
  }

  @Test
  void theSharesAreThoseOfARealDesk() {
    List<JsonNode> tickets = ticketVersions.values().stream().map(GeneratorTest::last).toList();
    assertThat(share(tickets, ticket -> ticket.has("merged_into_id"))).isBetween(0.013, 0.025);
    assertThat(share(tickets, ticket -> ticket.has("is_spam"))).isBetween(0.010, 0.020);
    assertThat(share(tickets, ticket -> ticket.has("is_deleted"))).isBetween(0.002, 0.010);
    assertThat(share(tickets, ticket -> ticket.has("opened_by_id"))).isBetween(0.033, 0.047);
    assertThat(share(tickets, ticket -> ticket.get("channel").asText().equals("email")))
        .isBetween(0.32, 0.36);
    assertThat(tickets.stream().map(ticket -> ticket.path("type").asText()).distinct().count())
        .isBetween(20L, 24L);

    List<List<JsonNode>> solved =
        events.values().stream().filter(story -> solves(story) > 0).toList();
    assertThat((double) solved.size() / TICKETS).isBetween(0.85, 0.97);
    assertThat(share(solved, story -> solves(story) > 1)).isBetween(0.06, 0.10);
  }

  @Test
  void fourOfFiveSurveyAnswersArePositive() throws IOException {
    Map<String, JsonNode> newest = new HashMap<>();
    for (Delivered line : lines(Entity.SURVEY)) {
      newest.merge(
          line.record().get("survey_id").asText(),
          line.record(),
          (one, other) -> at(one, "updated_at").isAfter(at(other, "updated_at")) ? one : other);
    }
    List<JsonNode> stars =
        newest.values().stream()
            .filter(survey -> survey.has("answered_at") && survey.path("scale_max").asInt() == 5)
            .filter(survey -> survey.get("kind").asText().equals("csat"))
            .toList();
    assertThat(stars).hasSizeGreaterThan(200);
    assertThat(share(stars, survey -> survey.get("score").asInt() >= 4)).isBetween(0.72, 0.88);
  }

  @Test
  void messagesHaveTheAskedLengths() {
    List<JsonNode> written = all(messages).stream().filter(message -> message.has("body")).toList();
    assertThat(share(written, message -> bytes(message) >= Phrases.LONG_BYTES))
        .isEqualTo(GeneratorOptions.DEFAULT_TEXT_SHARE, within(0.02));
    long spoken = written.stream().filter(message -> !message.has("is_public")).count();
    assertThat((double) spoken / TICKETS)
        .isEqualTo(GeneratorOptions.DEFAULT_MESSAGES_PER_TICKET, within(0.6));
    int longest = messages.values().stream().mapToInt(List::size).max().orElseThrow();
    assertThat(longest).isGreaterThan(40);
  }

  @Test
  void theWeekHasItsRhythmAndOneTypeAppearsLate() {
    Map<Integer, Integer> perWeekday = new TreeMap<>();
    LocalDate firstOfLateType = LocalDate.MAX;
    for (List<JsonNode> versions : ticketVersions.values()) {
      LocalDate day = at(versions.get(0), "created_at").atZone(BERLIN).toLocalDate();
      perWeekday.merge(day.getDayOfWeek().getValue(), 1, Integer::sum);
      if (Demand.LATE_TYPE.equals(versions.get(0).path("type").asText())
          && day.isBefore(firstOfLateType)) {
        firstOfLateType = day;
      }
    }
    assertThat(perWeekday.get(1)).isGreaterThan(2 * perWeekday.get(7));
    assertThat(firstOfLateType)
        .isBetween(LocalDate.of(2025, 10, 3).plusDays(60), LocalDate.of(2025, 12, 31));
  }

  @Test
  void aMergedTicketNamesAnOlderTicketOfTheSameCustomer() {
    int merged = 0;
    for (List<JsonNode> versions : ticketVersions.values()) {
      JsonNode ticket = last(versions);
      if (ticket.has("merged_into_id")) {
        JsonNode survivor = last(ticketVersions.get(ticket.get("merged_into_id").asText()));
        assertThat(survivor.get("requester_id")).isEqualTo(ticket.get("requester_id"));
        assertThat(at(survivor, "created_at")).isBeforeOrEqualTo(at(ticket, "created_at"));
        merged++;
      }
    }
    assertThat(merged).isPositive();
  }

  @Test
  void theConfigurationPromisesOnlyWhatEveryDayHas() throws IOException {
    String config = Files.readString(dumps.config());
    YamlNode entities =
        new YamlNode("nightdesk.yaml", Catalogue.parseYaml("nightdesk.yaml", config))
            .node("sources")
            .node("helpdesk")
            .node("entities");
    assertThat(entities.keys())
        .containsExactly(
            "ticket",
            "ticket_event",
            "message",
            "survey",
            "agent",
            "customer",
            "schedule",
            "sla_policy",
            "call",
            "order",
            "agent_shift",
            "macro",
            "macro_use",
            "social_mention",
            "self_service_session");
    for (String entity : entities.keys()) {
      boolean isWhole = files(out.resolve("helpdesk").resolve(entity)).size() == DAYS;
      boolean isPromised = !entities.node(entity).flag("optional");
      assertThat(isWhole || !isPromised).as(entity).isTrue();
    }
    assertThat(entities.node("ticket").flag("optional")).isFalse();
    assertThat(config).contains("currency: EUR");
  }

  @Test
  void whoTakesACallIsWhoThenWrites() throws IOException {
    Map<String, String> firstWriters = new HashMap<>();
    Set<String> agents = new HashSet<>();
    for (Delivered line : lines(Entity.AGENT)) {
      agents.add(line.record().get("agent_id").asText());
    }
    messages.forEach(
        (ticket, written) ->
            written.stream()
                .filter(message -> !message.has("is_public"))
                .map(message -> message.path("author_id").asText())
                .filter(agents::contains)
                .findFirst()
                .ifPresent(author -> firstWriters.put(ticket, author)));
    List<JsonNode> taken =
        lines(Entity.CALL).stream()
            .map(Delivered::record)
            .filter(call -> call.has("answered_at") && call.has("queued_at"))
            .toList();
    assertThat(taken).hasSizeGreaterThan(300);
    for (JsonNode call : taken) {
      assertThat(at(call, "answered_at")).as("%s", call).isAfter(at(call, "queued_at"));
      assertThat(call.get("legs").get(0).get("agent_id").asText())
          .as("%s", call)
          .isEqualTo(firstWriters.get(call.get("ticket_id").asText()));
    }
  }

  @Test
  void someCallersGiveUpAndSomeOfThemAtOnce() throws IOException {
    List<Long> waits =
        lines(Entity.CALL).stream()
            .map(Delivered::record)
            .filter(call -> call.has("abandoned_at"))
            .map(call -> at(call, "abandoned_at").getEpochSecond() - queuedAt(call))
            .toList();
    assertThat(waits).hasSizeGreaterThan(100);
    assertThat(share(waits, wait -> wait < 5)).isBetween(0.01, 0.2);
  }

  @Test
  void ordersHaveGuestsRefundsTestsAndTwoCurrencies() throws IOException {
    List<JsonNode> orders = lines(Entity.ORDER).stream().map(Delivered::record).toList();
    assertThat(orders.stream().map(order -> order.get("currency").asText()).distinct())
        .containsExactlyInAnyOrder("EUR", "CHF");
    List<JsonNode> guests = orders.stream().filter(order -> !order.has("customer_id")).toList();
    assertThat(share(guests, order -> order.has("email") ^ order.has("phone"))).isEqualTo(1);
    assertThat(guests).anyMatch(order -> order.has("phone"));
    assertThat(share(orders, order -> !order.has("customer_id"))).isBetween(0.13, 0.22);
    assertThat(share(orders, order -> order.has("refunds"))).isBetween(0.04, 0.12);
    assertThat(share(orders, order -> order.has("cancelled_at"))).isBetween(0.01, 0.05);
    assertThat(share(orders, order -> order.has("is_test"))).isBetween(0.0005, 0.01);
  }

  @Test
  void someMacrosAreToldTwiceAndSomeChangeOnlyTheTicket() throws IOException {
    List<JsonNode> uses = lines(Entity.MACRO_USE).stream().map(Delivered::record).toList();
    List<JsonNode> inMessages = uses.stream().filter(use -> use.has("message_id")).toList();
    assertThat(
            inMessages.stream()
                .map(use -> use.get("macro_id").asText() + " " + use.get("message_id").asText())
                .distinct()
                .count())
        .isLessThan(inMessages.stream().map(use -> use.get("macro_use_id")).distinct().count());
    assertThat(uses).anyMatch(use -> use.has("event_id"));
    Set<String> used = new HashSet<>();
    uses.forEach(use -> used.add(use.get("macro_id").asText()));
    assertThat(lines(Entity.MACRO))
        .anyMatch(line -> !used.contains(line.record().get("macro_id").asText()));
  }

  @Test
  void oneDayIsFullOfMentions() throws IOException {
    Map<LocalDate, Integer> perDay = new TreeMap<>();
    for (Delivered line : lines(Entity.SOCIAL_MENTION)) {
      perDay.merge(line.day(), 1, Integer::sum);
    }
    List<Integer> counts = perDay.values().stream().sorted(Comparator.reverseOrder()).toList();
    assertThat(counts.get(0)).isGreaterThan(3 * counts.get(1));
  }

  @Test
  void someShiftsPassMidnightSomeAreWithdrawnAndSomeWorkIsOnNoPlan() throws IOException {
    Set<String> planned = new HashSet<>();
    Set<String> present = new HashSet<>();
    int overMidnight = 0;
    int withdrawn = 0;
    int open = 0;
    for (Delivered line : lines(Entity.AGENT_SHIFT)) {
      JsonNode shift = line.record();
      LocalDate day = at(shift, "started_at").atZone(BERLIN).toLocalDate();
      String place = shift.get("agent_id").asText() + " " + day;
      (shift.get("kind").asText().equals("shift") ? planned : present).add(place);
      withdrawn += shift.has("is_deleted") ? 1 : 0;
      if (!shift.has("ended_at")) {
        open++;
      } else if (at(shift, "ended_at").atZone(BERLIN).toLocalDate().isAfter(day)) {
        overMidnight++;
      }
    }
    assertThat(overMidnight).isPositive();
    assertThat(withdrawn).isPositive();
    assertThat(open).isPositive();
    present.removeAll(planned);
    assertThat(present).isNotEmpty();
  }

  @Test
  void someChatsEndBeforeAHumanWrites() {
    long givenUp =
        ticketVersions.entrySet().stream()
            .filter(ticket -> last(ticket.getValue()).get("channel").asText().equals("chat"))
            .filter(
                ticket ->
                    messages.get(ticket.getKey()).stream()
                        .noneMatch(
                            message -> message.path("author_class").asText().equals("agent")))
            .filter(
                ticket ->
                    events.getOrDefault(ticket.getKey(), List.of()).stream()
                        .anyMatch(event -> event.get("event_type").asText().equals("assignee")))
            .filter(ticket -> solves(events.get(ticket.getKey())) > 0)
            .count();
    assertThat(givenUp).isBetween(10L, 120L);
  }

  @Test
  void someMessagesLackALanguageAndSomeHaveAScoreOfTheSource() {
    List<JsonNode> written = all(messages).stream().filter(message -> message.has("body")).toList();
    assertThat(share(written, message -> !message.has("language"))).isBetween(0.02, 0.04);
    List<JsonNode> scored =
        written.stream().filter(message -> message.has("sentiment_score")).toList();
    assertThat(scored)
        .isNotEmpty()
        .allMatch(message -> Math.abs(message.get("sentiment_score").asDouble()) <= 1);
  }

  @Test
  void aFolderThatHoldsDumpsIsLeftAlone() {
    assertThatThrownBy(() -> Generator.generate(GeneratorOptions.of(1, 1, 1, out), Progress.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds dumps already");
  }

  @Test
  void oneTicketOnOneDayIsEnough() {
    GeneratedDumps tiny =
        Generator.generate(GeneratorOptions.of(1, 1, 1, folder.resolve("tiny")), Progress.SILENT);

    assertThat(tiny.rows()).containsEntry("ticket", 1L);
    assertThat(folder.resolve("tiny/.helpdesk-waiting")).doesNotExist();
  }

  private record Delivered(LocalDate day, JsonNode record) {}

  private static List<Delivered> lines(Entity entity) throws IOException {
    List<Delivered> lines = new ArrayList<>();
    for (Path file : files(out.resolve("helpdesk").resolve(entity.folder()))) {
      LocalDate day = LocalDate.parse(file.getParent().getFileName().toString().substring(3));
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(new Delivered(day, JSON.readTree(line)));
        }
      }
    }
    return lines;
  }

  private static Map<String, List<JsonNode>> distinctByTicket(Entity entity, String instant)
      throws IOException {
    Map<String, List<JsonNode>> byTicket = new TreeMap<>();
    Set<JsonNode> seen = new HashSet<>();
    for (Delivered line : lines(entity)) {
      JsonNode record = line.record();
      boolean isLaterVersion = record.has("updated_at") && !instant.equals("updated_at");
      if (!isLaterVersion && seen.add(record)) {
        byTicket
            .computeIfAbsent(record.get("ticket_id").asText(), id -> new ArrayList<>())
            .add(record);
      }
    }
    for (List<JsonNode> records : byTicket.values()) {
      records.sort(
          Comparator.<JsonNode, Instant>comparing(record -> at(record, instant))
              .thenComparingLong(record -> record.path("sequence").asLong()));
    }
    return byTicket;
  }

  private static boolean isRight(YamlNode field, JsonNode value) {
    List<String> codes = field.texts("codes");
    return switch (field.text("type")) {
      case "id" -> value.isTextual() && !value.asText().isBlank();
      case "text" -> value.isTextual();
      case "code" -> codes.contains(value.asText());
      case "instant" -> value.asText().length() == 20 && Instant.parse(value.asText()) != null;
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "decimal" -> new BigDecimal(value.asText()).signum() > 0;
      case "json" -> value.isArray();
      case "zone" -> java.time.ZoneId.getAvailableZoneIds().contains(value.asText());
      default -> false;
    };
  }

  private static Set<String> names(JsonNode record) {
    Set<String> names = new HashSet<>();
    record.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static long solves(List<JsonNode> story) {
    long solves = 0;
    boolean isResolved = false;
    for (JsonNode event : story) {
      if (event.get("event_type").asText().equals("status")) {
        String status = event.get("new_value").asText();
        boolean wasResolved = isResolved;
        if (!status.equals("deleted")) {
          isResolved = status.equals("solved") || status.equals("closed");
        }
        solves += isResolved && !wasResolved ? 1 : 0;
      }
    }
    return solves;
  }

  private static int bytes(JsonNode message) {
    return message.get("body").asText().getBytes(StandardCharsets.UTF_8).length;
  }

  private static <T> double share(List<T> things, Predicate<T> condition) {
    return (double) things.stream().filter(condition).count() / things.size();
  }

  private static <T> T last(List<T> things) {
    return things.get(things.size() - 1);
  }

  private static List<JsonNode> all(Map<String, List<JsonNode>> byTicket) {
    return byTicket.values().stream().flatMap(List::stream).toList();
  }

  private static Instant at(JsonNode record, String field) {
    return Instant.parse(record.get(field).asText());
  }

  private static long queuedAt(JsonNode call) {
    return at(call, "queued_at").getEpochSecond();
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Map<String, String> hashes(Path root) throws Exception {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : files(root)) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      hashes.put(root.relativize(file).toString(), HexFormat.of().formatHex(hash));
    }
    return hashes;
  }
}
