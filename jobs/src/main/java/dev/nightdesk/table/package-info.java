/**
 * The vocabulary: what a table is, what it is built from, and as of when; and how the rows of many
 * are put together. A leaf: it imports nothing of ours.
 */
package dev.nightdesk.table;
