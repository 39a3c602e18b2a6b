package dev.nightdesk.history;

import dev.nightdesk.logic.AuthorClass;
import dev.nightdesk.logic.BacklogChange;
import dev.nightdesk.logic.BacklogChange.Part;
import dev.nightdesk.logic.Call;
import dev.nightdesk.logic.ChatRequest;
import dev.nightdesk.logic.Elapsed;
import dev.nightdesk.logic.FirstReply;
import dev.nightdesk.logic.MacroUse;
import dev.nightdesk.logic.Message;
import dev.nightdesk.logic.RatedSurvey;
import dev.nightdesk.logic.Reconciliation;
import dev.nightdesk.logic.SentMessage;
import dev.nightdesk.logic.SlaInstance;
import dev.nightdesk.logic.SolveCycle;
import dev.nightdesk.logic.StatusInterval;
import dev.nightdesk.logic.Survey;
import dev.nightdesk.logic.TicketFacts;
import dev.nightdesk.logic.TicketHeader;
import dev.nightdesk.logic.VendorMetric;
import dev.nightdesk.logic.WaitEpisode;
import dev.nightdesk.table.Definitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The facts of one ticket as one row.
 *
 * <p>Columns are named like those of the fact tables that are made of them; only instants ({@code
 * _at}) are still microseconds, which the projections turn into timestamps.
 */
final class HistoryRow {

  static final StructType SCHEMA =
      StructType.fromDDL(
          """
          ticket_key string, source_code string, ticket_id string, customer_key string, opener_key string,
          direction_code string, type_code string, channel_code string, brand_code string, team_code string,
          is_counted boolean, priority_code string, status_code string, is_resolved boolean,
          is_spam boolean, is_deleted boolean, is_sample boolean, merged_into_key string,
          created_at bigint, created_agent_key string, assignee_key string,
          first_replied_at bigint, first_replied_by_key string,
          first_response_seconds bigint, first_response_business_seconds bigint,
          first_solved_at bigint, first_solved_by_key string,
          first_resolution_seconds bigint, first_resolution_business_seconds bigint,
          last_solved_at bigint, last_solved_by_key string,
          resolution_seconds bigint, resolution_business_seconds bigint,
          solve_count bigint, reopen_count bigint, touch_count bigint, replying_agent_count bigint,
          incoming_message_count bigint, outgoing_message_count bigint, bot_message_count bigint,
          chat_requested_at bigint, chat_abandoned_at bigint,
          follow_up_of_key string, deferred_from_at bigint,
          statuses array<struct<interval_number:int,status_code:string,is_resolved:boolean,started_at:bigint,
            ended_at:bigint,started_by_key:string,started_by_class_code:string,assignee_key:string>>,
          resolutions array<struct<cycle_number:int,started_at:bigint,solved_at:bigint,solved_by_key:string,
            solver_class_code:string,reopened_at:bigint,is_first:boolean,is_last:boolean,
            cycle_seconds:bigint,cycle_business_seconds:bigint>>,
          responses array<struct<episode_number:int,opened_at:bigint,outcome_code:string,ended_at:bigint,
            agent_key:string,response_seconds:bigint,response_business_seconds:bigint,is_first:boolean>>,
          sla array<struct<metric_code:string,instance_number:int,policy_key:string,priority_code:string,
            target_seconds:bigint,is_business:boolean,started_at:bigint,due_at:bigint,fulfilled_at:bigint,
            decided_at:bigint,is_breached_when_decided:boolean,agent_key:string>>,
          backlog_changes array<struct<change_number:int,changed_at:bigint,agent_key:string,backlog_change:int,
            unassigned_change:int,customer_waiting_change:int,new_change:int,open_change:int,pending_change:int,
            hold_change:int,under_1_day_change:int,from_1_to_3_days_change:int,from_3_to_7_days_change:int,
            from_7_to_30_days_change:int,over_30_days_change:int>>,
          messages array<struct<message_id:string,sent_at:bigint,author_key:string,author_class_code:string,
            agent_key:string,is_public:boolean,is_exchange_start:boolean,chat_session_id:string,
            language_code:string,body_length:bigint,sentiment_score:decimal(5,4),
            sentiment_scorer_code:string>>,
          surveys array<struct<survey_key:string,source_code:string,customer_key:string,kind_code:string,
            sent_at:bigint,sent_agent_key:string,answered_at:bigint,agent_key:string,scale_min:double,
            scale_max:double,is_higher_better:boolean,score:double,answer_code:string>>,
          calls array<struct<call_key:string,source_code:string,call_id:string,customer_key:string,
            direction_code:string,started_at:bigint,queued_at:bigint,answered_at:bigint,abandoned_at:bigint,
            ended_at:bigint,legs:array<struct<leg_id:string,agent_key:string,talk_seconds:bigint,
              hold_seconds:bigint,wrap_up_seconds:bigint>>>>,
          macro_uses array<struct<macro_key:string,used_in_id:string,agent_key:string,used_at:bigint>>,
          reconciliations array<struct<metric_code:string,clock_code:string,our_value:bigint,
            vendor_value:bigint,vendor_step:bigint,difference:bigint,reason_code:string>>,
          agent_keys array<string>, bot_keys array<string>
          """);

