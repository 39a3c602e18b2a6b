package dev.nightdesk.logic;

import java.util.List;

/**
 * All that is known of one ticket: the newest version of each record, in any order.
 *
 * @param messages delivered ones, with those of the tickets merged into it
 * @param calls with those of the tickets merged into it
 * @param macroUses with those of the tickets merged into it
 * @param slaEvents what the vendor itself tells of its promises
 * @param vendorMetrics what the vendor itself computed of the ticket
 */
public record TicketRecords(
    TicketHeader header,
    List<Change> changes,
    List<Message> messages,
    List<Survey> surveys,
    List<Call> calls,
    List<MacroUse> macroUses,
    List<SlaEvent> slaEvents,
    List<VendorMetric> vendorMetrics) {}
