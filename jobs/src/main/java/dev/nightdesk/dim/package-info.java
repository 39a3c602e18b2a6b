/**
 * The dimensions: who, what and when the facts name, one class per table.
 *
 * <p>Every agent whom a fact credits is in {@code dim_agent}, known to the dumps or not, so that no
 * number gets lost in a join.
 */
package dev.nightdesk.dim;
