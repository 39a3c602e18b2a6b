/** The fact tables: projections of {@code ticket_history}, one class per table. */
package dev.nightdesk.fact;
