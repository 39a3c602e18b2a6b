package dev.nightdesk.run;

/**
 * What a step did to one table.
 *
 * @param table the table
 * @param version the Delta version that it will have
 * @param rowCount rows written
 * @param seconds wall time
 * @param inputFileCount raw files that were staged into it
 */
record TableRun(String table, long version, long rowCount, double seconds, long inputFileCount) {}
