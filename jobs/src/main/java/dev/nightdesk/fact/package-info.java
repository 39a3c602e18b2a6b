/**
 * The fact tables: projections of {@code ticket_history}, one class per table.
 *
 * <p>The rules are those of {@code logic}; what needs another ticket or none ({@code
 * next_contact_at}, surveys outside of tickets) is added here.
 */
package dev.nightdesk.fact;
