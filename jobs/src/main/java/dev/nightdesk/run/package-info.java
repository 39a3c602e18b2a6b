/**
 * The edge: commands, configuration, the clock, and the steps of a night in their order.
 *
 * <p>{@code Warehouse} is the table of contents, {@code NightRun} the runner. The edge may use
 * every other package; only {@code Main} uses it.
 */
package dev.nightdesk.run;
