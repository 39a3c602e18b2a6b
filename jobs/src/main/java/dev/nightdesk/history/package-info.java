/**
 * The history of every ticket, read once: the intermediate from which dims and facts are projected.
 *
 * <p>It lies below {@code dim} and {@code fact}, because both read it ({@code dim_agent} wants the
 * agents that tickets name, {@code fact_ticket} all else), so arrows stay one way: {@code staged ←
 * history ← dim ← fact}. It uses {@code table}, {@code logic} and the column names of staged
 * tables.
 */
package dev.nightdesk.history;
