package dev.nightdesk.logic;

import static dev.nightdesk.logic.TicketScript.at;
import static dev.nightdesk.logic.TicketScript.createdAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightdesk.logic.SlaEvent.Kind;
import dev.nightdesk.logic.SlaPolicy.Target;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VendorSlaTest {

  /** First response and resolution within an hour, by our reading of the policies. */
  private static final SlaPolicies AN_HOUR =
      SlaPolicies.of(
          List.of(
              new SlaPolicy(
                  "h:ours",
                  1,
                  Set.of(),
                  Set.of(),
                  null,
                  List.of(
                      new Target(SlaMetric.FIRST_RESPONSE, null, 3_600, false),
                      new Target(SlaMetric.RESOLUTION, null, 3_600, false)))));

  private static TicketScript answeredAfterTwoHours() {
    return createdAt("2021-06-01T08:00:00")
        .with(AN_HOUR)
        .customer("2021-06-01T08:00:00")
        .agent("2021-06-01T10:00:00", "h:ann");
  }

  private static List<SlaInstance> ofFirstResponse(TicketScript script) {
    return script.read().sla().stream()
        .filter(instance -> instance.metric() == SlaMetric.FIRST_RESPONSE)
        .toList();
  }

  @Test
  void aBreachIsWhereTheVendorSaysAndOurPolicyIsNotAsked() {
    List<SlaInstance> instances =
        ofFirstResponse(
            answeredAfterTwoHours()
                .vendorSla("2021-06-01T08:00:00", SlaMetric.FIRST_RESPONSE, 1, Kind.ACTIVATE)
                .vendorTarget("2021-06-01T08:00:01", SlaMetric.FIRST_RESPONSE, 1, 5_400)
                .vendorSla("2021-06-01T09:31:00", SlaMetric.FIRST_RESPONSE, 1, Kind.BREACH)
                .vendorSla("2021-06-01T10:00:00", SlaMetric.FIRST_RESPONSE, 1, Kind.FULFILL));

    assertThat(instances).hasSize(1);
    SlaInstance instance = instances.get(0);
    assertThat(instance.policyKey()).isEqualTo("h:vendors");
    assertThat(instance.targetSeconds()).isEqualTo(5_400);
    assertThat(instance.dueAt()).isEqualTo(at("2021-06-01T09:31:00"));
    assertThat(instance.isBreachedWhenDecided()).isTrue();
    assertThat(instance.decidedAt()).isEqualTo(at("2021-06-01T09:31:00"));
  }

  @Test
  void whatTheVendorSawKeptIsKeptWhateverTheTargetSays() {
    SlaInstance instance =
        ofFirstResponse(
                answeredAfterTwoHours()
                    .vendorTarget("2021-06-01T08:00:00", SlaMetric.FIRST_RESPONSE, 1, 3_600)
                    .vendorSla("2021-06-01T10:00:00", SlaMetric.FIRST_RESPONSE, 1, Kind.FULFILL))
            .get(0);

    assertThat(instance.isBreachedWhenDecided()).isFalse();
    assertThat(instance.decidedAt()).isEqualTo(at("2021-06-01T10:00:00"));
  }

  @Test
  void aMetricOfWhichTheVendorTellsNoTargetHasNoPromiseAndTheOthersStayOurs() {
    TicketFacts facts =
        answeredAfterTwoHours()
            .vendorSla("2021-06-01T08:00:00", SlaMetric.FIRST_RESPONSE, 1, Kind.ACTIVATE)
            .vendorSla("2021-06-01T10:00:00", SlaMetric.FIRST_RESPONSE, 1, Kind.FULFILL)
            .read();

    assertThat(facts.sla()).extracting(SlaInstance::metric).containsExactly(SlaMetric.RESOLUTION);
    assertThat(facts.sla()).extracting(SlaInstance::policyKey).containsExactly("h:ours");
  }

  @Test
  void withoutABreachOrAnAnswerThePromiseIsDueByItsLastTarget() {
    SlaInstance instance =
        ofFirstResponse(
                createdAt("2021-06-01T08:00:00")
                    .customer("2021-06-01T08:00:00")
                    .vendorTarget("2021-06-01T08:00:00", SlaMetric.FIRST_RESPONSE, 1, 86_400)
                    .vendorTarget("2021-06-01T09:00:00", SlaMetric.FIRST_RESPONSE, 1, 7_200))
            .get(0);

    assertThat(instance.startedAt()).isEqualTo(at("2021-06-01T08:00:00"));
    assertThat(instance.dueAt()).isEqualTo(at("2021-06-01T10:00:00"));
    assertThat(instance.fulfilledAt()).isNull();
  }

  @Test
  void aBreachThatLiesAheadIsNotKnownAndWaited() {
    TicketFacts facts =
        createdAt("2021-06-01T08:00:00")
            .vendorTarget("2021-06-01T08:00:00", SlaMetric.FIRST_RESPONSE, 1, 86_400)
            .vendorSla("2021-06-01T09:00:00", SlaMetric.FIRST_RESPONSE, 1, Kind.BREACH)
            .asOf("2021-06-01T09:00:00");

    assertThat(facts.sla().get(0).dueAt()).isEqualTo(at("2021-06-02T08:00:00"));
    assertThat(facts.deferredFromAt()).isEqualTo(at("2021-06-01T09:00:00"));
  }
}
