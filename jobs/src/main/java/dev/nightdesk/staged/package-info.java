/**
 * From raw records to staged versions: what a text means, which records are refused, and the
 * mapping to the entities that all sources share.
 *
 * <p>There is no class per staged table: a staged table is a contract and the mapping SQL of each
 * source, so that a new help desk needs no Java.
 */
package dev.nightdesk.staged;
