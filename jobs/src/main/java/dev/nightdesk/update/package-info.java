/**
 * Which rows of dims and facts a night changes, and what they become: the rows of touched tickets,
 * and whatever of other tickets, orders and visits the same people's records decide.
 *
 * <p>It lies above {@code fact} and uses the tables' own rules on fewer rows, so that there is no
 * second definition of a fact. It reads and writes nothing itself but through {@link
 * dev.nightdesk.update.NightState}.
 */
package dev.nightdesk.update;