  private HistoryRow() {}

  static Row of(TicketFacts facts, List<Reconciliation> reconciliations) {
    TicketHeader ticket = facts.header();
    FirstReply reply = facts.firstReply();
    ChatRequest request = facts.chatRequest();
    SolveCycle first = facts.firstSolve();
    SolveCycle last = facts.lastSolve();
    return RowFactory.create(
        ticket.ticketKey(),
        ticket.sourceCode(),
        ticket.ticketId(),
        ticket.customerKey(),
        ticket.openerKey(),
        facts.isOutbound() ? "outbound" : "inbound",
        ticket.typeCode(),
        ticket.channelCode(),
        ticket.brandCode(),
        ticket.teamCode(),
        facts.isCounted(),
        facts.priorityCode(),
        facts.status().code(),
        facts.status().isResolved(),
        facts.isSpam(),
        facts.isDeleted(),
        ticket.isSample(),
        facts.mergedIntoKey(),
        facts.createdAt(),
        facts.createdAgentKey(),
        facts.assigneeKey(),
        reply == null ? null : reply.at(),
        reply == null ? null : reply.agentKey(),
        reply == null ? null : seconds(reply.elapsed()),
        reply == null ? null : businessSeconds(reply.elapsed()),
        first == null ? null : first.solvedAt(),
        first == null ? null : first.solvedByKey(),
        seconds(facts.firstResolution()),
        businessSeconds(facts.firstResolution()),
        last == null ? null : last.solvedAt(),
        last == null ? null : last.solvedByKey(),
        seconds(facts.resolution()),
        businessSeconds(facts.resolution()),
        facts.solveCount(),
        facts.reopenCount(),
        facts.touchCount(),
        facts.replyingAgentCount(),
        facts.incomingMessageCount(),
        facts.outgoingMessageCount(),
        facts.botMessageCount(),
        request == null ? null : request.requestedAt(),
        request == null ? null : request.abandonedAt(),
        ticket.followUpOfKey(),
        facts.deferredFromAt(),
        rows(facts.statuses(), HistoryRow::status),
        rows(facts.resolutions(), HistoryRow::resolution),
        rows(facts.responses(), HistoryRow::response),
        rows(facts.sla(), HistoryRow::sla),
        rows(facts.backlogChanges(), HistoryRow::backlogChange),
        rows(facts.messages(), HistoryRow::message),
        rows(facts.surveys(), HistoryRow::survey),
        rows(facts.calls(), HistoryRow::call),
        rows(facts.macroUses(), HistoryRow::macroUse),
        rows(reconciliations, HistoryRow::reconciliation),
        agentKeys(facts).toArray(String[]::new),
        botKeys(facts).toArray(String[]::new));
  }

  private static Row status(StatusInterval interval) {
    return RowFactory.create(
        interval.number(),
        interval.status().code(),
        interval.status().isResolved(),
        interval.startedAt(),
        interval.endedAt(),
        interval.startedByKey(),
        interval.startedByClass().code(),
        interval.assigneeKey());
  }

  private static Row resolution(SolveCycle cycle) {
    return RowFactory.create(
        cycle.number(),
        cycle.startedAt(),
        cycle.solvedAt(),
        cycle.solvedByKey(),
        cycle.solverClass().code(),
        cycle.reopenedAt(),
        cycle.number() == 1,
        cycle.reopenedAt() == null,
        cycle.elapsed().seconds(),
        cycle.elapsed().businessSeconds());
  }

  private static Row response(WaitEpisode episode) {
    return RowFactory.create(
        episode.number(),
        episode.openedAt(),
        episode.outcome().code(),
        episode.endedAt(),
        episode.agentKey(),
        seconds(episode.elapsed()),
        businessSeconds(episode.elapsed()),
        episode.isFirst());
  }

  private static Row sla(SlaInstance instance) {
    return RowFactory.create(
        instance.metric().code(),
        instance.number(),
        instance.policyKey(),
        instance.priorityCode(),
        instance.targetSeconds(),
        instance.isBusiness(),
        instance.startedAt(),
        instance.dueAt(),
        instance.fulfilledAt(),
        instance.decidedAt(),
        instance.isBreachedWhenDecided(),
        instance.agentKey());
  }

