package dev.nightdesk.io;

/**
 * What a write did.
 *
 * @param version the table's version with it; before the commit the one that it will get
 * @param rowCount rows written
 */
public record Written(long version, long rowCount) {}
