/**
 * The vocabulary: what a table is, what it is built from, and as of when. A leaf: it imports
 * nothing of ours.
 */
package dev.nightdesk.table;