  private static Row backlogChange(BacklogChange change) {
    List<Object> values =
        new ArrayList<>(List.of(change.number(), change.changedAt(), change.agentKey()));
    for (Part part : Part.values()) {
      values.add(change.of(part));
    }
    return RowFactory.create(values.toArray());
  }

  private static Row message(SentMessage sent) {
    Message message = sent.message();
    boolean isOfCustomer = message.isPublicBy(AuthorClass.CUSTOMER);
    return RowFactory.create(
        message.id(),
        message.at(),
        message.authorKey(),
        message.authorClass().code(),
        sent.agentKey(),
        message.isPublic(),
        sent.isExchangeStart(),
        message.chatSessionId(),
        message.languageCode(),
        message.bodyLength(),
        isOfCustomer ? message.sentimentScore() : null,
        isOfCustomer ? message.sentimentScorerCode() : null);
  }

  private static Row survey(RatedSurvey rated) {
    Survey survey = rated.survey();
    return RowFactory.create(
        survey.surveyKey(),
        survey.sourceCode(),
        survey.customerKey(),
        survey.kindCode(),
        survey.sentAt(),
        rated.sentAgentKey(),
        survey.answeredAt(),
        rated.agentKey(),
        survey.scaleMin(),
        survey.scaleMax(),
        survey.isHigherBetter(),
        survey.score(),
        survey.answerCode());
  }

  private static Row call(Call call) {
    return RowFactory.create(
        call.callKey(),
        call.sourceCode(),
        call.callId(),
        call.customerKey(),
        call.directionCode(),
        call.startedAt(),
        call.queuedAt(),
        call.answeredAt(),
        call.abandonedAt(),
        call.endedAt(),
        rows(call.legs(), HistoryRow::leg));
  }

  private static Row leg(Call.Leg leg) {
    return RowFactory.create(
        leg.legId(),
        orUnassigned(leg.agentKey()),
        leg.talkSeconds(),
        leg.holdSeconds(),
        leg.wrapUpSeconds());
  }

  private static Row macroUse(MacroUse use) {
    return RowFactory.create(
        use.macroKey(), use.usedInId(), orUnassigned(use.agentKey()), use.usedAt());
  }

  private static Row reconciliation(Reconciliation found) {
    VendorMetric theirs = found.theirs();
    return RowFactory.create(
        theirs.metricCode(),
        theirs.clockCode(),
        found.ours(),
        theirs.value(),
        theirs.step(),
        found.difference(),
        found.reasonCode());
  }

  /** Every agent whom the facts of the ticket name, sorted; those of calls left out. */
  private static Set<String> agentKeys(TicketFacts facts) {
    Set<String> keys = new TreeSet<>();
    keys.add(facts.createdAgentKey());
    keys.add(facts.assigneeKey());
    for (StatusInterval interval : facts.statuses()) {
      keys.add(interval.assigneeKey());
      if (interval.startedByClass() == AuthorClass.AGENT && interval.startedByKey() != null) {
        keys.add(interval.startedByKey());
      }
    }
    facts.resolutions().forEach(cycle -> keys.add(cycle.solvedByKey()));
    facts.responses().forEach(episode -> keys.add(episode.agentKey()));
    facts.sla().forEach(instance -> keys.add(instance.agentKey()));
    facts.backlogChanges().forEach(change -> keys.add(change.agentKey()));
    for (SentMessage sent : facts.messages()) {
      keys.add(sent.agentKey());
      if (sent.message().authorClass() == AuthorClass.AGENT) {
        keys.add(orUnassigned(sent.message().authorKey()));
      }
    }
    for (RatedSurvey rated : facts.surveys()) {
      keys.add(rated.agentKey());
      keys.add(rated.sentAgentKey());
    }
    facts.macroUses().forEach(use -> keys.add(orUnassigned(use.agentKey())));
    keys.remove(Definitions.UNASSIGNED);
    return keys;
  }

  /** Every bot that wrote on the ticket, sorted. */
  private static Set<String> botKeys(TicketFacts facts) {
    Set<String> keys = new TreeSet<>();
    for (SentMessage sent : facts.messages()) {
      if (sent.message().authorClass() == AuthorClass.BOT && sent.message().authorKey() != null) {
        keys.add(sent.message().authorKey());
      }
    }
    return keys;
  }

  private static <T> Row[] rows(List<T> values, Function<T, Row> toRow) {
    return values.stream().map(toRow).toArray(Row[]::new);
  }

  private static Long seconds(Elapsed elapsed) {
    return elapsed == null ? null : (Long) elapsed.seconds();
  }

  private static Long businessSeconds(Elapsed elapsed) {
    return elapsed == null ? null : (Long) elapsed.businessSeconds();
  }

  private static String orUnassigned(String agentKey) {
    return agentKey == null ? Definitions.UNASSIGNED : agentKey;
  }
}
