/**
 * Reads the KPI pairs of {@code schemas/kpi} and folds them.
 *
 * <p>The way of a number: facts → contributions (the pair's SQL) → cells (finest, additive, by
 * local day and by hour) → parts (per day and member, then per grain, period and member) → formulas
 * → wide tables, {@code kpi_value}. Every arrow is a pure function of Datasets that can run on a
 * subset of cells.
 */
package dev.nightdesk.kpi;
