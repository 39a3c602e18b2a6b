package dev.nightdesk.logic;

import static dev.nightdesk.logic.TicketScript.at;
import static dev.nightdesk.logic.TicketScript.createdAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightdesk.logic.SlaPolicy.Target;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlaClockTest {

  private static SlaPolicy policy(String key, int position, Target... targets) {
    return new SlaPolicy(key, position, Set.of(), Set.of(), null, List.of(targets));
  }

  private static Target target(SlaMetric metric, String priority, long seconds) {
    return new Target(metric, priority, seconds, false);
  }

  private static final SlaPolicies BY_PRIORITY =
      SlaPolicies.of(
          List.of(
              policy(
                  "h:p",
                  1,
                  target(SlaMetric.FIRST_RESPONSE, null, 8 * 3_600),
                  target(SlaMetric.FIRST_RESPONSE, "urgent", 5_400))));

  /** Golden case 10. */
  @Test
  void aReplyExactlyAtTheTargetMeetsIt() {
    TicketScript script =
        createdAt("2021-06-01T09:00:00").with(BY_PRIORITY).agent("2021-06-01T17:00:00", "h:ann");

    SlaInstance met = script.read().sla().get(0);
    assertThat(met.dueAt()).isEqualTo(at("2021-06-01T17:00:00"));
    assertThat(met.isBreachedWhenDecided()).isFalse();
    SlaInstance late =
        createdAt("2021-06-01T09:00:00")
            .with(BY_PRIORITY)
            .agent("2021-06-01T17:00:01", "h:ann")
            .read()
            .sla()
            .get(0);
    assertThat(late.isBreachedWhenDecided()).isTrue();
    assertThat(late.decidedAt()).isEqualTo(at("2021-06-01T17:00:00"));
  }

  /** Golden case 10. */
  @Test
  void aChangeOfPriorityAppliesTheNewTargetToTheSameStart() {
    SlaInstance instance =
        createdAt("2021-06-01T09:00:00")
            .with(BY_PRIORITY)
            .change("2021-06-01T10:00:00", "priority", "normal", "urgent", "h:ann")
            .agent("2021-06-01T11:00:00", "h:ann")
            .read()
            .sla()
            .get(0);

    assertThat(instance.startedAt()).isEqualTo(at("2021-06-01T09:00:00"));
    assertThat(instance.dueAt()).isEqualTo(at("2021-06-01T10:30:00"));
    assertThat(instance.priorityCode()).isEqualTo("urgent");
    assertThat(instance.isBreachedWhenDecided()).isTrue();
  }

  @Test
  void aTargetThatIsPastWhenItComesIsBreachedThen() {
    SlaInstance instance =
        createdAt("2021-06-01T09:00:00")
            .with(BY_PRIORITY)
            .change("2021-06-01T12:00:00", "priority", null, "urgent", "h:ann")
            .change("2021-06-01T13:00:00", "priority", "urgent", "normal", "h:ann")
            .agent("2021-06-01T14:00:00", "h:ann")
            .read()
            .sla()
            .get(0);

    assertThat(instance.dueAt()).isEqualTo(at("2021-06-01T12:00:00"));
    assertThat(instance.isBreachedWhenDecided()).isTrue();
  }

  @Test
  void theFirstSolveWithoutReplyFulfilsTheFirstResponse() {
    SlaInstance instance =
        createdAt("2021-06-01T09:00:00")
            .with(BY_PRIORITY)
            .status("2021-06-01T10:00:00", "solved", "h:ann")
            .agent("2021-06-03T10:00:00", "h:ann")
            .read()
            .sla()
            .get(0);

    assertThat(instance.fulfilledAt()).isEqualTo(at("2021-06-01T10:00:00"));
  }

  @Test
  void nextResponsesAreWaitsAfterTheFirstReplyAndResolutionsAreCycles() {
    SlaPolicies policies =
        SlaPolicies.of(
            List.of(
                policy(
                    "h:p",
                    1,
                    target(SlaMetric.NEXT_RESPONSE, null, 600),
                    target(SlaMetric.RESOLUTION, null, 3_600))));

    List<SlaInstance> instances =
        createdAt("2021-06-01T09:00:00")
            .with(policies)
            .customer("2021-06-01T09:00:00")
            .agent("2021-06-01T09:05:00", "h:ann")
            .customer("2021-06-01T09:10:00")
            .status("2021-06-01T09:30:00", "solved", "h:ann")
            .customer("2021-06-02T09:00:00")
            .status("2021-06-02T09:00:00", "open", "h:customer")
            .assign("2021-06-02T09:01:00", "h:bob")
            .read()
            .sla();

    assertThat(instances)
        .extracting(
            SlaInstance::metric,
            SlaInstance::number,
            SlaInstance::dueAt,
            SlaInstance::fulfilledAt,
            SlaInstance::agentKey)
        .containsExactly(
            tuple(
                SlaMetric.NEXT_RESPONSE,
                1,
                at("2021-06-01T09:20:00"),
                at("2021-06-01T09:30:00"),
                "unassigned"),
            tuple(SlaMetric.NEXT_RESPONSE, 2, at("2021-06-02T09:10:00"), null, "h:bob"),
            tuple(
                SlaMetric.RESOLUTION,
                1,
                at("2021-06-01T10:00:00"),
                at("2021-06-01T09:30:00"),
                "unassigned"),
            tuple(SlaMetric.RESOLUTION, 2, at("2021-06-02T10:00:00"), null, "h:bob"));
  }

  @Test
  void theLowestPositionThatFitsTheTicketApplies() {
    Target hour = target(SlaMetric.FIRST_RESPONSE, null, 3_600);
    SlaPolicies policies =
        SlaPolicies.of(
            List.of(
                new SlaPolicy("h:chat", 1, Set.of("chat"), Set.of(), null, List.of(hour)),
                new SlaPolicy(
                    "h:mail", 2, Set.of("email"), Set.of("question"), null, List.of(hour)),
                policy("h:all", 3, hour)));

    assertThat(createdAt("2021-06-01T09:00:00").with(policies).read().sla())
        .extracting(SlaInstance::policyKey)
        .containsExactly("h:mail");
  }

  @Test
  void theVersionAtTheStartHoldsAndAnEventNamesAnotherPolicy() {
    SlaPolicies policies =
        SlaPolicies.of(
            List.of(
                policy("h:p", 1, target(SlaMetric.FIRST_RESPONSE, null, 3_600)),
                new SlaPolicy(
                    "h:p",
                    1,
                    Set.of(),
                    Set.of(),
                    at("2021-06-01T09:30:00"),
                    List.of(target(SlaMetric.FIRST_RESPONSE, null, 60))),
                policy("h:vip", 9, target(SlaMetric.FIRST_RESPONSE, null, 1_800))));

    assertThat(createdAt("2021-06-01T09:00:00").with(policies).read().sla().get(0).targetSeconds())
        .isEqualTo(3_600);
    SlaInstance vip =
        createdAt("2021-06-01T09:00:00")
            .with(policies)
            .change("2021-06-01T09:01:00", "sla_policy", null, "h:vip", "h:robot")
            .read()
            .sla()
            .get(0);
    assertThat(vip.policyKey()).isEqualTo("h:vip");
    assertThat(vip.dueAt()).isEqualTo(at("2021-06-01T09:30:00"));
  }

  @Test
  void aTicketWithoutMatchOrAnOutboundOneHasNoFirstResponsePromise() {
    SlaPolicies chatOnly =
        SlaPolicies.of(
            List.of(
                new SlaPolicy(
                    "h:chat",
                    1,
                    Set.of("chat"),
                    Set.of(),
                    null,
                    List.of(target(SlaMetric.FIRST_RESPONSE, null, 60)))));

    assertThat(createdAt("2021-06-01T09:00:00").with(chatOnly).read().sla()).isEmpty();
    assertThat(createdAt("2021-06-01T09:00:00").outbound().with(BY_PRIORITY).read().sla())
        .isEmpty();
    assertThat(createdAt("2021-06-01T09:00:00").with(BY_PRIORITY).read().sla()).hasSize(1);
  }

  @Test
  void aSourceWithoutPoliciesPromisesTheFirstResponseByDefault() {
    SlaInstance instance =
        createdAt("2021-06-01T09:00:00")
            .with(SlaPolicies.onlyFirstResponse(600))
            .read()
            .sla()
            .get(0);

    assertThat(instance.policyKey()).isEqualTo("default");
    assertThat(instance.dueAt()).isEqualTo(at("2021-06-01T09:10:00"));
  }

  @Test
  void aBusinessTargetIsDueInOpenHours() {
    SlaPolicies policies =
        SlaPolicies.of(
            List.of(policy("h:p", 1, new Target(SlaMetric.FIRST_RESPONSE, null, 7_200, true))));
    Schedule.Version tuesdays =
        new Schedule.Version(
            null,
            ZoneId.of("UTC"),
            List.of(Schedule.Hours.of(DayOfWeek.TUESDAY, "10:00", "11:00")),
            List.of());

    SlaInstance instance =
        createdAt("2021-06-01T09:00:00")
            .with(policies)
            .with(BusinessTime.of(new Schedule(List.of(tuesdays))))
            .read()
            .sla()
            .get(0);

    assertThat(instance.dueAt()).isEqualTo(at("2021-06-08T11:00:00"));
  }

  @Test
  void thePriorityOfATicketThatNeverChangedItIsTheRows() {
    assertThat(
            createdAt("2021-06-01T09:00:00")
                .with(BY_PRIORITY)
                .withPriority("urgent")
                .read()
                .sla()
                .get(0)
                .targetSeconds())
        .isEqualTo(5_400);
  }
}
