/**
 * Contracts as values: what {@code schemas/} promises. A leaf: it imports nothing of ours, and no
 * reader or writer.
 */
package dev.nightdesk.contract;
