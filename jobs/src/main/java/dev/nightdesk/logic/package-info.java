/**
 * The rules, as pure functions named after ideas. A leaf: it imports nothing of ours.
 *
 * <p>Instants are {@code long} microseconds since 1970-01-01 UTC (see {@link
 * dev.nightdesk.logic.Micros}), because millions of them pass through here; durations are whole
 * seconds.
 */
package dev.nightdesk.logic;
